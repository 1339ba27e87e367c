import { setImmediate } from 'node:timers/promises';
import { Temporal } from '@js-temporal/polyfill';
import { StoreError } from '@puente-sic/store';
import type { Kysely } from 'kysely';
import { chilean } from '../alerts/summary.ts';
import { hallazgoOf } from '../explain.ts';
import { SIN_GRUPO } from '../history/accepted.ts';
import { FUENTE_SIN_SABER, placeLists } from '../history/restore-lists.ts';
import { type CursoRow, cursosSeen, markNotAsked, markSeen } from '../ledger/cursos.ts';
import { coursesLeftOut } from '../ledger/decisiones.ts';
import { type Dicho, replaceDichos } from '../ledger/dichos.ts';
import { planNoche } from '../ledger/noches.ts';
import type { CourseKey, Tables } from '../ledger/tables.ts';
import { waitingOf } from '../plan/chosen.ts';
import type { Assigned } from '../plan/gather.ts';
import { courseKeyOf } from '../plan/plan.ts';
import type { ErasedAt } from '../privacy/erasures.ts';
import type { Hallazgo } from '../results.ts';
import { rutOf, tellAbsent } from './absent.ts';
import { daysOf, phaseOf } from './dates.ts';
import { defectProblem } from './defect.ts';
import { withoutErased } from './erased-students.ts';
import { type Firsts, firstsOf } from './first-nights.ts';
import { tellLostModules } from './lost-modules.ts';
import { tellOffered, withoutWaiting } from './new-courses.ts';
import type { Problem } from './problem.ts';
import type { GivenUnit, SourceReading } from './read-source.ts';
import { UNKNOWN_COURSES } from './units.ts';

/** What the night makes of one course that was read. */
export interface NotedUnit {
  curso: string;
  /** To be sent tonight. */
  trees: Assigned[];
  problem: Problem | null;
  /** Why nothing is to be sent although nothing is wrong. */
  motivo: string | null;
}

interface Which {
  rutOtec: string;
  noche: string;
  fuente: string;
  graciaDias: number;
  /** The courses asked for; null: all that the source has. */
  asked: readonly string[] | null;
  /** The provider has no other source. */
  isOnly: boolean;
  /** puente.yaml names the provider's courses. */
  isNamed: boolean;
  /** What the source has beside them is this provider's. */
  isOwn: boolean;
  /** All courses of the night were asked for: what it found of the source as a whole counts. */
  isWhole: boolean;
  /** When the night of courses not known before begins. */
  desde: Date;
  erasedAt: ErasedAt;
  onDefect: (curso: string, error: unknown) => void;
}

/**
 * Writes down what a reading showed: the courses that there are, who is in them and who is missing, what is to be told.
 * A course that was sent on former nights and is in the source no more is one that was asked for.
 */
