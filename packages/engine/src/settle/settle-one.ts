import { type GestorClient, type GestorError, type Settled, settleSend } from '@puente-sic/client';
import { type Curso, readAnswer, santiagoDateTime } from '@puente-sic/protocol';
import { answerOf, bodyOf, type EnvioRow } from '../ledger/envios.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type Outcome, type Recorded, recordOutcome } from '../outcome.ts';
import { ledgerStorage, openSendOf } from './ledger-storage.ts';
import { tellSettled } from './waiting.ts';

export type Settlement =
  /** It arrived; what became of it is in the ledger. */
  | { kind: 'arrived'; recorded: Recorded; curso: Curso }
  /** It never arrived and may be sent again. */
  | { kind: 'not-arrived' }
  /** Not known yet; `error` where the service could not be asked. */
  /** `isStuck`: waiting alone will not tell, for the history cannot be read whole. */
  | { kind: 'open'; mensaje: string; error: GestorError | null; isStuck: boolean };

interface SettleContext {
  ledger: Ledger;
  client: GestorClient;
  clock: () => Date;
  signal?: AbortSignal | undefined;
}

/** Asks the history what became of one envío. Only by the holder of the provider's lease. */
export async function settleOne(row: EnvioRow, context: SettleContext): Promise<Settlement> {
  const curso = bodyOf(row);
  if (curso === null) throw new Error(`The uncertain envío ${row.codigoEnvio} has lost its body`);
  const settled = await settleSend(openSendOf(row, curso), {
    ...context,
    storage: ledgerStorage(context.ledger, row),
  });
  const said = outcomeOf(settled, row, curso);
  if (said !== null) {
    const { codigoEnvio, rutOtec, codigoOferta, codigoGrupo } = row;
    const course = { rutOtec, codigoOferta, codigoGrupo };
    const recorded = await recordOutcome(
      context.ledger,
      { codigoEnvio, course, curso, ...said },
      context.clock(),
    );
    await tellSettled(context.ledger.db, row);
    return { kind: 'arrived', recorded, curso };
  }
  if (settled.kind === 'not-arrived') {
    await tellSettled(context.ledger.db, row);
    return { kind: 'not-arrived' };
  }
  return { kind: 'open', ...openBecause(settled) };
}

/** What is recorded of an envío that arrived; null where it is not known to have. */
function outcomeOf(
  settled: Settled,
  row: EnvioRow,
  curso: Curso,
): Omit<Outcome, 'codigoEnvio' | 'course' | 'curso'> | null {
  if (settled.kind === 'arrived') {
    const { matched, proceso, status } = settled;
    const raw = JSON.stringify([proceso]);
    return { ...matched, unattributed: [], raw, httpStatus: status, via: 'historial' };
  }
  if (settled.kind !== 'untold') return null;
  // The history keeps silent about a process that an answer has named: the answer is all that there is.
  const raw = answerOf(row) ?? '';
  const answer = readAnswer(raw, curso);
  if (answer.kind !== 'processed') return null;
  return { ...answer, raw, httpStatus: row.httpStatus ?? 0, via: 'respuesta' };
}

function openBecause(settled: Settled): { mensaje: string; error: GestorError | null; isStuck: boolean } {
  if (settled.kind === 'not-asked') {
    const { error } = settled;
    return { mensaje: `No se pudo consultar el historial de SENCE. ${error.mensaje}`, error, isStuck: false };
  }
  const until = settled.kind === 'open' ? settled.until : null;
  const mensaje =
    until === null
      ? 'Una parte del historial de SENCE no se pudo leer, o SENCE lo entregó cortado. Mientras sea así no se puede saber si llegó, y no se envía de nuevo; se volverá a preguntar.'
      : `El historial de SENCE aún no lo muestra completo. Como SENCE puede tardar varios minutos, recién a las ${santiagoDateTime(until).slice(11, 16)} (hora de Santiago) se podrá saber con certeza.`;
  return { mensaje, error: null, isStuck: until === null };
}
