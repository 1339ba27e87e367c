import type { CourseTree, OtherCourse } from '@puente-sic/sources';
import type { Kysely } from 'kysely';
import { chilean } from '../alerts/summary.ts';
import { SIN_GRUPO } from '../history/accepted.ts';
import { lastAccepted } from '../ledger/aceptados.ts';
import { cursosSeen } from '../ledger/cursos.ts';
import { type CursoNuevoRow, cursosNuevos, dropCursoNuevo, saveCursoNuevo } from '../ledger/cursos-nuevos.ts';
import { courseDecisions } from '../ledger/decisiones.ts';
import type { Dicho } from '../ledger/dichos.ts';
import type { Tables } from '../ledger/tables.ts';
import type { Assigned } from '../plan/gather.ts';
import { courseKeyOf } from '../plan/plan.ts';
import { nameOf } from '../views/nights.ts';
import { counted } from '../words.ts';
import { daysOf, phaseOf } from './dates.ts';
import type { GivenUnit, SourceReading } from './read-source.ts';
import { UNKNOWN_COURSES } from './units.ts';

type Units = Map<string, GivenUnit>;

/** A course as its source has it, before anything of it is reported. */
export type Offered = Omit<CursoNuevoRow, 'rutOtec' | 'fuente' | 'clase' | 'desde'>;

/** What nobody asked for. One whose codes only a reading would tell goes by the name that its source has for it. */
export function offeredOf({ id, name, title, codigoOferta, codigoGrupo, alumnos }: OtherCourse): Offered {
  const codes = { codigoOferta: codigoOferta ?? name, codigoGrupo: codigoGrupo ?? SIN_GRUPO };
  return { curso: id, ...codes, titulo: title || name, alumnos, primerDia: null, ultimoDia: null };
}

function offeredTree(tree: CourseTree, curso: string): Offered {
  const { first, last } = daysOf(tree);
  return {
    ...{ curso, codigoOferta: String(tree.codigoOferta), codigoGrupo: String(tree.codigoGrupo) },
    ...{ titulo: tree.title || tree.name, alumnos: tree.students.length, primerDia: first, ultimoDia: last },
  };
}

/** A course at which the code breaks is told when it is noted itself, and keeps no other one from being told. */
function safely(isSo: () => boolean): boolean {
  try {
    return isSo();
  } catch {
    return false;
  }
}

/** The courses of a reading without those that wait for somebody's word. */
export function withoutWaiting(
  units: Units,
  waits: (course: { codigoOferta: string; codigoGrupo: string }) => boolean,
): { units: Units; waiting: Assigned[] } {
  const waiting: Assigned[] = [];
  const left: Units = new Map();
  for (const [curso, unit] of units) {
    const trees = unit.trees.filter((assigned) => !safely(() => waits(courseKeyOf(assigned))));
    waiting.push(...unit.trees.filter((assigned) => !trees.includes(assigned)));
    if (trees.length > 0 || unit.trees.length === 0) left.set(curso, { ...unit, trees });
  }
  return { units: left, waiting };
}

/** Of a source that was read: those that were over before puente reported anything of them. */
async function endedBefore(
  db: Kysely<Tables>,
  units: Units,
  { rutOtec, noche, graciaDias }: { rutOtec: string; noche: string; graciaDias: number },
): Promise<Assigned[]> {
  const over = [...units.values()]
    .flatMap(({ trees }) => trees)
    .filter(({ tree }) =>
      safely(() => tree.students.length > 0 && phaseOf(daysOf(tree), noche, graciaDias) === 'over'),
    );
  if (over.length === 0) return [];
  const known = new Set(
    [...(await cursosSeen(db, rutOtec)), ...(await lastAccepted(db, rutOtec))].map(nameOf),
  );
  return over.filter((assigned) => !known.has(nameOf(courseKeyOf(assigned))));
}

/** What a reading of all that was asked of a source shows beside what is reported, see {@link noteOffered}. */
export async function tellOffered(
  db: Kysely<Tables>,
  { units, otros }: Pick<SourceReading, 'units' | 'otros'>,
  waiting: readonly Assigned[],
  { isNamed, isOwn, ...which }: WhichOffered,
): Promise<Dicho[]> {
  const ended = await endedBefore(db, units, which);
  const others = isOwn ? (otros?.map(offeredOf) ?? null) : [];
  return noteOffered(db, which, {
    offered: isNamed ? others : waiting.map(({ tree, curso }) => offeredTree(tree, curso)),
    ended: ended.map(({ tree, curso }) => offeredTree(tree, curso)),
    isChosen: isNamed,
  });
}

interface WhichOffered {
  rutOtec: string;
  fuente: string;
  noche: string;
  graciaDias: number;
  /** puente.yaml names the provider's courses. */
  isNamed: boolean;
  /** What the source has beside them is this provider's. */
  isOwn: boolean;
}

