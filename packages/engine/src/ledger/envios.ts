import type { Asked, KnownProcess } from '@puente-sic/client';
import type { Curso } from '@puente-sic/protocol';
import type { Kysely, Selectable } from 'kysely';
import { pack, sha256, unpack } from './bytes.ts';
import { isOpen } from './open-envios.ts';
import { insertRegistros, type NewRegistro, setAll } from './registros.ts';
import type { CourseKey, EnvioTable, EstadoEnvio, Tables } from './tables.ts';

export type EnvioRow = Selectable<EnvioTable>;

/** What goes into the ledger before a call is made. */
export interface NewEnvio extends CourseKey {
  codigoEnvio: string;
  noche: string;
  version: 1 | 2;
  origen: EnvioRow['origen'];
  /** What is in it, each still open. */
  registros: readonly NewRegistro[];
  /** The body as it will be sent, token taken out. */
  cuerpo: object;
}

/** How a call ended, for the row. */
export interface EnvioEnd {
  estado: EstadoEnvio;
  respuesta: string | null;
  via: 'respuesta' | 'historial' | 'persona';
  httpStatus: number | null;
  idProceso: number | null;
  aceptados: number;
  rechazados: number;
  /** 1: SENCE said that it took nothing, and the history has not been asked. */
  porComprobar?: 0 | 1;
}

/** Writes a call and each of its records, in one transaction. */
export async function insertEnvio(db: Kysely<Tables>, envio: NewEnvio, now: Date): Promise<void> {
  const { cuerpo, registros, ...facts } = envio;
  const text = JSON.stringify(cuerpo);
  await db.transaction().execute(async (tx) => {
    await tx
      .insertInto('envio')
      .values({
        ...facts,
        registros: registros.length,
        desglose: 'hecho',
        estado: 'preparado',
        cuerpo: pack(text),
        huella: sha256(text),
        creado: now.toISOString(),
      })
      .execute();
    await insertRegistros(tx, facts, registros);
  });
}

/** Written before the network is touched: from here on only an answer or the history says what happened. */
export async function markSending(db: Kysely<Tables>, codigoEnvio: string, now: Date): Promise<void> {
  await db
    .updateTable('envio')
    .set(({ selectFrom }) => ({
      estado: 'enviando',
      enviado: now.toISOString(),
      procesoAnterior: selectFrom('envio as other')
        .select(({ fn }) => fn.max('other.idProceso').as('highest'))
        .whereRef('other.rutOtec', '=', 'envio.rutOtec'),
    }))
    .where('codigoEnvio', '=', codigoEnvio)
    .execute();
}

/** What is known when it is not known what became of a call. */
export interface UncertainAnswer {
  respuesta: string | null;
  httpStatus: number | null;
  /** The first answer of the service since, by both clocks. */
  asked: Asked | null;
  /** What a partial answer names counts at once. */
  known?: Pick<EnvioRow, 'idProceso' | 'aceptados' | 'rechazados'>;
}

/** The answer was lost or does not say what became of everything. */
export async function markUncertain(
  db: Kysely<Tables>,
  codigoEnvio: string,
  answer: UncertainAnswer,
  now: Date,
): Promise<void> {
  await db
    .updateTable('envio')
    .set({
      estado: 'incierto',
      cortado: now.toISOString(),
      httpStatus: answer.httpStatus,
      respuesta: answer.respuesta === null ? null : pack(answer.respuesta),
      via: answer.respuesta === null ? null : 'respuesta',
      preguntado: answer.asked?.local.toISOString() ?? null,
      preguntadoSence: answer.asked?.service?.toISOString() ?? null,
      ...answer.known,
    })
    .where('codigoEnvio', '=', codigoEnvio)
    .execute();
}

export async function finishEnvio(
  db: Kysely<Tables>,
  codigoEnvio: string,
  end: EnvioEnd,
  now: Date,
): Promise<void> {
  await db
    .updateTable('envio')
    .set({
      porComprobar: 0,
      ...end,
      respuesta: end.respuesta === null ? null : pack(end.respuesta),
      respondido: now.toISOString(),
    })
    .where('codigoEnvio', '=', codigoEnvio)
    .execute();
  if (end.estado === 'no-enviado') await setAll(db, codigoEnvio, 'no-enviado');
}

