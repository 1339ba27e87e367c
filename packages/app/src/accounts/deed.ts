import type { Ledger } from '@puente-sic/engine';
import { type Hecho, writeBitacora } from './bitacora.ts';

/** Who does something, as the audit trail names them. */
export type Actor = Pick<Hecho, 'quien' | 'direccion'>;

/** What came of a deed, and what of it is written down; null: nothing was done. */
export interface Done<T> {
  result: T;
  hecho: Pick<Hecho, 'accion' | 'detalle'> | null;
}

/**
 * Does something to the ledger and writes down who did it: both or neither. `work` gets the ledger as it is inside the
 * transaction, and begins none of its own.
 */
export async function deed<T>(
  ledger: Ledger,
  actor: Actor,
  now: Date,
  work: (inside: Ledger) => Promise<Done<T>>,
): Promise<T> {
  return ledger.db.transaction().execute(async (db) => {
    const inside = { ...ledger, db };
    const { result, hecho } = await work(inside);
    if (hecho !== null) await writeBitacora(inside, { ...actor, ...hecho }, now);
    return result;
  });
}

/** At the keyboard of the computer itself, by `puente`. */
export const CONSOLE: Actor = { quien: 'puente (consola)', direccion: 'consola' };
