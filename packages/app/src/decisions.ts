import type { Decision, Ledger, NewDecision, SettledByHand } from '@puente-sic/engine';
import { mask } from '@puente-sic/protocol';
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

/** What somebody decides of a course, a student or a module. @throws EngineFailure for what is no decision. */
export async function decideAs(
  ledger: Ledger,
  actor: Actor,
  asked: Omit<NewDecision, 'quien'>,
  now: Date,
): Promise<Decision> {
  const { decide } = await import('@puente-sic/engine');
  return deed(ledger, actor, now, async (inside) => {
    const decision = await decide(inside, { ...asked, quien: nameOf(actor) }, now);
    return { result: decision, hecho: { accion: 'decision', detalle: describe(decision) } };
  });
}

/** Null: it does not count any more, or never was. */
export async function undoDecisionAs(
  ledger: Ledger,
  actor: Actor,
  { id }: { id: number },
  now: Date,
): Promise<Decision | null> {
  const { undoDecision } = await import('@puente-sic/engine');
  return deed(ledger, actor, now, async (inside) => {
    const decision = await undoDecision(inside, { id, quien: nameOf(actor) }, now);
    const hecho = decision && { accion: 'decision-deshecha', detalle: describe(decision) };
    return { result: decision, hecho };
  });
}

/** Somebody has looked at SENCE for a send that the history does not tell, see `settleByHand`. */
export async function settleAs(
  ledger: Ledger,
  actor: Actor,
  { motivo, ...asked }: SettledByHand & { motivo: string },
  now: Date,
): Promise<void> {
  const { settleByHand } = await import('@puente-sic/engine');
  await deed(ledger, actor, now, async (inside) => {
    await settleByHand(inside, asked, now);
    const what = asked.recibido ? 'recibido' : 'no recibido';
    const detalle = `Marcó el envío ${asked.codigoEnvio} como ${what}. Motivo: ${mask(motivo)}`;
    return { result: undefined, hecho: { accion: 'envio-aclarado', detalle } };
  });
}

const QUE: Record<Decision['tipo'], string> = {
  mantener: 'seguir informando lo último aceptado',
  codigo: 'leer un código de módulo como otro',
  conocido: 'tratar lo pendiente como caso conocido',
  'no-informar': 'no informar',
  informar: 'informar',
};

/** Students are not named. */
function describe({ tipo, codigoOferta, codigoGrupo, rut, codigoModulo }: Decision): string {
  const whom = rut === null ? 'todos los alumnos' : 'un alumno';
  const what = codigoModulo === null ? 'todos los módulos' : `el módulo ${codigoModulo}`;
  return `${QUE[tipo]} en ${codigoOferta}, grupo ${codigoGrupo}: ${whom}, ${what}.`;
}

function nameOf({ quien }: Actor): string {
  return quien ?? 'alguien';
}