/** After a crash, by the lease's holder: what was on its way is uncertain, what was only prepared never left. */
export async function recoverEnvios(db: Kysely<Tables>, rutOtec: string, now: Date): Promise<void> {
  await db
    .updateTable('envio')
    .set({ estado: 'incierto', cortado: now.toISOString() })
    .where('rutOtec', '=', rutOtec)
    .where('estado', '=', 'enviando')
    .execute();
  const prepared = await db
    .updateTable('envio')
    .set({ estado: 'no-enviado', respondido: now.toISOString() })
    .where('rutOtec', '=', rutOtec)
    .where('estado', '=', 'preparado')
    .returning('codigoEnvio')
    .execute();
  for (const { codigoEnvio } of prepared) await setAll(db, codigoEnvio, 'no-enviado');
}

type Whose = { rutOtec: string } & Partial<CourseKey>;

/** Those of which it is not known what became, oldest first. */
export async function uncertainEnvios(db: Kysely<Tables>, whose: Whose): Promise<EnvioRow[]> {
  return enviosOf(db, whose).where(isOpen).where('estado', '=', 'incierto').execute();
}

/** Those that the history is asked for before their course is sent again: also what SENCE said that it did not take. */
export async function unprovenEnvios(db: Kysely<Tables>, whose: Whose): Promise<EnvioRow[]> {
  return enviosOf(db, whose)
    .where(({ eb, or, and }) =>
      or([eb('estado', '=', 'incierto'), and([eb('porComprobar', '=', 1), eb('cuerpo', 'is not', null)])]),
    )
    .execute();
}

function enviosOf(db: Kysely<Tables>, { rutOtec, codigoOferta, codigoGrupo }: Whose) {
  let query = db.selectFrom('envio').selectAll().where('rutOtec', '=', rutOtec);
  if (codigoOferta !== undefined) query = query.where('codigoOferta', '=', codigoOferta);
  if (codigoGrupo !== undefined) query = query.where('codigoGrupo', '=', codigoGrupo);
  return query.orderBy('creado').orderBy('codigoEnvio');
}

/** The first time that SENCE was asked after the cut. */
export async function noteAsked(db: Kysely<Tables>, codigoEnvio: string, asked: Asked): Promise<void> {
  await db
    .updateTable('envio')
    .set({
      preguntado: asked.local.toISOString(),
      preguntadoSence: asked.service?.toISOString() ?? null,
    })
    .where('codigoEnvio', '=', codigoEnvio)
    .execute();
}

/**
 * Calls of one night's window that were restored from the history: their records are in what it told, their body is
 * not.
 */
export async function restoredEnvios(
  db: Kysely<Tables>,
  course: CourseKey,
  noche: string,
): Promise<EnvioRow[]> {
  return (
    db
      .selectFrom('envio')
      .selectAll()
      .where('rutOtec', '=', course.rutOtec)
      .where('codigoOferta', '=', course.codigoOferta)
      // Restored from the history, without its group: any of the oferta's.
      .where('codigoGrupo', 'in', ['', course.codigoGrupo])
      .where('noche', '=', noche)
      .where('via', '=', 'historial')
      .where('origen', '=', 'servicio')
      .where('cuerpo', 'is', null)
      .where('estado', 'in', ['aceptado', 'parcial', 'rechazado'])
      .execute()
  );
}

/** When calls were sent, by their code; those that never left are not in it. */
export async function sentAt(db: Kysely<Tables>, codes: readonly string[]): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const rows = await db
    .selectFrom('envio')
    .select(['codigoEnvio', 'enviado'])
    .where('codigoEnvio', 'in', codes)
    .execute();
  return new Map(
    rows.flatMap(({ codigoEnvio, enviado }) => (enviado === null ? [] : [[codigoEnvio, enviado]])),
  );
}

/** Processes of a provider that the ledger knows, but for that of one call. */
export async function knownProcesses(
  db: Kysely<Tables>,
  rutOtec: string,
  except = '',
): Promise<KnownProcess[]> {
  const rows = await db
    .selectFrom('envio')
    .select(['idProceso', 'noche as day'])
    .where('rutOtec', '=', rutOtec)
    .where('codigoEnvio', '!=', except)
    .where('idProceso', 'is not', null)
    .execute();
  return rows.flatMap(({ idProceso, day }) => (idProceso === null ? [] : [{ idProceso, day }]));
}