export async function noteReading(
  db: Kysely<Tables>,
  reading: SourceReading,
  which: Which,
  now: Date,
): Promise<NotedUnit[]> {
  const { rutOtec, noche, fuente, asked, isOnly, isWhole, desde } = which;
  return db.transaction().execute(async (tx) => {
    const waits = asked === null ? await waitingOf(tx, rutOtec) : () => false;
    const { units, waiting } = withoutWaiting(reading.units, waits);
    const offered = isWhole ? await tellOffered(tx, { ...reading, units }, waiting, which) : [];
    const firsts = await firstsOf(tx, which);
    const given = [...units.values()].flatMap(({ trees }) => trees.map(courseKeyOf));
    const isGiven = ({ codigoOferta, codigoGrupo }: CursoRow) =>
      given.some(
        (one) =>
          one.codigoOferta === codigoOferta && (codigoGrupo === SIN_GRUPO || one.codigoGrupo === codigoGrupo),
      );
    // A course of which the history alone tells is this source's if there is no other, and is missed like its own.
    const isOurs = (curso: CursoRow) =>
      curso.fuente === fuente || (isOnly && curso.fuente === FUENTE_SIN_SABER && !isGiven(curso));
    const seen = (await cursosSeen(tx, rutOtec)).filter(isOurs);
    const expected =
      asked ?? seen.filter(({ visto, noPedido }) => visto !== null && isFirst(noPedido, noche));
    const names = new Set([
      ...units.keys(),
      ...expected.map((one) => (typeof one === 'string' ? one : one.curso)),
    ]);
    const grupos = groupsOf(units);
    const isAll = isOnly && isWhole && [...units.values()].every(({ problem }) => problem === null);
    const leftOut = new Set((await coursesLeftOut(tx, rutOtec)).map(nameOf));
    const noted: NotedUnit[] = [];
    for (const [at, curso] of [...names].entries()) {
      if (at > 0 && at % COURSES_OF_A_TURN === 0) await setImmediate();
      const known = seen.filter((row) => row.curso === curso);
      const unit = units.get(curso);
      const { dichos, ...one } = await noteSafely(
        tx,
        curso,
        unit,
        { ...which, known, grupos, isAll, leftOut, firsts },
        now,
      );
      await replaceDichos(tx, { rutOtec, noche, fuente, curso }, dichos);
      noted.push(one);
    }
    if (asked === null) {
      const rows = noted.map(({ curso }) => ({
        ...{ rutOtec, noche, fuente, curso, motivo: null },
        estado: 'pendiente' as const,
        desde: desde.toISOString(),
      }));
      await planNoche(tx, rows, now);
    }
    if (isWhole) {
      const told = [...reading.hallazgos.map(toldOf), ...offered];
      await replaceDichos(tx, { rutOtec, noche, fuente, curso: UNKNOWN_COURSES }, told);
    }
    return noted;
  });
}

interface Known extends Which {
  /** What the ledger has of the course's groups. */
  known: readonly CursoRow[];
  /** The group that each student is in now, by codigoOferta and RUT. */
  grupos: Grupos;
  /** Every course of the provider is among what was given. */
  isAll: boolean;
  /** Courses that somebody decided not to report. */
  leftOut: ReadonlySet<string>;
  firsts: Firsts;
}

/** A course at which the code breaks keeps no other one from being sent. */
async function noteSafely(...unit: Parameters<typeof noteUnit>): ReturnType<typeof noteUnit> {
  try {
    return await noteUnit(...unit);
  } catch (error) {
    // The transaction is gone with it, and every other course's rows.
    if (error instanceof StoreError) throw error;
    const [, curso, , { onDefect, known }] = unit;
    onDefect(curso, error);
    const problem = defectProblem(error);
    return { curso, trees: [], problem, motivo: null, dichos: [redOf(problem, courseOf(known, undefined))] };
  }
}

async function noteUnit(
  tx: Kysely<Tables>,
  curso: string,
  unit: GivenUnit | undefined,
  which: Known,
  now: Date,
): Promise<NotedUnit & { dichos: Dicho[] }> {
  const { noche, graciaDias, known, leftOut } = which;
  const isLeftOut = (course: CourseKey) => leftOut.has(nameOf(course));
  const wanted = (unit?.trees ?? []).filter((assigned) => !isLeftOut(courseKeyOf(assigned)));
  const given = wanted.map((assigned) => {
    const days = daysOf(assigned.tree);
    return { assigned, days, phase: phaseOf(days, noche, graciaDias) };
  });
  const current = given.filter(({ phase }) => phase === 'current');
  const dichos = await tellNotAsked(tx, known.filter(isLeftOut), noche, () => LEFT_OUT);
  for (const { assigned, days } of current)
    dichos.push(...(await noteTree(tx, curso, assigned, days.last, which, now)));

  const trees = current.map(({ assigned }) => assigned).filter(({ tree }) => tree.students.length > 0);
  const nothing = { trees, problem: null, motivo: null };
  const isNotAsked =
    trees.length === 0 && known.length > 0 && known.every((row) => isLeftOut(row) || !isAsked(row, which));
  if (isNotAsked) {
    const over = known.filter((row) => !isLeftOut(row));
    dichos.push(...(await tellNotAsked(tx, over, noche, endOf)));
    return { ...nothing, curso, motivo: over.length > 0 ? ENDED : LEFT_OUT, dichos };
  }
  const problem = problemOf(curso, unit, current, which);
  if (problem !== null) {
    dichos.unshift(redOf(problem, courseOf(known, unit)));
    return { ...nothing, curso, problem, dichos };
  }
  const first = given.find(({ phase }) => phase === 'before')?.days.first;
  const motivo = first ? `Comienza el ${chilean(first)}.` : ENDED;
  return { ...nothing, curso, motivo: trees.length > 0 ? null : motivo, dichos };
}

