import { type Kysely, sql } from 'kysely';
import { type AceptadosDeCurso, acceptedByCourse } from '../ledger/aceptados.ts';
import { type CursoRow, cursosSeen } from '../ledger/cursos.ts';
import { studentsLeftOut } from '../ledger/decisiones.ts';
import { type ErrorRow, openErrores } from '../ledger/errores.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { NocheRow } from '../ledger/noches.ts';
import { isOpen } from '../ledger/open-envios.ts';
import { type SinRutRow, sinRutOf, startsAt } from '../ledger/sin-rut.ts';
import type { CourseKey, Tables } from '../ledger/tables.ts';
import { UNKNOWN_COURSES } from '../serve/units.ts';
import { courseName, daysBefore, nameOf } from './nights.ts';
import { type EstadoAlumno, type StudentFacts, stateOf } from './student-state.ts';

/** One student of a course's last list. */
export interface AlumnoEnCurso {
  /** Null: the source has none that can be read, see `sinRut`. */
  rut: string | null;
  /** Null where the source has none. */
  nombre: string | null;
  estado: EstadoAlumno;
  /** Of who has no RUT that can be read: what stands in its place, and where in the source; else null. */
  sinRut: Pick<SinRutRow, 'escrito' | 'lugar'> | null;
}

/** The RUT; where none can be read what stands in its place, which may be blank. */
export function writtenRut({ rut, sinRut }: Pick<AlumnoEnCurso, 'rut' | 'sinRut'>): string {
  return rut ?? sinRut?.escrito ?? '';
}

/** `seen`, `accepted`: the provider's courses and what SENCE has of them, for who has read them already. */
interface Asked {
  rutOtec: string;
  noche: string;
  seen?: readonly CursoRow[];
  accepted?: readonly AceptadosDeCurso[];
}

/**
 * Every student of a provider's courses as they were last read, each in one state; by course, see {@link nameOf}.
 * Courses that are not reported any more are left out, and students who are no longer in their list. Reads the ledger
 * alone.
 */
export async function studentStates({ db }: Ledger, asked: Asked): Promise<Map<string, AlumnoEnCurso[]>> {
  const lists = await listsOf(db, asked.rutOtec);
  const others = await sinRutOf(db, asked.rutOtec);
  return new Map(
    (await judgesOf(db, asked)).map(([curso, judge]) => [
      nameOf(curso),
      [
        ...(lists.get(courseName(curso)) ?? []).map(([rut, nombre]) => ({
          ...{ rut, nombre, sinRut: null, estado: judge.ofRut(rut) },
        })),
        ...others.filter(isIn(curso)).map((row) => {
          const { escrito, lugar, nombre } = row;
          return { rut: null, nombre, sinRut: { escrito, lugar }, estado: judge.ofSinRut(row) };
        }),
      ],
    ]),
  );
}

/** The states of {@link studentStates} without saying whose: enough to count them. */
export async function stateLists({ db }: Ledger, asked: Asked): Promise<Map<string, EstadoAlumno[]>> {
  const lists = await rutsOf(db, asked.rutOtec);
  const others = await sinRutOf(db, asked.rutOtec);
  return new Map(
    (await judgesOf(db, asked)).map(([curso, judge]) => [
      nameOf(curso),
      [
        ...(lists.get(courseName(curso)) ?? []).map(judge.ofRut),
        ...others.filter(isIn(curso)).map(judge.ofSinRut),
      ],
    ]),
  );
}

interface Judge {
  ofRut(rut: string): EstadoAlumno;
  ofSinRut(row: SinRutRow): EstadoAlumno;
}

function isIn({ codigoOferta, codigoGrupo }: CursoRow): (row: SinRutRow) => boolean {
  return (row) => row.codigoOferta === codigoOferta && row.codigoGrupo === codigoGrupo;
}

/** Each course that is reported, with what tells a student's state in it. */
async function judgesOf(
  db: Kysely<Tables>,
  { rutOtec, noche, ...known }: Asked,
): Promise<[curso: CursoRow, judge: Judge][]> {
  const cursos = (known.seen ?? (await cursosSeen(db, rutOtec))).filter(({ noPedido }) => noPedido === null);
  const since = daysBefore(noche, NIGHTS_LOOKED_AT);
  const nights = await nightsOver(db, rutOtec, since, cursos);
  const problems = await problemsOf(db, rutOtec);
  const uncertain = await uncertainOf(db, rutOtec, since);
  const accepted = new Map(
    (known.accepted ?? (await acceptedByCourse(db, rutOtec))).map(({ alumnos, ...course }) => [
      courseName(course),
      alumnos,
    ]),
  );
  const leftOut = byCourse(await studentsLeftOut(db, rutOtec));
  return cursos.map((curso) => {
    const name = courseName(curso);
    const ultimaNoche = lastNightOf(curso, nights);
    const own = {
      problems: problems.get(name),
      uncertain: uncertain.get(name),
      leftOut: leftOut.get(name),
      accepted: accepted.get(name),
      // What is known from the history alone may not tell its group.
      ofOferta: accepted.get(courseName({ ...curso, codigoGrupo: '' })),
    };
    const ofAll = own.problems?.get(null) ?? [];
    const ofRut = (rut: string) => {
      const ofStudent = own.problems?.get(rut) ?? [];
      return stateOf({
        noSeInforma: own.leftOut?.has(rut) ?? false,
        problemas: ofAll.length === 0 ? ofStudent : [...ofAll, ...ofStudent],
        incierto: own.uncertain?.has(rut) ?? false,
        aceptado: own.accepted?.get(rut) ?? own.ofOferta?.get(rut) ?? null,
        ultimaNoche,
      });
    };
    return [curso, { ofRut, ofSinRut: (row) => (isKnown(row, own.problems) ? 'conocido' : 'retenido') }];
  });
}