/** What a list shows of a call: everything but the body and the answer. */
export type EnvioFacts = Omit<EnvioRow, 'cuerpo' | 'respuesta' | 'huella' | 'desglose'>;

const FACTS = [
  'codigoEnvio',
  'rutOtec',
  'codigoOferta',
  'codigoGrupo',
  'noche',
  'version',
  'estado',
  'registros',
  'creado',
  'enviado',
  'cortado',
  'respondido',
  'httpStatus',
  'via',
  'idProceso',
  'aceptados',
  'rechazados',
  'porComprobar',
  'preguntado',
  'preguntadoSence',
  'procesoAnterior',
  'confirmado',
  'origen',
] as const;

export interface EnvioFilter extends Partial<CourseKey> {
  noche?: string;
  estado?: EstadoEnvio;
  /** An id_proceso, or the beginning of a codigoEnvio. */
  buscar?: string;
  /** Only older than this one. */
  before?: Pick<EnvioRow, 'creado' | 'codigoEnvio'>;
}

/** Newest first. */
export async function listEnvios(
  db: Kysely<Tables>,
  filter: EnvioFilter,
  limit: number,
): Promise<EnvioFacts[]> {
  const { buscar, before, ...equal } = filter;
  let query = db.selectFrom('envio').select(FACTS);
  for (const column of ['rutOtec', 'codigoOferta', 'codigoGrupo', 'noche', 'estado'] as const) {
    const value = equal[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  if (buscar !== undefined) {
    const from = buscar.toUpperCase();
    query = query.where(({ eb, or, and }) =>
      or([
        ...(/^\d{1,15}$/.test(buscar) ? [eb('idProceso', '=', Number(buscar))] : []),
        and([eb('codigoEnvio', '>=', from), eb('codigoEnvio', '<', `${from}\uFFFF`)]),
      ]),
    );
  }
  if (before !== undefined) {
    query = query.where(({ eb, or, and }) =>
      or([
        eb('creado', '<', before.creado),
        and([eb('creado', '=', before.creado), eb('codigoEnvio', '<', before.codigoEnvio)]),
      ]),
    );
  }
  return query.orderBy('creado', 'desc').orderBy('codigoEnvio', 'desc').limit(limit).execute();
}

/** The first night of which there is a call of this course; null: it was never sent. */
export async function firstNocheOf(
  db: Kysely<Tables>,
  { rutOtec, codigoOferta, codigoGrupo }: CourseKey,
): Promise<string | null> {
  const row = await db
    .selectFrom('envio')
    .select(({ fn }) => fn.min('noche').as('noche'))
    .where('rutOtec', '=', rutOtec)
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', '=', codigoGrupo)
    .executeTakeFirst();
  return row?.noche ?? null;
}

export async function envioByCode(db: Kysely<Tables>, codigoEnvio: string): Promise<EnvioRow | null> {
  const row = await db
    .selectFrom('envio')
    .selectAll()
    .where('codigoEnvio', '=', codigoEnvio)
    .executeTakeFirst();
  return row ?? null;
}

/** How many calls of a course arrived of which only the counts are left. */
export async function withoutDetail(db: Kysely<Tables>, course: CourseKey): Promise<number> {
  const { gone } = await db
    .selectFrom('envio')
    .select(({ fn }) => fn.countAll<number>().as('gone'))
    .where('rutOtec', '=', course.rutOtec)
    .where('codigoOferta', '=', course.codigoOferta)
    .where('codigoGrupo', '=', course.codigoGrupo)
    .where('desglose', '=', 'perdido')
    .where('estado', 'in', ['aceptado', 'parcial', 'rechazado'])
    .executeTakeFirstOrThrow();
  return gone;
}

/** The body as it was sent; null once retention has reduced it to its hash. */
export function bodyOf(row: EnvioRow): Curso | null {
  return row.cuerpo === null ? null : (JSON.parse(unpack(row.cuerpo)) as Curso);
}

/** The answer verbatim, or the history that settled it. */
export function answerOf(row: EnvioRow): string | null {
  return row.respuesta === null ? null : unpack(row.respuesta);
}