/**
 * Writes down what a source has beside what is reported, and says what a night tells of it. The first look tells how many
 * there were already when the courses were chosen; from then on each new one by itself, until somebody decides.
 * @param offered null: the source does not tell what else it has, and what is known of it stays.
 */
export async function noteOffered(
  db: Kysely<Tables>,
  { rutOtec, fuente, noche }: { rutOtec: string; fuente: string; noche: string },
  { offered, ended, isChosen }: { offered: Offered[] | null; ended: Offered[]; isChosen: boolean },
): Promise<Dicho[]> {
  const former = await cursosNuevos(db, rutOtec, fuente);
  const known = new Map(former.map((row) => [nameIn(row), row]));
  const decided = new Set((await courseDecisions(db, rutOtec)).map(nameOf));
  const reported = new Set((await cursosSeen(db, rutOtec)).map(nameOf));
  const look = known.get(nameIn(LOOK));
  // One that was there when the courses were chosen was left out by whoever chose; of the same night, too.
  const isFirstLook = isChosen && (look === undefined || look.desde === noche);
  const common = { rutOtec, fuente, desde: noche };
  if (offered !== null && isChosen && look === undefined)
    await saveCursoNuevo(db, { ...common, ...LOOK, clase: 'antiguo' });
  const now: CursoNuevoRow[] = [
    ...(offered ?? []).map((one) => {
      const isOld = isFirstLook || reported.has(nameOf({ rutOtec, ...one }));
      return { ...common, ...one, clase: isOld ? ('antiguo' as const) : ('nuevo' as const) };
    }),
    ...ended.map((one) => ({ ...common, ...one, clase: 'terminado' as const })),
  ].map((row) => ({ ...row, ...pick(known.get(nameIn(row))) }));
  for (const row of now) await saveCursoNuevo(db, row);
  const here = new Set([...now, LOOK].map(nameIn));
  // What somebody said of it needs the name that its source has for it.
  if (offered !== null)
    for (const row of former)
      if (!here.has(nameIn(row)) && !decided.has(nameOf(row))) await dropCursoNuevo(db, row);
  const undecided = now.filter((row) => !decided.has(nameOf(row)));
  const old = undecided.filter(
    ({ clase, desde, ...course }) => clase === 'antiguo' && desde === noche && !reported.has(nameOf(course)),
  );
  return [...toldOf(undecided, noche), ...(old.length === 0 ? [] : [leftOut(old.length, fuente)])];
}

function toldOf(rows: readonly CursoNuevoRow[], noche: string): Dicho[] {
  return [
    ...rows.flatMap((row) => (row.clase === 'nuevo' ? newOne(row) : [])),
    ...rows.flatMap((row) => (row.clase === 'terminado' && row.desde === noche ? endedOne(row) : [])),
  ];
}

function newOne({ codigoOferta, codigoGrupo, titulo, alumnos, fuente }: CursoNuevoRow): Dicho {
  const people = alumnos === null ? '' : `, ${counted(alumnos, 'alumno')}`;
  return {
    ...{ codigoOferta, codigoGrupo, titulo, causa: 'curso-nuevo', gravedad: 'amarillo' },
    mensaje: `Curso nuevo en «${fuente}»${people}. Todavía no se informa a SENCE.`,
    queHacer: 'Diga en Hoy si se informa o no.',
  };
}

function endedOne({ codigoOferta, codigoGrupo, titulo, ultimoDia }: CursoNuevoRow): Dicho {
  return {
    ...{ codigoOferta, codigoGrupo, titulo, causa: 'curso-terminado', gravedad: 'amarillo' },
    mensaje: `Terminó el ${chilean(ultimoDia ?? '')} y Puente no ha informado nada de este curso. De noche no sale.`,
    queHacer: 'Si hay que informarlo, use «Poner al día» en Hoy.',
  };
}

function leftOut(courses: number, fuente: string): Dicho {
  return {
    ...{ causa: 'curso-nuevo', gravedad: 'gris', queHacer: '' },
    mensaje: `«${fuente}» trae además ${counted(courses, 'curso')} que no ${courses === 1 ? 'está' : 'están'} entre los que se informan.`,
  };
}

/** What it was when it was first seen. */
function pick(row: CursoNuevoRow | undefined): Partial<CursoNuevoRow> {
  return row === undefined ? {} : { clase: row.clase, desde: row.desde };
}

function nameIn({ curso, codigoOferta, codigoGrupo }: Offered): string {
  return JSON.stringify([curso, codigoOferta, codigoGrupo]);
}

const LOOK: Offered = {
  ...{ curso: UNKNOWN_COURSES, codigoOferta: '', codigoGrupo: '' },
  ...{ titulo: '', alumnos: null, primerDia: null, ultimoDia: null },
};
