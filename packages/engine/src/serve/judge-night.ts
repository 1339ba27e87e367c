import { lastAccepted } from '../ledger/aceptados.ts';
import { type CursoRow, cursosSeen } from '../ledger/cursos.ts';
import { type DichoRow, dichosOf } from '../ledger/dichos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type NocheRow, nocheRows } from '../ledger/noches.ts';
import type { CourseKey } from '../ledger/tables.ts';
import { isAbout } from '../views/nights.ts';
import { nightOf, type Ventana } from '../window.ts';
import { UNKNOWN_COURSES } from './units.ts';

/**
 * How a course of a night stands. `esperando`: sent, and only SENCE's history can tell whether it arrived;
 * `recuperada`: lost, and SENCE has accepted something of each of its groups since.
 */
export type Standing = 'hecha' | 'pendiente' | 'esperando' | 'perdida' | 'recuperada';

export interface JudgedNight {
  noche: string;
  /** Its courses; a place kept for courses that their source had not told yet only while it is open. */
  cursos: { row: NocheRow; standing: Standing }[];
  /** What the night tells; of what was recovered since, in grey. */
  dichos: DichoRow[];
}

/** One night as everybody is told of it: the service's health, the summary, the screen and `puente estado`. */
export async function judgeNight(
  { db }: Ledger,
  { rutOtec, noche, ventana }: { rutOtec: string; noche: string; ventana: Ventana },
  now: Date,
): Promise<JudgedNight> {
  const rows = (await nocheRows(db, rutOtec, noche)).filter(isCourse);
  const { end } = nightOf(noche, ventana);
  const isClosed = now.getTime() >= end.getTime() + CLOSED_MS;
  const open = rows.map((row) => ({ row, standing: standingOf(row, isClosed) }));
  const isRecovered = open.some(({ standing }) => standing === 'perdida')
    ? recoveryOf(await cursosSeen(db, rutOtec), await lastAccepted(db, rutOtec), ventana)
    : () => false;
  const cursos = open.map(({ row, standing }) => ({
    row,
    standing: standing === 'perdida' && isRecovered(row) ? ('recuperada' as const) : standing,
  }));
  const recovered = cursos.flatMap(({ row, standing }) => (standing === 'recuperada' ? row : []));
  const dichos = (await dichosOf(db, rutOtec, noche)).map((dicho) =>
    recovered.some((row) => isCauseOf(dicho, row)) ? { ...dicho, ...RECOVERED } : dicho,
  );
  return { noche, cursos, dichos };
}

/** Whether a night must be looked at by a person. */
export function isBad({ cursos, dichos }: JudgedNight): boolean {
  return (
    cursos.some(({ standing }) => standing === 'perdida') ||
    dichos.some(({ gravedad }) => gravedad === 'rojo')
  );
}

/**
 * Whether SENCE has accepted something of each group of a course after the window of a night: what was to be informed of
 * it has been informed since. Of what nobody knows the courses of, not.
 */
export function recoveryOf(
  seen: readonly CursoRow[],
  accepted: readonly (CourseKey & { cuando: string })[],
  ventana: Ventana,
): (row: NocheRow) => boolean {
  const last = new Map(accepted.map((row) => [keyOf(row), row.cuando]));
  // What is known from the history alone may not tell its group.
  const acceptedAt = (course: CourseKey) =>
    [keyOf(course), keyOf({ ...course, codigoGrupo: '' })].flatMap((key) => last.get(key) ?? []);
  return (row) => {
    const { end } = nightOf(row.noche, ventana);
    const groups = seen.filter((course) => isAbout(course)(row));
    return (
      groups.length > 0 &&
      groups.every((course) => acceptedAt(course).some((cuando) => new Date(cuando) >= end))
    );
  };
}

/** Not the place that was kept for courses that their source had not told yet. */
export function isCourse({ curso, estado }: NocheRow): boolean {
  return curso !== UNKNOWN_COURSES || estado !== 'hecha';
}

function standingOf({ estado, inciertos, motivo }: NocheRow, isClosed: boolean): Standing {
  if (estado !== 'pendiente' || !isClosed) return estado;
  return inciertos !== '[]' && motivo === null ? 'esperando' : 'perdida';
}

function isCauseOf({ fuente, curso, causa, gravedad }: DichoRow, row: NocheRow): boolean {
  return gravedad === 'rojo' && fuente === row.fuente && curso === row.curso && causa === row.causa;
}

function keyOf({ codigoOferta, codigoGrupo }: CourseKey): string {
  return JSON.stringify([codigoOferta, codigoGrupo]);
}

const RECOVERED = { gravedad: 'gris', queHacer: 'Ya no hay que hacer nada: se envió después.' } as const;

/** A call that was under way when the window ended is still answered, or given up, within this. */
const CLOSED_MS = 15 * 60_000;
