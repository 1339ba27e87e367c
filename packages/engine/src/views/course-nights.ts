import { ESPERA_INCIERTO_MS } from '@puente-sic/client';
import { readRut } from '@puente-sic/protocol';
import { type Kysely, type RawBuilder, sql } from 'kysely';
import { cursosSeen } from '../ledger/cursos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CourseKey, EstadoEnvio, Tables } from '../ledger/tables.ts';
import { nameOf } from './nights.ts';

/** Which lines: still without an outcome, with a student refused, or with a part that a person sent. */
export type CualesNoches = 'sin-respuesta' | 'con-rechazados' | 'a-mano';

/** One call of a course's night: a long course leaves in several. */
export interface ParteDeEnvio {
  codigoEnvio: string;
  estado: EstadoEnvio;
  alumnos: number;
  enviado: Date | null;
  idProceso: number | null;
}

/** What was sent of a course for one night, by students: of one who was tried twice the better outcome counts. */
export interface NocheEnviada extends CourseKey {
  noche: string;
  titulo: string;
  alumnos: number;
  /** With a module that SENCE refused and did not take later that night. */
  rechazados: number;
  /** Of whom it is not known. */
  sinRespuesta: number;
  /** SENCE's history has shown all that it took. */
  confirmado: boolean;
  /** A person sent some of it. */
  aMano: boolean;
  /** When the first part left; null: none has. */
  salio: Date | null;
  /** By when it is known of the last part without an outcome; null: all have one. */
  seSabe: Date | null;
  /** From the send to the answer, all parts together; null: not known of any. */
  milisegundos: number | null;
  partes: ParteDeEnvio[];
}

export interface NochesEnviadas {
  /** The newest night first; within it as they left. */
  lineas: NocheEnviada[];
  cuentas: { todas: number } & Record<CualesNoches, number>;
  /** The next page's `antes`: a night, `YYYY-MM-DD`; null: there is none. */
  siguiente: string | null;
}

export interface NochesAsked {
  rutOtec?: string;
  cuales?: CualesNoches;
  /** A course's title or code, a RUT, an id_proceso or the beginning of a codigoEnvio. */
  buscar?: string;
  /** One night alone. */
  noche?: string;
  antes?: string;
}

/** One line per course and night, whole nights at a time. Reads the ledger alone. */
export async function courseNights(ledger: Pick<Ledger, 'db'>, asked: NochesAsked): Promise<NochesEnviadas> {
  const { db } = ledger;
  const cursos = await cursosSeen(db, asked.rutOtec);
  const titles = new Map(cursos.map((row) => [nameOf(row), row.titulo]));
  const wanted = sql`WITH linea AS (
    SELECT noche, rutOtec, codigoOferta, codigoGrupo,
      MAX(estado IN ('preparado', 'enviando', 'incierto')) AS sinRespuesta,
      MAX(rechazados > 0) AS conRechazados, MAX(origen = 'mano') AS aMano
    FROM envio e WHERE ${conditionOf(asked, titles)}
    GROUP BY noche, rutOtec, codigoOferta, codigoGrupo
  )`;
  const cuentas = await countsOf(db, wanted);
  const { rows: nights } = await sql<{ noche: string; lineas: number }>`${wanted}
    SELECT noche, COUNT(*) AS lineas FROM linea
    WHERE ${chipOf(asked.cuales)} AND ${asked.antes === undefined ? sql`TRUE` : sql`noche < ${asked.antes}`}
    GROUP BY noche ORDER BY noche DESC LIMIT ${NIGHTS_OF_A_PAGE + 1}`.execute(db);
  const shown = firstNights(nights);
  const [last] = shown.slice(-1);
  const [first] = shown;
  if (first === undefined || last === undefined) return { lineas: [], cuentas, siguiente: null };
  const { rows: lines } = await sql<CourseKey & { noche: string }>`${wanted}
    SELECT noche, rutOtec, codigoOferta, codigoGrupo FROM linea
    WHERE ${chipOf(asked.cuales)} AND noche BETWEEN ${last} AND ${first}`.execute(db);
  const parts = await partsOf(db, { desde: last, hasta: first });
  const people = await peopleOf(db, { desde: last, hasta: first });
  return {
    lineas: lines
      .map((line) =>
        lineOf(line, titles.get(nameOf(line)), parts.get(lineName(line)) ?? [], people.get(lineName(line))),
      )
      .sort((a, b) => (a.noche === b.noche ? whenOf(a) - whenOf(b) : a.noche < b.noche ? 1 : -1)),
    cuentas,
    siguiente: nights.length > shown.length ? last : null,
  };
}

