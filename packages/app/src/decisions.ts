import type { Ledger } from '@puente-sic/engine';
import { type Actor, deed } from './accounts/deed.ts';

/** Marks open errors as known, or no longer, and writes down who did. Returns how many were changed. */
export async function markErrors(
  ledger: Ledger,
  actor: Actor,
  asked: { ids: readonly number[]; conocido: boolean },
  now: Date,
): Promise<number> {
  const { markAsKnown } = await import('@puente-sic/engine');
  return deed(ledger, actor, now, async (inside) => {
    const changed = await markAsKnown(inside, asked, now);
    const detalle = `Marcó ${changed} como ${asked.conocido ? 'conocidos' : 'no conocidos'}.`;
    return { result: changed, hecho: { accion: 'errores-conocidos', detalle } };
  });
}