async function noteTree(
  tx: Kysely<Tables>,
  curso: string,
  assigned: Assigned,
  ultimoDia: string | null,
  { noche, fuente, grupos, isAll, erasedAt, firsts }: Known,
  now: Date,
): Promise<Dicho[]> {
  const { tree } = assigned;
  const key = courseKeyOf(assigned);
  const first = firsts(key, tree.students.length);
  const { title: titulo, url = null, students } = tree;
  const said = { ...key, fuente, curso, titulo, url, alumnos: students.length, ultimoDia };
  // A course without students keeps what it was when it had some.
  if (students.length > 0) await markSeen(tx, { ...said, visto: noche }, now);
  const { here, told: erased } = withoutErased(tree, erasedAt);
  const groupOf = (rut: string) => grupos.get(key.codigoOferta)?.get(rut);
  if (isAll) await placeLists(tx, key, groupOf);
  const absent = await tellAbsent(tx, key, here, noche, groupOf);
  const { codigoOferta, codigoGrupo } = key;
  const lost = await tellLostModules(tx, key, here, noche);
  const found = [...erased, ...here.findings.map((issue) => toldOf(hallazgoOf(issue)))];
  return [
    ...absent,
    ...lost,
    ...[...found, ...first].map((dicho) => ({ ...dicho, codigoOferta, codigoGrupo, titulo })),
  ];
}

function redOf({ causa, motivo: mensaje, queHacer }: Problem, course: WhichCourse): Dicho {
  return { ...course, causa, gravedad: 'rojo', mensaje, queHacer };
}

type WhichCourse = Pick<Dicho, 'codigoOferta' | 'codigoGrupo' | 'titulo'>;

/** The codes and the title that a course has, as far as its groups agree on them; what was read last has the word. */
function courseOf(known: readonly CursoRow[], unit: GivenUnit | undefined): WhichCourse {
  const read = (unit?.trees ?? []).map((assigned) => ({
    ...courseKeyOf(assigned),
    titulo: assigned.tree.title,
  }));
  const groups = read.length > 0 ? read : known;
  const agreed = (values: string[]) => (new Set(values).size === 1 ? (values[0] ?? null) : null);
  return {
    codigoOferta: agreed(groups.map(({ codigoOferta }) => codigoOferta)),
    codigoGrupo: agreed(groups.map(({ codigoGrupo }) => codigoGrupo)),
    titulo: agreed(groups.map(({ titulo }) => titulo)),
  };
}

/** Why a course is not done even when all that its source gave has been sent. */
function problemOf(
  curso: string,
  unit: GivenUnit | undefined,
  current: readonly { assigned: Assigned }[],
  { fuente, known }: Known,
): Problem | null {
  if (unit !== undefined && unit.problem !== null) return unit.problem;
  const nombre = known[0]?.titulo ?? curso;
  if (unit === undefined) {
    const last = known[0]?.visto;
    return {
      causa: 'no-entregado',
      motivo: last
        ? `El curso «${nombre}», que se leyó por última vez la noche del ${chilean(last)}, ya no está en «${fuente}».`
        : `«${fuente}» no entregó el curso «${nombre}» ni dijo por qué.`,
      queHacer:
        'Si viene de un archivo, repóngalo en la carpeta de la fuente; si viene de Moodle, revise que siga ahí con su nombre corto. Si ya no hay que informarlo, sáquelo de los cursos que se informan.',
    };
  }
  const empty = current.find(({ assigned }) => assigned.tree.students.length === 0);
  if (empty === undefined) return null;
  const { title } = empty.assigned.tree;
  const before = known.reduce((sum, { alumnos }) => sum + alumnos, 0);
  const had = before === 0 ? '' : `; la última vez tenía ${before}`;
  return {
    causa: 'sin-alumnos',
    motivo: `El curso «${title}» no tiene ningún alumno en «${fuente}»${had}.`,
    queHacer:
      'Revise que los alumnos estén inscritos en el curso (y en su grupo), o que la planilla tenga sus filas.',
  };
}

