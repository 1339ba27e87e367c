import { type Curso, type RecordResult, santiagoDate } from '@puente-sic/protocol';
import type { Calls } from '../calls.ts';
import { refusedError } from '../failure.ts';
import { GestorError } from '../gestor-error.ts';
import type { Sleep } from '../retries.ts';
import { type Settled, settleSend } from '../settle/settle-send.ts';
import type { CourseOptions, CourseRecord, CourseSent, SentPart } from './results.ts';
import type { StoredSend } from './send-storage.ts';
import { fingerprint, newSend, openSendOf, partsOf, settleStorage } from './stored.ts';

/** An unknown outcome takes up to 20 minutes to settle; some more for a service that does not answer at once. */
export const DEFAULT_PATIENCE_MS = 30 * 60_000;
/** A part that is proved not to have arrived goes again, so often in all. */
const TRIES = 3;
/** Pause before a service that could not be asked is asked again. */
const PAUSE_MS = 60_000;

interface Context extends CourseOptions {
  client: Calls;
  clock: () => Date;
  sleep: Sleep;
}

/** What became of one part, and whether the next may go. */
interface PartResult {
  part: SentPart;
  records: CourseRecord[];
  error: GestorError | null;
  askAgainAt: Date | null;
}

/** See {@link GestorClient.sendCourse}. */
export async function sendCourse(curso: Curso, context: Context): Promise<CourseSent> {
  const patience = new Patience(context);
  const blocked = await settleEarlier(curso, context, patience);
  const results: PartResult[] = [];
  let stopped = blocked;
  for (const part of partsOf(curso)) {
    const result: PartResult = stopped
      ? unsent(part, stopped.error, stopped.askAgainAt)
      : await sendPart(part, context, patience);
    results.push(result);
    if (!stopped && ['desconocido', 'no-enviado'].includes(result.part.via)) stopped = result;
  }
  const records = inCourse(results);
  return {
    complete: records.every(({ fate }) => fate === 'accepted' || fate === 'rejected'),
    records,
    parts: results.map(({ part }) => part),
    error: stopped?.error ?? null,
    askAgainAt: stopped?.askAgainAt ?? null,
  };
}

/** What is open of this course from before is settled first; null once nothing is. */
async function settleEarlier(
  { codigoOferta, codigoGrupo }: Curso,
  context: Context,
  patience: Patience,
): Promise<Pick<PartResult, 'error' | 'askAgainAt'> | null> {
  for (const send of await context.storage.load()) {
    if (send.estado !== 'abierto') continue;
    if (send.codigoOferta !== codigoOferta || send.codigoGrupo !== codigoGrupo) continue;
    const settled = await settle(send, context, patience);
    if (settled?.kind === 'open' || settled?.kind === 'not-asked') return openBecause(settled);
    if (settled) await keepSettled(send, settled, context);
  }
  return null;
}

async function sendPart(curso: Curso, context: Context, patience: Patience): Promise<PartResult> {
  for (let tries = 1; ; tries += 1) {
    const known = await context.storage.load();
    const taken = takenToday(curso, known, context);
    if (taken) return taken;
    const send = newSend(curso, { now: context.clock(), version: context.version ?? 2, known });
    await context.storage.save(send);
    const result = await sendOnce(curso, send, context, patience);
    if (result.part.via !== 'no-enviado' || send.estado !== 'no-llego' || result.error || tries === TRIES)
      return result;
  }
}

/** One POST, and what became of it. `send.estado` is `no-llego` where it is proved not to have arrived. */
async function sendOnce(
  curso: Curso,
  send: StoredSend,
  context: Context,
  patience: Patience,
): Promise<PartResult> {
  const { client, storage, signal, version = 2 } = context;
  const { codigoEnvio } = send;
  const { codigoEnvio: _, ...bare } = curso;
  let answered: RecordResult[] = [];
  try {
    const sent = await client.sendAvance(version === 1 ? bare : { ...bare, codigoEnvio }, { signal });
    if (sent.answer.kind === 'processed') {
      const { idProceso, records } = sent.answer;
      send.idProceso = idProceso;
      answered = records;
      if (records.every(({ fate }) => fate !== 'unknown')) return told(send, records, 'respuesta', context);
      await storage.save(send);
    }
    if (sent.answer.kind === 'refused') {
      await storage.save(Object.assign(send, { negado: true }));
      return unsent(curso, refusedError('enviarAvance'));
    }
  } catch (error) {
    if (!(error instanceof GestorError)) throw error;
    if (error.outcome === 'not-sent') Object.assign(send, { estado: 'no-llego', curso: null });
    if (error.outcome === 'refused') send.negado = true;
    await storage.save(send);
    if (error.outcome !== 'unknown') return unsent(curso, error);
    if (signal?.aborted) return open(curso, send, error, null);
  }
  const settled = await settle(send, context, patience);
  if (settled?.kind === 'arrived') return told(send, settled.matched.records, 'historial', context, settled);
  if (settled?.kind === 'not-arrived' || settled === null) return unsent(curso, null);
  // The history keeps silent about a process that an answer has named: the answer is all that there is.
  if (settled.kind === 'untold') return told(send, answered, 'respuesta', context);
  const { error, askAgainAt } = openBecause(settled);
  const result = open(curso, send, error, askAgainAt);
  return answered.length > 0 ? { ...result, records: answered } : result;
}

