import { GestorError, type SentAvance } from '@puente-sic/client';
import { type Curso, ID_SISTEMA } from '@puente-sic/protocol';
import { newCodigoEnvio } from '../codigo-envio.ts';
import { finishEnvio, insertEnvio, markSending, markUncertain } from '../ledger/envios.ts';
import { recordOutcome, recordPartly } from '../outcome.ts';
import type { PlannedCourse, PlannedPart } from '../plan/course.ts';
import type { EnvioHecho } from '../results.ts';
import { answerKept, bodyKept } from './answer-kept.ts';
import { clockWarning } from './clock-warning.ts';
import { answered, uncertain } from './hecho.ts';
import type { ProviderRun } from './run.ts';
import type { Stop } from './stop.ts';
import { cannotSend, stopOf } from './stop.ts';

interface Which {
  /** Position among the course's parts, from 0. */
  index: number;
  noche: string;
}

/**
 * One call: written into the ledger before the network is touched, and again when its outcome is known.
 * A {@link Stop} as answer says that it is certain that nothing was recorded.
 */
export async function sendPart(
  course: PlannedCourse,
  part: PlannedPart,
  { index, noche }: Which,
  run: ProviderRun,
): Promise<EnvioHecho | Stop> {
  const { ledger, clock, version } = run.request;
  const { rutOtec, codigoOferta, codigoGrupo, titulo } = course;
  const codigoEnvio = newCodigoEnvio(noche);
  const curso = version === 1 ? part.curso : withCode(part.curso, codigoEnvio);
  const registros = part.registros.length;
  const origen = run.request.onceTonight ? 'servicio' : 'mano';
  const cuerpo = { rutOtec, idSistema: ID_SISTEMA, ...curso };
  const key = { rutOtec, codigoOferta, codigoGrupo };
  const facts = { ...key, codigoEnvio, noche, version, origen, cuerpo } as const;
  await insertEnvio(ledger.db, { ...facts, registros: part.registros }, clock());
  const parts = course.parts.length;
  const which = { codigoEnvio, codigoOferta, codigoGrupo, part: index + 1, parts, records: registros };
  run.reporter.report({ kind: 'sending', ...which });

  await markSending(ledger.db, codigoEnvio, clock());
  const token = run.request.otecs.find(({ rut }) => rut === rutOtec)?.token ?? '';
  const called = await call(curso, token, run);
  const whose = { ...key, codigoEnvio, titulo };
  if (called.kind === 'not-recorded') {
    const nothing = { idProceso: null, aceptados: 0, rechazados: 0, via: 'respuesta' as const };
    const { raw, status } = called;
    const porComprobar = called.proven ? 0 : 1;
    const end = {
      estado: 'no-enviado',
      respuesta: raw,
      httpStatus: status,
      porComprobar,
      ...nothing,
    } as const;
    await finishEnvio(ledger.db, codigoEnvio, end, clock());
    return called.stop;
  }
  if (called.kind === 'unknown') {
    const { raw, status, why } = called;
    // A service that has asked for patience is asked nothing, not even its time.
    const isToldToWait = typeof run.stop?.retryAfterSeconds === 'number';
    const service =
      called.serverDate ?? (isToldToWait ? null : await run.client.serviceTime(codigoEnvio, run.request));
    const asked = { local: clock(), service };
    await markUncertain(ledger.db, codigoEnvio, { respuesta: raw, httpStatus: status, asked }, clock());
    return uncertain(whose, registros, why, part.held);
  }
  const { answer, raw, status } = called;
  const said = { ...answer, raw, via: 'respuesta' as const, httpStatus: status };
  const outcome = { codigoEnvio, course: key, curso, ...said, placeOf: part.placeOf };
  if (answer.records.some(({ fate }) => fate === 'unknown')) {
    const asked = { local: clock(), service: called.serverDate };
    const known = await recordPartly(ledger, outcome, asked, clock());
    return { ...uncertain(whose, known.open, UNNAMED, part.held), ...known.counts };
  }
  const recorded = await recordOutcome(ledger, outcome, clock());
  return answered(whose, recorded, part, index === 0 ? course.findings : []);
}

const UNNAMED = 'La respuesta de SENCE no dice qué pasó con todos los datos.';

type Called = {
  raw: string | null;
  status: number | null;
  serverDate: Date | null;
} /** `proven`: no byte of it left. Else it is what the answer says, and services have been seen that recorded it. */ & (
  | { kind: 'not-recorded'; stop: Stop; proven: boolean }
  | { kind: 'unknown'; why: string }
  | {
      kind: 'processed';
      answer: Extract<SentAvance['answer'], { kind: 'processed' }>;
      raw: string;
      status: number;
    }
);

/** HTTP statuses that refuse one body and say nothing of the next one. */
const ABOUT_ONE_BODY = new Set([400, 413, 422]);

/** Makes the call and says what it proves. Sets the run's stop where no other call can succeed either. */
async function call(curso: Curso, token: string, run: ProviderRun): Promise<Called> {
  let sent: SentAvance;
  try {
    sent = await run.client.sendAvance(curso, { signal: run.request.signal });
  } catch (error) {
    if (!(error instanceof GestorError)) throw error;
    const { status, outcome, mensaje, serverDate } = error;
    const raw = bodyKept(error.body, token);
    if (cannotSend(error)) run.stop = stopOf(error);
    if (outcome === 'unknown') return { kind: 'unknown', raw, status, serverDate, why: mensaje };
    const stop = stopOf(error);
    if (status === null || !ABOUT_ONE_BODY.has(status)) run.stop ??= stop;
    return { kind: 'not-recorded', raw, status, serverDate, stop, proven: outcome === 'not-sent' };
  }

  const { status, serverDate } = sent;
  const { answer, raw } = answerKept(sent, curso, token);
  const warning = clockWarning(serverDate, run.request.clock());
  if (warning) run.hallazgos.set('reloj', warning);
  if (answer.kind === 'processed') return { kind: 'processed', answer, raw, status, serverDate };
  if (answer.kind === 'unreadable') return { kind: 'unknown', raw, status, serverDate, why: answer.why };
  run.stop = refusedBy(answer.reason);
  return { kind: 'not-recorded', raw, status, serverDate, stop: run.stop, proven: false };
}

function refusedBy({ code, message }: { code: string | null; message: string }): Stop {
  return {
    motivo: 'no-autenticado',
    mensaje: `SENCE no aceptó las credenciales${code === null ? '' : ` (${code})`}: «${message}». Según esa respuesta no se registró nada; solo el historial lo confirma.`,
    queHacer:
      'Revise el RUT de la OTEC y su token (en sistemas.sence.cl/rts), y que el token siga vigente; luego envíe de nuevo.',
  };
}

/** The codigoEnvio stands after the course's codes, as in the official examples. */
function withCode({ codigoOferta, codigoGrupo, ...rest }: Curso, codigoEnvio: string): Curso {
  return { codigoOferta, codigoGrupo, codigoEnvio, ...rest };
}
