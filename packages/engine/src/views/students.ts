import { santiagoDate } from '@puente-sic/protocol';
import { type Kysely, sql } from 'kysely';
import { type CursoRow, cursosSeen } from '../ledger/cursos.ts';
import { studentsLeftOut } from '../ledger/decisiones.ts';
import { openErrores } from '../ledger/errores.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { NocheRow } from '../ledger/noches.ts';
import type { CourseKey, Tables } from '../ledger/tables.ts';
import { UNKNOWN_COURSES } from '../serve/units.ts';
import { daysBefore, nameOf } from './nights.ts';
import { type EstadoAlumno, type StudentFacts, stateOf } from './student-state.ts';

/** One student of a course's last list. */
export interface AlumnoEnCurso {
  rut: string;
  /** Null where the source has none. */
  nombre: string | null;
  estado: EstadoAlumno;
}

/**
 * Every student of a provider's courses as they were last read, each in one state; by course, see {@link nameOf}.
 * Courses that are not reported any more are left out, and students who are no longer in their list. Reads the ledger
 * alone. `seen`: the provider's courses, for who has read them already.
 */
export async function studentStates(
  { db }: Ledger,
  { rutOtec, noche, seen }: { rutOtec: string; noche: string; seen?: readonly CursoRow[] },
): Promise<Map<string, AlumnoEnCurso[]>> {
  const cursos = (seen ?? (await cursosSeen(db, rutOtec))).filter(({ noPedido }) => noPedido === null);
  const since = daysBefore(noche, NIGHTS_LOOKED_AT);
  const nights = await nightsOver(db, rutOtec, since);
  const lists = await listsOf(db, rutOtec);
  const problems = await problemsOf(db, rutOtec);
  const uncertain = await uncertainOf(db, rutOtec, since);
  const accepted = await acceptedOf(db, rutOtec);
  const leftOut = new Set(
    (await studentsLeftOut(db, rutOtec)).map(({ rut, ...course }) => studentName(course, rut)),
  );
  return new Map(
    cursos.map((curso) => {
      const name = nameOf(curso);
      const ultimaNoche = lastNightOf(curso, nights);
      const ofAll = problems.get(studentName(curso, null)) ?? [];
      const students = (lists.get(courseName(curso)) ?? []).map(({ rut, nombre }): AlumnoEnCurso => {
        const key = studentName(curso, rut);
        const facts: StudentFacts = {
          noSeInforma: leftOut.has(key),
          problemas: [...ofAll, ...(problems.get(key) ?? [])],
          incierto: uncertain.has(key),
          aceptado:
            accepted.get(key) ?? accepted.get(studentName({ ...curso, codigoGrupo: '' }, rut)) ?? null,
          ultimaNoche,
        };
        return { rut, nombre, estado: stateOf(facts) };
      });
      return [name, students];
    }),
  );
}

/** A course that has had no night for longer is not waited for by this. */
const NIGHTS_LOOKED_AT = 14;

/** Of units as the night's rows name them: the last night that was lost, and the last that was done. */
type NightsOver = ReadonlyMap<string, Partial<Record<NocheRow['estado'], string>>>;

async function nightsOver(db: Kysely<Tables>, rutOtec: string, since: string): Promise<NightsOver> {
  const rows = await db
    .selectFrom('noche')
    .select(['fuente', 'curso', 'estado'])
    .select(({ fn }) => fn.max('noche').as('noche'))
    .where('rutOtec', '=', rutOtec)
    .where('noche', '>=', since)
    .where('estado', '!=', 'pendiente')
    .groupBy(['fuente', 'curso', 'estado'])
    .execute();
  const nights = new Map<string, Partial<Record<NocheRow['estado'], string>>>();
  for (const { estado, noche, ...unit } of rows)
    nights.set(unitName(unit), { ...nights.get(unitName(unit)), [estado]: noche });
  return nights;
}

/** The last night that is over of a course: lost, or done while its source had the course. */
function lastNightOf({ fuente, curso, visto }: CursoRow, nights: NightsOver): StudentFacts['ultimaNoche'] {
  const own = nights.get(unitName({ fuente, curso }));
  const all = { fuente, curso: UNKNOWN_COURSES };
  const lost = [own, nights.get(unitName(all)), nights.get(unitName({ ...all, fuente: UNKNOWN_COURSES }))]
    .flatMap((unit) => unit?.perdida ?? [])
    .reduce((last, noche) => (noche > last ? noche : last), '');
  const done = own?.hecha !== undefined && own.hecha === visto ? own.hecha : '';
  if (lost === '' && done === '') return null;
  return lost >= done ? { noche: lost, perdida: true } : { noche: done, perdida: false };
}

function unitName({ fuente, curso }: Pick<NocheRow, 'fuente' | 'curso'>): string {
  return `${fuente}\n${curso}`;
}

// Thousands of rows are handed over as one text: reading them one by one costs several times as much.