const NIGHTS_OF_A_PAGE = 14;
const LINES_OF_A_PAGE = 40;

/** Whole nights until a page is full; the first one whatever its length. */
function firstNights(nights: readonly { noche: string; lineas: number }[]): string[] {
  let lines = 0;
  const shown: string[] = [];
  for (const { noche, lineas } of nights.slice(0, NIGHTS_OF_A_PAGE)) {
    if (shown.length > 0 && lines + lineas > LINES_OF_A_PAGE) break;
    lines += lineas;
    shown.push(noche);
  }
  return shown;
}

function conditionOf(
  { rutOtec, noche, buscar }: NochesAsked,
  titles: ReadonlyMap<string, string>,
): RawBuilder<unknown> {
  const parts = [
    ...(rutOtec === undefined ? [] : [sql`rutOtec = ${rutOtec}`]),
    ...(noche === undefined ? [] : [sql`noche = ${noche}`]),
    ...(buscar === undefined ? [] : [soughtOf(buscar, titles)]),
  ];
  return parts.length === 0 ? sql`TRUE` : sql.join(parts, sql` AND `);
}

function soughtOf(buscar: string, titles: ReadonlyMap<string, string>): RawBuilder<unknown> {
  const plain = plainOf(buscar);
  // Digits alone are a number of SENCE's or of a person: every code of a course has some of them.
  const isNumber = /^\d+$/.test(buscar);
  const courses = [...(isNumber ? [] : titles)].flatMap(([name, titulo]) => {
    const [, codigoOferta = '', codigoGrupo = ''] = JSON.parse(name) as string[];
    return plainOf(`${titulo} ${codigoOferta}`).includes(plain) ? [{ codigoOferta, codigoGrupo }] : [];
  });
  const from = buscar.toUpperCase();
  const rut = readRut(buscar);
  return sql`(${sql.join(
    [
      sql`(codigoEnvio >= ${from} AND codigoEnvio < ${`${from}\uFFFF`})`,
      ...(isNumber && buscar.length <= 15 ? [sql`idProceso = ${Number(buscar)}`] : []),
      ...(rut === null
        ? []
        : [
            sql`EXISTS (SELECT 1 FROM registro r WHERE r.codigoEnvio = e.codigoEnvio
              AND r.rut LIKE ${`${rut.numero}-%`})`,
          ]),
      ...courses.map(
        ({ codigoOferta, codigoGrupo }) =>
          sql`(codigoOferta = ${codigoOferta} AND codigoGrupo = ${codigoGrupo})`,
      ),
    ],
    sql` OR `,
  )})`;
}

function chipOf(cuales: CualesNoches | undefined): RawBuilder<unknown> {
  if (cuales === 'sin-respuesta') return sql`sinRespuesta`;
  if (cuales === 'con-rechazados') return sql`conRechazados`;
  return cuales === 'a-mano' ? sql`aMano` : sql`TRUE`;
}

async function countsOf(db: Kysely<Tables>, wanted: RawBuilder<unknown>): Promise<NochesEnviadas['cuentas']> {
  const { rows } = await sql<{ todas: number; sin: number | null; con: number | null; mano: number | null }>`
    ${wanted} SELECT COUNT(*) AS todas, SUM(sinRespuesta) AS sin, SUM(conRechazados) AS con, SUM(aMano) AS mano
    FROM linea`.execute(db);
  const [row] = rows;
  return {
    todas: row?.todas ?? 0,
    'sin-respuesta': row?.sin ?? 0,
    'con-rechazados': row?.con ?? 0,
    'a-mano': row?.mano ?? 0,
  };
}

interface Span {
  desde: string;
  hasta: string;
}

interface PartRow extends CourseKey {
  noche: string;
  codigoEnvio: string;
  estado: EstadoEnvio;
  alumnos: number;
  creado: string;
  enviado: string | null;
  /** Since when the history is asked. */
  desde: string;
  fin: string | null;
  idProceso: number | null;
  confirmado: string | null;
  origen: 'servicio' | 'mano';
}

