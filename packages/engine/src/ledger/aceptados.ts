import { santiagoDate } from '@puente-sic/protocol';
import { type Kysely, type Selectable, sql } from 'kysely';
import type { AceptadoTable, CourseKey, Tables } from './tables.ts';

export type Aceptado = Selectable<AceptadoTable>;
/** What SENCE accepted last in one course, by {@link recordKey}. */
export type AceptadosOfCourse = Map<string, Aceptado>;

/** One student × module within a course. */
export function recordKey(rut: string, codigoModulo: string): string {
  return `${rut}/${codigoModulo}`;
}

/**
 * What SENCE accepted last in a course. What is known from the history alone, without its group (`''`), counts for
 * every group of the oferta: of two the later one, by the process's number.
 */
export async function aceptadosOf(db: Kysely<Tables>, course: CourseKey): Promise<AceptadosOfCourse> {
  const rows = await db
    .selectFrom('aceptado')
    .selectAll()
    .where('rutOtec', '=', course.rutOtec)
    .where('codigoOferta', '=', course.codigoOferta)
    .where('codigoGrupo', 'in', ['', course.codigoGrupo])
    .orderBy('codigoGrupo')
    .execute();
  const last: AceptadosOfCourse = new Map();
  for (const row of rows) {
    const key = recordKey(row.rut, row.codigoModulo);
    const former = last.get(key);
    if (former === undefined || isLater(row, former)) last.set(key, row);
  }
  return last;
}

/** Whether `row` is what SENCE has now, and not `former`; without numbers, the higher percentage is. */
export function isLater(
  row: Pick<Aceptado, 'idProceso' | 'porcentajeAvance'>,
  former: Pick<Aceptado, 'idProceso' | 'porcentajeAvance'>,
): boolean {
  return row.idProceso !== null && former.idProceso !== null
    ? row.idProceso >= former.idProceso
    : row.porcentajeAvance >= former.porcentajeAvance;
}

/**
 * What SENCE accepted last of these students in the other groups of the same course, by {@link recordKey}, the highest
 * of each: what was accepted in a group that a student has left.
 */
export async function aceptadosElsewhere(
  db: Kysely<Tables>,
  { rutOtec, codigoOferta, codigoGrupo }: CourseKey,
  ruts: readonly string[],
): Promise<AceptadosOfCourse> {
  if (ruts.length === 0) return new Map();
  const rows = await db
    .selectFrom('aceptado')
    .selectAll()
    .where('rut', 'in', sql<string>`(SELECT value FROM json_each(${JSON.stringify(ruts)}))`)
    .where('rutOtec', '=', rutOtec)
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', '!=', codigoGrupo)
    .orderBy('porcentajeAvance')
    .execute();
  return new Map(rows.map((row) => [recordKey(row.rut, row.codigoModulo), row]));
}

/** What SENCE accepted last of one person in a course. */
export async function aceptadosOfPerson(
  db: Kysely<Tables>,
  { rut, ...course }: CourseKey & { rut: string },
): Promise<Aceptado[]> {
  return db
    .selectFrom('aceptado')
    .selectAll()
    .where('rutOtec', '=', course.rutOtec)
    .where('codigoOferta', '=', course.codigoOferta)
    .where('codigoGrupo', '=', course.codigoGrupo)
    .where('rut', '=', rut)
    .execute();
}

/**
 * When SENCE last accepted something of each course of a provider, as this ledger knows: from course to course of an
 * index, so that it costs by courses and not by students.
 */
export async function lastAccepted(
  db: Kysely<Tables>,
  rutOtec: string,
): Promise<(CourseKey & { cuando: string })[]> {
  const next = (column: string) => sql`(
    SELECT ${sql.ref(column)} FROM aceptado
    WHERE rutOtec = ${rutOtec} AND (codigoOferta, codigoGrupo) > (course.codigoOferta, course.codigoGrupo)
    ORDER BY codigoOferta, codigoGrupo LIMIT 1)`;
  const { rows } = await sql<CourseKey & { cuando: string }>`
    WITH RECURSIVE course (codigoOferta, codigoGrupo) AS (
      SELECT * FROM (
        SELECT codigoOferta, codigoGrupo FROM aceptado WHERE rutOtec = ${rutOtec}
        ORDER BY codigoOferta, codigoGrupo LIMIT 1)
      UNION ALL
      SELECT ${next('codigoOferta')}, ${next('codigoGrupo')} FROM course WHERE course.codigoOferta IS NOT NULL
    )
    SELECT ${rutOtec} AS rutOtec, codigoOferta, codigoGrupo, (
      SELECT MAX(cuando) FROM aceptado a
      WHERE a.rutOtec = ${rutOtec} AND a.codigoOferta = course.codigoOferta
        AND a.codigoGrupo = course.codigoGrupo) AS cuando
    FROM course WHERE codigoOferta IS NOT NULL`.execute(db);
  return rows;
}

/** What SENCE has of the students of a course. */
export interface AceptadosDeCurso extends CourseKey {
  /** When it last accepted something, an instant. */
  cuando: string;
  /**
   * By RUT the last night, `YYYY-MM-DD`, of which it accepted something (what only the history told of: its day), and
   * whether the history has shown all of that night.
   */
  alumnos: Map<string, Aceptacion>;
}

type Aceptacion = Readonly<{ noche: string; confirmado: boolean }>;

