import { Temporal } from '@js-temporal/polyfill';
import type { CursoRow } from '../ledger/cursos.ts';
import type { EnvioFacts } from '../ledger/envios.ts';
import type { NocheRow } from '../ledger/noches.ts';
import type { CourseKey } from '../ledger/tables.ts';
import { UNKNOWN_COURSES } from '../serve/units.ts';

/** One night of one course; counts are of student × module records. */
export interface NocheDeCurso {
  noche: string;
  /** `sin-envio`: nothing was to be sent, or nothing is known of that night. A night that was lost stays lost. */
  estado:
    | 'aceptado'
    | 'parcial'
    | 'rechazado'
    | 'incierto'
    | 'enviando'
    | 'pendiente'
    | 'perdida'
    | 'sin-envio';
  aceptados: number;
  rechazados: number;
}

/** Each of the nights named, from the calls of that course alone and the rows that are about it. */
export function nightsOfCourse(
  noches: readonly string[],
  envios: readonly EnvioFacts[],
  planned: readonly NocheRow[],
): NocheDeCurso[] {
  return noches.map((noche) =>
    nightOfCourse(
      noche,
      envios.filter((envio) => envio.noche === noche),
      planned.filter((row) => row.noche === noche),
    ),
  );
}

function nightOfCourse(
  noche: string,
  envios: readonly EnvioFacts[],
  planned: readonly NocheRow[],
): NocheDeCurso {
  const sum = (field: 'aceptados' | 'rechazados') => envios.reduce((total, envio) => total + envio[field], 0);
  const counts = { noche, aceptados: sum('aceptados'), rechazados: sum('rechazados') };
  const arrived = envios.filter(({ estado }) => estado !== 'no-enviado');
  if (arrived.some(isUnderWay)) return { ...counts, estado: 'enviando' };
  if (planned.some(({ estado }) => estado === 'perdida')) return { ...counts, estado: 'perdida' };
  if (arrived.some(({ estado }) => !isKnown(estado))) return { ...counts, estado: 'incierto' };
  if (arrived.length === 0) {
    const waits = planned.some(({ estado }) => estado === 'pendiente');
    return { ...counts, estado: waits ? 'pendiente' : 'sin-envio' };
  }
  if (arrived.every(({ estado }) => estado === 'aceptado')) return { ...counts, estado: 'aceptado' };
  return { ...counts, estado: counts.aceptados > 0 ? 'parcial' : 'rechazado' };
}

function isKnown(estado: EnvioFacts['estado']): boolean {
  return estado === 'aceptado' || estado === 'parcial' || estado === 'rechazado';
}

export function isUnderWay({ estado }: EnvioFacts): boolean {
  return estado === 'preparado' || estado === 'enviando';
}

/** Whether a row of a night is about a course: names it, or stands for courses that nobody could list. */
export function isAbout(seen: Pick<CursoRow, 'fuente' | 'curso'> | null): (row: NocheRow) => boolean {
  return ({ fuente, curso }) =>
    (fuente === UNKNOWN_COURSES || fuente === seen?.fuente) &&
    (curso === UNKNOWN_COURSES || curso === seen?.curso);
}

/** Both included, oldest first; `YYYY-MM-DD`. */
export function datesBetween(first: string, last: string): string[] {
  const begin = Temporal.PlainDate.from(first);
  const { days } = begin.until(last);
  return Array.from({ length: days + 1 }, (_, at) => begin.add({ days: at }).toString());
}

/** A course as the key of a map. */
export function nameOf({ rutOtec, codigoOferta, codigoGrupo }: CourseKey): string {
  return JSON.stringify([rutOtec, codigoOferta, codigoGrupo]);
}

export function daysBefore(noche: string, days: number): string {
  return Temporal.PlainDate.from(noche).subtract({ days }).toString();
}
