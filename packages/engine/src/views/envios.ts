import { ESPERA_INCIERTO_MS } from '@puente-sic/client';
import { santiagoDateTime } from '@puente-sic/protocol';
import { type EvidenceRecord, evidenceOf } from '../evidence/records.ts';
import { aceptadosOfPerson } from '../ledger/aceptados.ts';
import { breakDown, waitingCount } from '../ledger/breakdown.ts';
import { cursosSeen } from '../ledger/cursos.ts';
import {
  answerOf,
  bodyOf,
  type EnvioFacts,
  type EnvioFilter,
  envioByCode,
  listEnvios,
  withoutDetail,
} from '../ledger/envios.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { lastRegistros, registrosOf } from '../ledger/registros.ts';
import type { CourseKey, EstadoEnvio } from '../ledger/tables.ts';
import { nameOf } from './nights.ts';

/** One call as a list shows it. */
export interface EnvioVisto extends CourseKey {
  codigoEnvio: string;
  titulo: string;
  noche: string;
  estado: EstadoEnvio;
  registros: number;
  aceptados: number;
  rechazados: number;
  idProceso: number | null;
  creado: Date;
  enviado: Date | null;
  respondido: Date | null;
  /** From the send to the answer (or to the cut). */
  milisegundos: number | null;
  httpStatus: number | null;
  via: 'respuesta' | 'historial' | 'persona' | null;
  /** What an unknown outcome waits for. */
  espera: { hasta: Date; mensaje: string } | null;
}

/** One student × module of a call, and what became of it. */
export type RegistroEnviado = Omit<EvidenceRecord, 'enviado'> & { enviado: Date | null };

export interface EnvioEntero extends EnvioVisto {
  version: number;
  /** SHA-256 of the body as sent, without token. */
  huella: string;
  /** Without token; null once the time of keeping it is over. */
  cuerpo: object | null;
  /** The answer verbatim, or the history that settled it. */
  respuesta: string | null;
  registrosEnviados: RegistroEnviado[];
}

/** Calls, newest first; `siguiente` is the `antes` of the next page. */
export async function findEnvios(
  { db }: Ledger,
  { antes, limite = 50, ...filter }: Omit<EnvioFilter, 'before'> & { antes?: string; limite?: number },
): Promise<{ envios: EnvioVisto[]; siguiente: string | null }> {
  const [creado, codigoEnvio] = antes?.split('/') ?? [];
  const before = creado !== undefined && codigoEnvio !== undefined ? { before: { creado, codigoEnvio } } : {};
  const rows = await listEnvios(db, { ...filter, ...before }, limite + 1);
  const page = rows.slice(0, limite);
  const titles = await titlesOf({ db });
  const last = page.at(-1);
  return {
    envios: page.map((row) => vistoOf(row, titles(row))),
    siguiente: last !== undefined && rows.length > limite ? `${last.creado}/${last.codigoEnvio}` : null,
  };
}

/** Everything that is known of one call; null where the ledger has none of that code. */
export async function envioDetail({ db }: Ledger, codigoEnvio: string): Promise<EnvioEntero | null> {
  const row = await envioByCode(db, codigoEnvio);
  if (row === null) return null;
  const visto = vistoOf(row, (await titlesOf({ db }))(row));
  if (row.desglose === 'pendiente') await db.transaction().execute((tx) => breakDown(tx, codigoEnvio));
  const registros = await registrosOf(db, codigoEnvio);
  return {
    ...visto,
    version: row.version,
    huella: row.huella,
    cuerpo: bodyOf(row),
    respuesta: answerOf(row),
    registrosEnviados: registros.map((registro) => ({
      ...evidenceOf(registro, { idProceso: row.idProceso, enviado: '' }),
      enviado: visto.enviado,
    })),
  };
}

export interface StudentHistory {
  titulo: string;
  /** Oldest first; of the last nights that were asked for. */
  enviados: Omit<RegistroEnviado, 'rut'>[];
  /** The `antes` of the nights before these; null: there are none. */
  anteriores: string | null;
  /** What SENCE has now, by the ledger. */
  aceptados: {
    codigoModulo: string;
    porcentajeAvance: number;
    tiempoConectividad: number | null;
    estado: number | null;
    cuando: Date;
    codigoEnvio: string | null;
    idProceso: number | null;
  }[];
  /** Envíos of the course of which student by student nothing is told here. */
  sinDetalle: {
    /** Older than the time that bodies are kept: only their counts are left. */
    vencidos: number;
    /** Of an earlier version of puente, still being prepared. */
    porPreparar: number;
  };
}

