import { matchProcess } from '@puente-sic/client';
import { type Curso, type RecordResult, readAnswer, readHistory } from '@puente-sic/protocol';
import type { Kysely } from 'kysely';
import { rowsOfBody } from '../plan/registro.ts';
import { answerOf, bodyOf, type EnvioRow } from './envios.ts';
import type { Ledger } from './ledger.ts';
import { insertRegistros, setAll, writeFates } from './registros.ts';
import type { CourseKey, Tables } from './tables.ts';

/**
 * Makes the rows of envíos that were written before there were any, from their bodies and answers: the newest first, so
 * many at most, each in a transaction of its own, so that it can stop anywhere and go on. Where the body is gone only
 * the counts of the envío stay.
 * @returns how many are left.
 */
export async function makeRegistros(
  { db }: Ledger,
  { limite, ...course }: { limite: number } & Partial<CourseKey>,
): Promise<number> {
  for (const codigoEnvio of await waiting(db, course, limite)) {
    await db.transaction().execute((tx) => breakDown(tx, codigoEnvio));
  }
  return waitingCount(db, course);
}

/** The rows of one envío, with what became of each; nothing where they are there already. */
export async function breakDown(tx: Kysely<Tables>, codigoEnvio: string): Promise<void> {
  const row = await tx
    .selectFrom('envio')
    .selectAll()
    .where('codigoEnvio', '=', codigoEnvio)
    .where('desglose', '=', 'pendiente')
    .executeTakeFirst();
  if (row === undefined) return;
  const curso = bodyOf(row);
  if (curso !== null) {
    await insertRegistros(tx, row, rowsOfBody(curso.listaAlumnos));
    const fates = fatesOf(row, curso);
    if (fates !== null) await writeFates(tx, codigoEnvio, fates);
    else if (row.estado === 'no-enviado') await setAll(tx, codigoEnvio, 'no-enviado');
    else if (ENDED.has(row.estado)) await setAll(tx, codigoEnvio, 'desconocido');
  }
  const desglose = curso === null ? 'perdido' : 'hecho';
  await tx.updateTable('envio').set({ desglose }).where('codigoEnvio', '=', codigoEnvio).execute();
}

/** What was answered, read again from what is kept verbatim; null where that tells nothing. */
function fatesOf(row: EnvioRow, curso: Curso): RecordResult[] | null {
  const raw = answerOf(row);
  if (raw === null || !ENDED.has(row.estado)) return null;
  if (row.via === 'respuesta') {
    const answer = readAnswer(raw, curso);
    return answer.kind === 'processed' ? answer.records : null;
  }
  const history = readHistory(raw);
  const processes = history.kind === 'processes' ? history.processes : [];
  const own = processes.find(({ id_proceso_externo }) => id_proceso_externo === String(row.idProceso));
  return own ? matchProcess(curso, own).records : null;
}

const ENDED: ReadonlySet<string> = new Set(['aceptado', 'parcial', 'rechazado']);

async function waiting(db: Kysely<Tables>, course: Partial<CourseKey>, limite: number): Promise<string[]> {
  const rows = await pending(db, course)
    .select('codigoEnvio')
    .orderBy('creado', 'desc')
    .limit(limite)
    .execute();
  return rows.map(({ codigoEnvio }) => codigoEnvio);
}

/** How many envíos still have no rows. */
export async function waitingCount(db: Kysely<Tables>, course: Partial<CourseKey>): Promise<number> {
  const { left } = await pending(db, course)
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .executeTakeFirstOrThrow();
  return left;
}

function pending(db: Kysely<Tables>, course: Partial<CourseKey>) {
  let query = db.selectFrom('envio').where('desglose', '=', 'pendiente');
  for (const column of ['rutOtec', 'codigoOferta', 'codigoGrupo'] as const) {
    const value = course[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  return query;
}