/** Asks the history until it tells or the patience is over. Null: there is nothing to settle. */
async function settle(send: StoredSend, context: Context, patience: Patience): Promise<Settled | null> {
  const { client, clock, storage, signal } = context;
  for (;;) {
    const openSend = openSendOf(send);
    if (openSend === null) return null;
    const settled = await settleSend(openSend, {
      ...{ client, clock, signal },
      storage: settleStorage(storage, send),
    });
    const isOver = settled.kind !== 'open' && settled.kind !== 'not-asked';
    if (isOver || (settled.kind === 'open' && settled.until === null)) return settled;
    const until = settled.kind === 'open' ? settled.until : null;
    if (!(await patience.wait(until))) return settled;
  }
}

/** What the history told of a send from before is kept; it is told to nobody else. */
async function keepSettled(send: StoredSend, settled: Settled, { storage }: Context): Promise<void> {
  if (settled.kind === 'not-arrived') return;
  const records = settled.kind === 'arrived' ? settled.matched.records : [];
  if (settled.kind === 'arrived') send.idProceso = settled.matched.idProceso;
  await storage.save(Object.assign(send, { estado: stateOf(records), curso: null }));
}

async function told(
  send: StoredSend,
  records: RecordResult[],
  via: SentPart['via'],
  { storage }: Context,
  settled?: Extract<Settled, { kind: 'arrived' }>,
): Promise<PartResult> {
  const alumnos = send.curso?.listaAlumnos.length ?? 0;
  if (settled) send.idProceso = settled.matched.idProceso;
  const { codigoEnvio, idProceso } = send;
  await storage.save(Object.assign(send, { estado: stateOf(records), curso: null }));
  return { part: { codigoEnvio, idProceso, alumnos, via }, records, error: null, askAgainAt: null };
}

function stateOf(records: readonly RecordResult[]): StoredSend['estado'] {
  return records.length > 0 && records.every(({ fate }) => fate === 'accepted') ? 'aceptado' : 'dicho';
}

/** SENCE took just this today: sent again it would say nothing new. Null: it did not. */
function takenToday(curso: Curso, known: readonly StoredSend[], { clock }: Context): PartResult | null {
  const [dia, huella] = [santiagoDate(clock()), fingerprint(curso)];
  const before = known.find(
    (send) => send.estado === 'aceptado' && send.dia === dia && send.huella === huella,
  );
  if (!before) return null;
  const { codigoEnvio, idProceso } = before;
  return {
    part: { codigoEnvio, idProceso, alumnos: curso.listaAlumnos.length, via: 'antes' },
    records: recordsOf(curso, 'accepted'),
    error: null,
    askAgainAt: null,
  };
}

function unsent(curso: Curso, error: GestorError | null, askAgainAt: Date | null = null): PartResult {
  const part: SentPart = {
    codigoEnvio: null,
    idProceso: null,
    alumnos: curso.listaAlumnos.length,
    via: 'no-enviado',
  };
  return { part, records: recordsOf(curso, 'not-sent'), error, askAgainAt };
}

function open(
  curso: Curso,
  { codigoEnvio, idProceso }: StoredSend,
  error: GestorError | null,
  askAgainAt: Date | null,
): PartResult {
  const part: SentPart = { codigoEnvio, idProceso, alumnos: curso.listaAlumnos.length, via: 'desconocido' };
  return { part, records: recordsOf(curso, 'unknown'), error, askAgainAt };
}

function openBecause(settled: Extract<Settled, { kind: 'open' | 'not-asked' }>) {
  return settled.kind === 'open'
    ? { error: null, askAgainAt: settled.until }
    : { error: settled.error, askAgainAt: null };
}

function recordsOf({ listaAlumnos }: Curso, fate: CourseRecord['fate']): CourseRecord[] {
  return listaAlumnos.flatMap(({ rutAlumno, dvAlumno, listaModulos }, at) =>
    listaModulos.map(({ codigoModulo }, index) => ({
      ...{ rut: `${rutAlumno}-${dvAlumno}`, codigoModulo, fate, reasons: [] },
      position: [at, index] as const,
    })),
  );
}

/** The records of all parts, each at its place in the whole course. */
function inCourse(results: readonly PartResult[]): CourseRecord[] {
  let before = 0;
  return results.flatMap(({ part, records }) => {
    const from = before;
    before += part.alumnos;
    return records.map((record) => ({
      ...record,
      position: [record.position[0] + from, record.position[1]] as const,
    }));
  });
}

/** The time that is left to wait in, for all parts together. */
class Patience {
  readonly #end: number;
  readonly #context: Context;

  constructor(context: Context) {
    this.#context = context;
    this.#end = context.clock().getTime() + (context.patienceMs ?? DEFAULT_PATIENCE_MS);
  }

  /** Waits until the moment, or for a pause where it is null. False: no time is left, or the caller gave up. */
  async wait(until: Date | null): Promise<boolean> {
    const { clock, sleep, signal } = this.#context;
    const now = clock().getTime();
    const next = Math.max(until?.getTime() ?? now + PAUSE_MS, now + 1000);
    if (signal?.aborted || next > this.#end) return false;
    await sleep(next - now, signal);
    return !signal?.aborted;
  }
}
