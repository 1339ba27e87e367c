import { Temporal } from '@js-temporal/polyfill';
import type { CursoRow } from '../ledger/cursos.ts';
import type { NocheRow } from '../ledger/noches.ts';
import type { SentNight } from '../ledger/sent-nights.ts';
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

/**
 * Each of the nights named, from what was sent of that course alone and the rows that are about it.
 *
 * @param noches oldest first.
 * @param sent oldest first, one of a night.
 */
export function nightsOfCourse(
  noches: readonly string[],
  sent: readonly SentNight[],
  planned: readonly NocheRow[],
): NocheDeCurso[] {
  const plannedFor = new Map<string, Set<NocheRow['estado']>>();
  for (const { noche, estado } of planned) {
    if (estado === 'hecha') continue;
    plannedFor.set(noche, (plannedFor.get(noche) ?? new Set()).add(estado));
  }
  let next = 0;
  return noches.map((noche) => {
    while (next < sent.length && (sent[next] as SentNight).noche < noche) next++;
    const night = sent[next]?.noche === noche ? sent[next++] : undefined;
    return {
      noche,
      aceptados: night?.aceptados ?? 0,
      rechazados: night?.rechazados ?? 0,
      estado: stateOf(night?.estado, plannedFor.get(noche)),
    };
  });
}

function stateOf(
  sent: SentNight['estado'] | undefined,
  planned: ReadonlySet<NocheRow['estado']> | undefined,
): NocheDeCurso['estado'] {
  if (sent === 'enviando') return 'enviando';
  if (planned?.has('perdida')) return 'perdida';
  if (sent !== undefined && sent !== 'no-enviado') return sent;
  return planned?.has('pendiente') ? 'pendiente' : 'sin-envio';
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

/** A course among those of one provider. Made for each of thousands of rows, so it is no more than joined. */
export function courseName({
  codigoOferta,
  codigoGrupo,
}: Pick<CourseKey, 'codigoOferta' | 'codigoGrupo'>): string {
  return `${codigoOferta}\n${codigoGrupo}`;
}

export function daysBefore(noche: string, days: number): string {
  return Temporal.PlainDate.from(noche).subtract({ days }).toString();
}