async function listsOf(
  db: Kysely<Tables>,
  rutOtec: string,
): Promise<Map<string, { rut: string; nombre: string | null }[]>> {
  const { rows } = await sql<{ lista: string }>`
    SELECT json_group_array(json_array(codigoOferta || char(10) || codigoGrupo, rut, nombre)) AS lista
    FROM alumno WHERE rutOtec = ${rutOtec} AND ausente IS NULL`.execute(db);
  const found: [course: string, rut: string, nombre: string | null][] = JSON.parse(rows[0]?.lista ?? '[]');
  const lists = new Map<string, { rut: string; nombre: string | null }[]>();
  for (const [course, rut, nombre] of found) add(lists, course, { rut, nombre });
  return lists;
}

/** What is open of a student, and of a course as a whole (no student). */
async function problemsOf(
  db: Kysely<Tables>,
  rutOtec: string,
): Promise<Map<string, StudentFacts['problemas'][number][]>> {
  const problems = new Map<string, StudentFacts['problemas'][number][]>();
  for (const { rut, origen, conocido, lugar, ...course } of await openErrores(db, { rutOtec })) {
    // Who has no RUT that can be read is in no list.
    if (rut === null && origen === 'previa' && lugar !== null) continue;
    add(problems, studentName(course, rut), { origen, conocido: conocido !== null });
  }
  return problems;
}

/** Students of whom something is not known and was not accepted since: a call may have arrived, or its answer named nobody. */
async function uncertainOf(db: Kysely<Tables>, rutOtec: string, since: string): Promise<Set<string>> {
  const { rows } = await sql<Codes & { rut: string }>`
    WITH abierto AS (
      SELECT codigoEnvio, codigoOferta, codigoGrupo, creado, FALSE AS respondido FROM envio
      WHERE rutOtec = ${rutOtec} AND estado IN ('preparado', 'enviando', 'incierto')
      UNION ALL
      SELECT codigoEnvio, codigoOferta, codigoGrupo, creado, FALSE FROM envio
      WHERE rutOtec = ${rutOtec} AND porComprobar = 1
      UNION ALL
      SELECT codigoEnvio, codigoOferta, codigoGrupo, creado, TRUE FROM envio
      WHERE rutOtec = ${rutOtec} AND noche >= ${since} AND estado IN ('aceptado', 'parcial', 'rechazado')
        AND registros > aceptados + rechazados
    )
    SELECT DISTINCT a.codigoOferta, a.codigoGrupo, r.rut
    FROM abierto a JOIN registro r ON r.codigoEnvio = a.codigoEnvio
    WHERE (NOT a.respondido OR r.resultado = 'desconocido') AND NOT EXISTS (
      SELECT 1 FROM aceptado s
      WHERE s.rutOtec = ${rutOtec} AND s.codigoOferta = a.codigoOferta AND s.codigoGrupo = a.codigoGrupo
        AND s.rut = r.rut AND s.codigoModulo = r.codigoModulo AND s.cuando > a.creado
    )`.execute(db);
  return new Set(rows.map(({ rut, ...course }) => studentName(course, rut)));
}

/** Of each student the last night with something accepted, and whether the history has shown all of that. */
async function acceptedOf(
  db: Kysely<Tables>,
  rutOtec: string,
): Promise<Map<string, NonNullable<StudentFacts['aceptado']>>> {
  // The night and, behind it, whether it waits for the history: the highest is the last night, and waits if any does.
  const { rows } = await sql<{ lista: string }>`
    SELECT json_group_array(json_array(alumno, noche, cuando, espera)) AS lista FROM (
      SELECT codigoOferta || char(10) || codigoGrupo || char(10) || rut AS alumno, MAX(noche || espera) AS noche,
        MAX(iif(noche IS NULL, cuando, NULL)) AS cuando, MAX(noche IS NULL AND espera) AS espera
      FROM (
        SELECT a.codigoOferta, a.codigoGrupo, a.rut, a.noche, a.cuando,
          a.codigoEnvio IS NOT NULL AND e.confirmado IS NULL AS espera
        FROM aceptado a LEFT JOIN envio e ON e.codigoEnvio = a.codigoEnvio
        WHERE a.rutOtec = ${rutOtec}
      )
      GROUP BY codigoOferta, codigoGrupo, rut
    )`.execute(db);
  const found: [alumno: string, noche: string | null, cuando: string | null, espera: number][] = JSON.parse(
    rows[0]?.lista ?? '[]',
  );
  return new Map(
    found.map(([alumno, named, cuando, espera]) => {
      const noche = named?.slice(0, -1) ?? '';
      const other = cuando === null ? '' : santiagoDate(new Date(cuando));
      const waits = (noche >= other && named?.endsWith('1') === true) || (other >= noche && espera === 1);
      return [alumno, { noche: noche >= other ? noche : other, confirmado: !waits }];
    }),
  );
}

type Codes = Pick<CourseKey, 'codigoOferta' | 'codigoGrupo'>;

function courseName({ codigoOferta, codigoGrupo }: Codes): string {
  return `${codigoOferta}\n${codigoGrupo}`;
}

/** Null: the course as a whole. */
function studentName(course: Codes, rut: string | null): string {
  return `${courseName(course)}\n${rut ?? ''}`;
}

function add<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const own = lists.get(key);
  if (own === undefined) lists.set(key, [item]);
  else own.push(item);
}