/** A course that has had no night for longer is not waited for by this. */
const NIGHTS_LOOKED_AT = 14;

/** Of units as the night's rows name them: the last night that was lost, and the last that was done. */
type NightsOver = ReadonlyMap<string, Partial<Record<NocheRow['estado'], string>>>;

async function nightsOver(
  db: Kysely<Tables>,
  rutOtec: string,
  since: string,
  cursos: readonly CursoRow[],
): Promise<NightsOver> {
  // A night that was done before a course was last given says nothing of it: those further back need not be read.
  const given = cursos.flatMap(({ visto }) => (visto !== null && visto >= since ? visto : [])).sort();
  const { rows } = await sql<{ noches: string }>`
    SELECT json_group_array(json_array(fuente, curso, estado, noche)) AS noches FROM (
      SELECT fuente, curso, estado, MAX(noche) AS noche FROM noche INDEXED BY noche_open
      WHERE rutOtec = ${rutOtec} AND noche >= ${since} AND estado != 'hecha' AND estado = 'perdida'
      GROUP BY fuente, curso
      UNION ALL
      SELECT fuente, curso, estado, MAX(noche) AS noche FROM noche
      WHERE rutOtec = ${rutOtec} AND noche >= ${given[0] ?? NEVER} AND estado = 'hecha'
      GROUP BY fuente, curso
    )`.execute(db);
  const told: [string, string, NocheRow['estado'], string][] = JSON.parse(rows[0]?.noches ?? '[]');
  const nights = new Map<string, Partial<Record<NocheRow['estado'], string>>>();
  for (const [fuente, curso, estado, noche] of told) {
    const name = unitName({ fuente, curso });
    const own = nights.get(name);
    if (own === undefined) nights.set(name, { [estado]: noche });
    else own[estado] = noche;
  }
  return nights;
}

/** Later than any night. */
const NEVER = '9999';

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

type Named = [rut: string, nombre: string | null];

/** By course; a course's students come as one text: read one by one they cost several times as much. */
async function listsOf(db: Kysely<Tables>, rutOtec: string): Promise<Map<string, Named[]>> {
  const { rows } = await sql<Codes & { lista: string }>`
    SELECT codigoOferta, codigoGrupo, json_group_array(json_array(rut, nombre)) AS lista
    FROM alumno WHERE rutOtec = ${rutOtec} AND ausente IS NULL
    GROUP BY codigoOferta, codigoGrupo`.execute(db);
  return new Map(rows.map(({ lista, ...course }) => [courseName(course), JSON.parse(lista)]));
}

async function rutsOf(db: Kysely<Tables>, rutOtec: string): Promise<Map<string, string[]>> {
  const { rows } = await sql<Codes & { ruts: string }>`
    SELECT codigoOferta, codigoGrupo, json_group_array(rut) AS ruts
    FROM alumno WHERE rutOtec = ${rutOtec} AND ausente IS NULL
    GROUP BY codigoOferta, codigoGrupo`.execute(db);
  return new Map(rows.map(({ ruts, ...course }) => [courseName(course), JSON.parse(ruts)]));
}

type Problems = Map<string | null, (StudentFacts['problemas'][number] & Pick<ErrorRow, 'lugar'>)[]>;

/** Nothing of who has no RUT that can be read goes out, whatever is written down of it: held, or known to be. */
function isKnown({ escrito, lugar }: SinRutRow, problems: Problems | undefined): boolean {
  const own =
    escrito === ''
      ? [...(problems?.get(NOBODY) ?? [])].filter((one) => startsAt(one.lugar, lugar))
      : (problems?.get(escrito) ?? []);
  return own.length > 0 && own.every(({ conocido }) => conocido);
}

/** What is open of a person who has no RUT at all; no text that stands in a RUT's place is blank. */
const NOBODY = '';

/** What is open, by course and student; null: of the course as a whole. */
async function problemsOf(db: Kysely<Tables>, rutOtec: string): Promise<Map<string, Problems>> {
  const problems = new Map<string, Problems>();
  for (const { rut, origen, conocido, lugar, ...course } of await openErrores(db, { rutOtec })) {
    const whom = rut === null && origen === 'previa' && lugar !== null ? NOBODY : rut;
    const name = courseName(course);
    const own: Problems = problems.get(name) ?? new Map();
    own.set(whom, [...(own.get(whom) ?? []), { origen, lugar, conocido: conocido !== null }]);
    problems.set(name, own);
  }
  return problems;
}

/**
 * Students of whom something is not known and was not accepted since: a call may have arrived, or its answer named
 * nobody. What is under way is no such thing: the count does not change before SENCE answers.
 */
async function uncertainOf(
  db: Kysely<Tables>,
  rutOtec: string,
  since: string,
): Promise<Map<string, Set<string | null>>> {
  const { rows } = await sql<Codes & { rut: string }>`
    WITH abierto AS (
      SELECT codigoEnvio, codigoOferta, codigoGrupo, creado, FALSE AS respondido FROM envio
      WHERE rutOtec = ${rutOtec} AND estado = 'incierto' AND ${isOpen}
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
  return byCourse(rows);
}

type Codes = Pick<CourseKey, 'codigoOferta' | 'codigoGrupo'>;

function byCourse(rows: readonly (Codes & { rut: string | null })[]): Map<string, Set<string | null>> {
  const students = new Map<string, Set<string | null>>();
  for (const { rut, ...course } of rows) {
    const name = courseName(course);
    students.set(name, (students.get(name) ?? new Set()).add(rut));
  }
  return students;
}