async function partsOf(db: Kysely<Tables>, { desde, hasta }: Span): Promise<Map<string, PartRow[]>> {
  const { rows } = await sql<PartRow>`
    SELECT e.noche, e.rutOtec, e.codigoOferta, e.codigoGrupo, e.codigoEnvio, e.estado, e.creado, e.enviado,
      COALESCE(e.preguntado, e.cortado, e.enviado, e.creado) AS desde,
      COALESCE(e.cortado, e.respondido) AS fin, e.idProceso, e.confirmado, e.origen,
      (SELECT COUNT(DISTINCT r.rut) FROM registro r WHERE r.codigoEnvio = e.codigoEnvio) AS alumnos
    FROM envio e WHERE e.noche BETWEEN ${desde} AND ${hasta} ORDER BY e.creado, e.codigoEnvio`.execute(db);
  const parts = new Map<string, PartRow[]>();
  for (const row of rows) parts.set(lineName(row), [...(parts.get(lineName(row)) ?? []), row]);
  return parts;
}

type People = Pick<NocheEnviada, 'alumnos' | 'rechazados' | 'sinRespuesta'>;

async function peopleOf(db: Kysely<Tables>, { desde, hasta }: Span): Promise<Map<string, People>> {
  const { rows } = await sql<CourseKey & { noche: string } & People>`
    SELECT noche, rutOtec, codigoOferta, codigoGrupo, COUNT(*) AS alumnos, SUM(rechazado) AS rechazados,
      SUM(NOT rechazado AND sin) AS sinRespuesta
    FROM (
      SELECT noche, rutOtec, codigoOferta, codigoGrupo, rut,
        MAX(NOT aceptado AND NOT abierto AND rechazado) AS rechazado, MAX(NOT aceptado AND abierto) AS sin
      FROM (
        SELECT e.noche, e.rutOtec, e.codigoOferta, e.codigoGrupo, r.rut, r.codigoModulo,
          MAX(r.resultado = 'aceptado') AS aceptado, MAX(r.resultado = 'rechazado') AS rechazado,
          MAX(r.resultado IN ('pendiente', 'desconocido')) AS abierto
        FROM envio e JOIN registro r ON r.codigoEnvio = e.codigoEnvio
        WHERE e.noche BETWEEN ${desde} AND ${hasta}
        GROUP BY e.noche, e.rutOtec, e.codigoOferta, e.codigoGrupo, r.rut, r.codigoModulo
      )
      GROUP BY noche, rutOtec, codigoOferta, codigoGrupo, rut
    )
    GROUP BY noche, rutOtec, codigoOferta, codigoGrupo`.execute(db);
  return new Map(
    rows.map(({ alumnos, rechazados, sinRespuesta, ...line }) => [
      lineName(line),
      { alumnos, rechazados, sinRespuesta },
    ]),
  );
}

function lineOf(
  { noche, rutOtec, codigoOferta, codigoGrupo }: CourseKey & { noche: string },
  titulo: string | undefined,
  parts: readonly PartRow[],
  people: People = { alumnos: 0, rechazados: 0, sinRespuesta: 0 },
): NocheEnviada {
  const left = parts.flatMap(({ enviado }) => enviado ?? []).sort();
  const times = parts.flatMap(({ enviado, fin }) =>
    enviado === null || fin === null ? [] : [Date.parse(fin) - Date.parse(enviado)],
  );
  const taken = parts.filter(({ estado }) => estado === 'aceptado' || estado === 'parcial');
  const [salio] = left;
  const waiting = parts.flatMap(({ estado, desde }) => (estado === 'incierto' ? desde : [])).sort();
  const since = waiting.at(-1);
  return {
    ...{ noche, rutOtec, codigoOferta, codigoGrupo, titulo: titulo ?? codigoOferta, ...people },
    confirmado: taken.length > 0 && taken.every(({ confirmado }) => confirmado !== null),
    aMano: parts.some(({ origen }) => origen === 'mano'),
    salio: salio === undefined ? null : new Date(salio),
    seSabe: since === undefined ? null : new Date(Date.parse(since) + ESPERA_INCIERTO_MS),
    milisegundos: times.length === 0 ? null : times.reduce((sum, time) => sum + time, 0),
    partes: parts.map(({ codigoEnvio, estado, alumnos, enviado, idProceso }) => ({
      ...{ codigoEnvio, estado, alumnos, idProceso },
      enviado: enviado === null ? null : new Date(enviado),
    })),
  };
}

function whenOf({ salio }: NocheEnviada): number {
  return salio?.getTime() ?? Number.MAX_SAFE_INTEGER;
}

function lineName({ noche, ...course }: CourseKey & { noche: string }): string {
  return `${noche} ${nameOf(course)}`;
}

function plainOf(text: string): string {
  return text.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
}