export const NOCHES_DE_ALUMNO = 14;

/**
 * What was sent of one student in one course, the last nights first asked for. `rut` as the ledger writes it,
 * `11222333-K`.
 */
export async function studentHistory(
  { db }: Ledger,
  { rut, ...course }: CourseKey & { rut: string },
  { antes, noches = NOCHES_DE_ALUMNO }: { antes?: string; noches?: number } = {},
): Promise<StudentHistory> {
  const rows = await lastRegistros(db, { rut, ...course }, { noches: noches + 1, antes });
  const nights = [...new Set(rows.map(({ noche }) => noche))];
  const oldest = nights[noches - 1] ?? null;
  const page = oldest === null ? rows : rows.filter(({ noche }) => noche >= oldest);
  const accepted = await aceptadosOfPerson(db, { rut, ...course });
  return {
    titulo: (await titlesOf({ db }, course.rutOtec))(course),
    enviados: page.reverse().map((row) => {
      const { idProceso } = row;
      const { rut: _, ...record } = evidenceOf(row, { idProceso, enviado: '' });
      return { ...record, enviado: dateOf(row.enviado) };
    }),
    anteriores: nights.length > noches ? oldest : null,
    aceptados: accepted.map(
      ({ codigoModulo, porcentajeAvance, tiempoConectividad, estado, cuando, codigoEnvio, idProceso }) => ({
        ...{ codigoModulo, porcentajeAvance, tiempoConectividad, estado, codigoEnvio, idProceso },
        cuando: new Date(cuando),
      }),
    ),
    sinDetalle: { vencidos: await withoutDetail(db, course), porPreparar: await waitingCount(db, course) },
  };
}

/** Titles and pages of courses as their sources told them at the last send. */
export async function courseTitles({
  db,
}: Pick<Ledger, 'db'>): Promise<(CourseKey & { titulo: string; url: string | null })[]> {
  return cursosSeen(db);
}

async function titlesOf(
  { db }: Pick<Ledger, 'db'>,
  rutOtec?: string,
): Promise<(course: CourseKey) => string> {
  const titles = new Map((await cursosSeen(db, rutOtec)).map((row) => [nameOf(row), row.titulo]));
  return (course) => titles.get(nameOf(course)) ?? course.codigoOferta;
}

function vistoOf(row: EnvioFacts, titulo: string): EnvioVisto {
  const { codigoEnvio, rutOtec, codigoOferta, codigoGrupo, noche, estado, registros } = row;
  const { aceptados, rechazados, idProceso, httpStatus, via, enviado, respondido, cortado } = row;
  const end = cortado ?? respondido;
  return {
    ...{ codigoEnvio, rutOtec, codigoOferta, codigoGrupo, titulo, noche, estado, registros },
    ...{ aceptados, rechazados, idProceso, httpStatus, via },
    creado: new Date(row.creado),
    enviado: dateOf(enviado),
    respondido: dateOf(respondido),
    milisegundos: enviado === null || end === null ? null : Date.parse(end) - Date.parse(enviado),
    espera: waitOf(row),
  };
}

function waitOf({
  estado,
  httpStatus,
  preguntado,
  cortado,
  enviado,
  creado,
}: EnvioFacts): EnvioEntero['espera'] {
  if (estado !== 'incierto') return null;
  const since = new Date(preguntado ?? cortado ?? enviado ?? creado);
  const hasta = new Date(since.getTime() + ESPERA_INCIERTO_MS);
  const time = santiagoDateTime(hasta).slice(11, 16);
  const why =
    httpStatus === null
      ? 'La respuesta de SENCE no llegó.'
      : 'Lo que llegó como respuesta no dice qué pasó con todo lo enviado.';
  return {
    hasta,
    mensaje: `${why} Se pregunta a su historial hasta encontrarlo; si a las ${time} (hora de Santiago) no está, quiere decir que no llegó y se podrá enviar de nuevo.`,
  };
}

function dateOf(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}