/** Whether a course that its source does not give is one that should be there. */
function isAsked({ ultimoDia, visto }: CursoRow, { asked, noche, graciaDias }: Which): boolean {
  if (ultimoDia !== null && phaseOf({ first: null, last: ultimoDia }, noche, graciaDias) === 'over')
    return false;
  const isLongGone =
    visto !== null &&
    Temporal.PlainDate.from(visto).until(noche, { largestUnit: 'days' }).days > NIGHTS_ASKED_FOR;
  return asked !== null || !isLongGone;
}

/** In grey, and once: that a course is not reported any more is as it should be. */
async function tellNotAsked(
  tx: Kysely<Tables>,
  known: readonly CursoRow[],
  noche: string,
  whyOf: (row: CursoRow) => string,
): Promise<Dicho[]> {
  const news = known.filter(({ noPedido }) => isFirst(noPedido, noche));
  for (const row of news) await markNotAsked(tx, row, noche);
  return news.map((row) => {
    const { codigoOferta, codigoGrupo, titulo } = row;
    const course = { codigoOferta, codigoGrupo, titulo };
    return { ...course, causa: 'no-se-pide', gravedad: 'gris', mensaje: whyOf(row), queHacer: '' };
  });
}

function endOf({ ultimoDia }: CursoRow): string {
  return ultimoDia === null
    ? `Su fuente no lo tiene hace ${NIGHTS_ASKED_FOR} noches: no se pide más.`
    : `Terminó el ${chilean(ultimoDia)}: no se informa más.`;
}

/** One course of a provider among others. */
function nameOf({ codigoOferta, codigoGrupo }: Pick<CourseKey, 'codigoOferta' | 'codigoGrupo'>): string {
  return JSON.stringify([codigoOferta, codigoGrupo]);
}

/** Told never, or on this very night. */
export function isFirst(told: string | null, noche: string): boolean {
  return told === null || told === noche;
}

function toldOf({ mensaje, queHacer, gravedad, rut }: Hallazgo): Dicho {
  return {
    ...{ causa: 'hallazgo', gravedad: gravedad === 'error' ? 'rojo' : 'amarillo', mensaje, queHacer },
    ...(rut !== undefined && { rut }),
  };
}

type Grupos = ReadonlyMap<string, ReadonlyMap<string, string>>;

function groupsOf(units: SourceReading['units']): Grupos {
  const grupos = new Map<string, Map<string, string>>();
  for (const { tree } of [...units.values()].flatMap(({ trees }) => trees)) {
    try {
      const oferta = grupos.get(String(tree.codigoOferta)) ?? new Map<string, string>();
      grupos.set(String(tree.codigoOferta), oferta);
      for (const student of tree.students) {
        const rut = rutOf(student);
        if (rut !== null) oferta.set(rut, String(tree.codigoGrupo));
      }
    } catch {
      // The same defect is met, and told, when the course itself is noted.
    }
  }
  return grupos;
}

/** Noted in some milliseconds; whoever looks at the panel meanwhile has a turn in between. */
const COURSES_OF_A_TURN = 5;
/** Nights that a course without a known end is asked for after its source had it last, where nothing names it. */
const NIGHTS_ASKED_FOR = 30;
const LEFT_OUT = 'Una persona decidió no informarlo: no se informa más.';
const ENDED = 'Ya terminó: no se informa más.';