/** Of every course of a provider. Thousands of rows come as a few texts: read one by one they cost several times as much. */
export async function acceptedByCourse(db: Kysely<Tables>, rutOtec: string): Promise<AceptadosDeCurso[]> {
  const { rows } = await sql<
    Omit<CourseKey, 'rutOtec'> & Record<'cuando' | 'ruts' | 'noches' | 'envios', string>
  >`
    SELECT codigoOferta, codigoGrupo, MAX(cuando) AS cuando, group_concat(rut, ${BETWEEN}) AS ruts,
      group_concat(COALESCE(noche, cuando), ${BETWEEN}) AS noches,
      group_concat(COALESCE(codigoEnvio, ''), ${BETWEEN}) AS envios
    FROM aceptado WHERE rutOtec = ${rutOtec}
    GROUP BY codigoOferta, codigoGrupo`.execute(db);
  const read = rows.map((row) => ({
    course: { codigoOferta: row.codigoOferta, codigoGrupo: row.codigoGrupo, cuando: row.cuando },
    ruts: row.ruts.split(BETWEEN),
    noches: cellsOf(row.noches),
    envios: cellsOf(row.envios),
  }));
  const codes = new Set<string>();
  for (const { envios } of read)
    for (let at = 0; at < envios.length; at++)
      if (envios[at] !== envios[at - 1]) codes.add(envios[at] as string);
  const confirmed = await confirmedOf(db, codes);
  return read.map(({ course, ruts, noches, envios }) => {
    const alumnos: AceptadosDeCurso['alumnos'] = new Map();
    // Neighbours mostly say the same, and a student's modules are neighbours: what was looked up stands for them.
    let said: Aceptacion = { noche: '', confirmado: true };
    let last: Aceptacion | undefined;
    for (let at = 0; at < ruts.length; at++) {
      const rut = ruts[at] as string;
      const codigoEnvio = envios[at] as string;
      if (noches[at] !== noches[at - 1] || codigoEnvio !== envios[at - 1])
        said = {
          noche: dayOf(noches[at] as string),
          confirmado: codigoEnvio === '' || confirmed.has(codigoEnvio),
        };
      if (rut !== ruts[at - 1]) last = alumnos.get(rut);
      const isLast = last === undefined || said.noche > last.noche;
      if (!isLast && (said.noche !== last?.noche || said.confirmado || !last.confirmado)) continue;
      last = said;
      alumnos.set(rut, said);
    }
    return { rutOtec, ...course, alumnos };
  });
}

/** A column of a course. Mostly all its rows say the same, and thousands of equal texts are not cut out one by one. */
function cellsOf(text: string): string[] {
  const first = text.slice(0, text.indexOf(BETWEEN) + 1);
  const rows = (text.length + BETWEEN.length) / first.length;
  const isOneSaid = Number.isInteger(rows) && `${text}${BETWEEN}` === first.repeat(rows);
  return isOneSaid ? new Array<string>(rows).fill(first.slice(0, -1)) : text.split(BETWEEN);
}

/** Of a night, or of an instant. */
function dayOf(noche: string): string {
  return noche.length === DAY_LENGTH ? noche : santiagoDate(new Date(noche));
}

/** Stands in no RUT, night or code. */
const BETWEEN = '\u001F';

const DAY_LENGTH = 'YYYY-MM-DD'.length;

/**
 * Those envíos of which the history has shown all that was accepted. Asked after the rows that name them and outside of
 * a transaction: being confirmed is never taken back, so what was written in between can only make an answer of a
 * moment ago true of its envío, never call something confirmed that is not.
 */
async function confirmedOf(db: Kysely<Tables>, codes: ReadonlySet<string>): Promise<Set<string>> {
  const { rows } = await sql<{ codigoEnvio: string }>`
    SELECT codigoEnvio FROM envio
    WHERE codigoEnvio IN (SELECT value FROM json_each(${JSON.stringify([...codes])})) AND confirmado IS NOT NULL`.execute(
    db,
  );
  return new Set(rows.map(({ codigoEnvio }) => codigoEnvio));
}

/** Records what SENCE accepted; a later value overwrites the former, as it does there. [S faq 6] */
export async function saveAceptados(db: Kysely<Tables>, rows: readonly Aceptado[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await db
      .insertInto('aceptado')
      .values(rows.slice(start, start + ROWS_PER_STATEMENT))
      .onConflict((conflict) =>
        conflict
          .columns(['rutOtec', 'codigoOferta', 'codigoGrupo', 'rut', 'codigoModulo'])
          .doUpdateSet((excluded) => ({
            porcentajeAvance: excluded.ref('excluded.porcentajeAvance'),
            tiempoConectividad: excluded.ref('excluded.tiempoConectividad'),
            estado: excluded.ref('excluded.estado'),
            huella: excluded.ref('excluded.huella'),
            cuando: excluded.ref('excluded.cuando'),
            codigoEnvio: excluded.ref('excluded.codigoEnvio'),
            idProceso: excluded.ref('excluded.idProceso'),
            noche: excluded.ref('excluded.noche'),
            avanceAlumno: excluded.ref('excluded.avanceAlumno'),
            estadoAlumno: excluded.ref('excluded.estadoAlumno'),
            fechas: excluded.ref('excluded.fechas'),
          })),
      )
      .execute();
  }
}

const ROWS_PER_STATEMENT = 200;
