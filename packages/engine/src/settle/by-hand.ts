import { ESPERA_INCIERTO_MS } from '@puente-sic/client';
import { santiagoDateTime } from '@puente-sic/protocol';
import { EngineFailure } from '../failure.ts';
import { breakDown } from '../ledger/breakdown.ts';
import { answerOf, type EnvioRow, envioByCode, finishEnvio } from '../ledger/envios.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { acceptOpen, takeAccepted } from '../ledger/registros.ts';
import { makeDue, tellSettled } from './waiting.ts';

/** What a person has seen at SENCE of a send whose outcome the history does not tell. */
export interface SettledByHand {
  codigoEnvio: string;
  /** False: SENCE does not have it, and it may be sent again. */
  recibido: boolean;
}

/**
 * Ends, by a person's word, the wait for a history that does not tell: part of it cannot be read, or the service cuts
 * it. What was received counts as accepted, unconfirmed; what was not is sent again by the next night or by hand.
 * Inside the caller's transaction, which writes down who said so.
 * @throws EngineFailure where the outcome is known, or may still become known by itself.
 */
export async function settleByHand(
  { db }: Ledger,
  { codigoEnvio, recibido }: SettledByHand,
  now: Date,
): Promise<Pick<EnvioRow, 'rutOtec' | 'codigoOferta' | 'codigoGrupo' | 'noche'>> {
  const row = await envioByCode(db, codigoEnvio);
  if (row === null) {
    throw new EngineFailure(
      `No hay ningún envío con el código «${codigoEnvio}».`,
      'Cópielo de «Envíos» en el panel o de «puente estado».',
    );
  }
  if (row.estado !== 'incierto') {
    throw new EngineFailure(
      'De ese envío ya se sabe si llegó: no hay nada que aclarar.',
      'Vea su estado en «Envíos», en el panel.',
    );
  }
  const until = new Date(Date.parse(row.cortado ?? row.enviado ?? row.creado) + ESPERA_INCIERTO_MS);
  if (now < until) {
    throw new EngineFailure(
      'El historial de SENCE todavía puede mostrar ese envío.',
      `Espere hasta las ${santiagoDateTime(until).slice(11, 16)} (hora de Santiago): puente le pregunta solo, y casi siempre se aclara así.`,
    );
  }
  if (!recibido && row.idProceso !== null) {
    throw new EngineFailure(
      `SENCE ya dio el número ${row.idProceso} a ese envío: lo recibió.`,
      'Márquelo como recibido; lo que falte saber de él se verá en el historial.',
    );
  }
  const { idProceso, httpStatus } = row;
  const kept = { idProceso, httpStatus, via: 'persona' as const, respuesta: answerOf(row) };
  if (recibido) {
    await breakDown(db, codigoEnvio);
    const counts = await acceptOpen(db, codigoEnvio);
    const estado = counts.rechazados > 0 ? ('parcial' as const) : ('aceptado' as const);
    await finishEnvio(db, codigoEnvio, { ...kept, estado, ...counts }, now);
    await takeAccepted(db, codigoEnvio, now);
  } else {
    const none = { estado: 'no-enviado' as const, aceptados: 0, rechazados: 0 };
    await finishEnvio(db, codigoEnvio, { ...kept, ...none }, now);
  }
  await tellSettled(db, row);
  await makeDue(db, row, now);
  return row;
}
