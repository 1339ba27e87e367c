import { Temporal } from '@js-temporal/polyfill';
import { santiagoDate } from '@puente-sic/protocol';
import { cursosSeen } from '../ledger/cursos.ts';
import { firstNocheOf } from '../ledger/envios.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { nochesSince } from '../ledger/noches.ts';
import { sentNights } from '../ledger/sent-nights.ts';
import type { CourseKey } from '../ledger/tables.ts';
import { UNKNOWN_COURSES } from '../serve/units.ts';
import { currentNight, VENTANA_OFICIAL, type Ventana } from '../window.ts';
import { datesBetween, isAbout, type NocheDeCurso, nameOf, nightsOfCourse } from './nights.ts';

/** Half a year of calendar weeks, Monday to Sunday, the present one included. */
export const SEMANAS_A_LA_VISTA = 26;

/**
 * Every night of a course, oldest first: from the first that anything is known of to the last whose window began, at
 * most {@link SEMANAS_A_LA_VISTA}. Asks the ledger alone, so it tells also while the source is down. A whole night
 * that was lost before the course's own first one does not begin its calendar: the course may not have existed yet.
 */
export async function courseCalendar(
  { db }: Ledger,
  course: CourseKey,
  now: Date,
  ventana: Ventana = VENTANA_OFICIAL,
): Promise<NocheDeCurso[]> {
  const floor = mondayBefore(santiagoDate(now), SEMANAS_A_LA_VISTA - 1);
  const seen = (await cursosSeen(db, course.rutOtec)).find((row) => nameOf(row) === nameOf(course)) ?? null;
  const names = [UNKNOWN_COURSES, ...(seen === null ? [] : [seen.curso])];
  const [first, [sent], noches] = await Promise.all([
    firstNocheOf(db, course),
    sentNights(db, course, floor),
    nochesSince(db, course.rutOtec, floor, names),
  ]);
  const nights = sent?.noches ?? [];
  const planned = noches.filter(isAbout(seen));
  const named = planned.filter(({ curso }) => curso !== UNKNOWN_COURSES);
  const own = [...(first === null ? [] : [first]), ...named.map(({ noche }) => noche)];
  const lost = planned.filter(({ estado }) => estado === 'perdida').map(({ noche }) => noche);
  const known = (own.length > 0 ? own : lost).sort();
  const [begin] = known;
  if (begin === undefined) return [];
  // A person may have sent today, before tonight's window.
  const ended = [currentNight(now, ventana).noche, ...known, ...nights.map(({ noche }) => noche)];
  const last = ended.reduce((latest, noche) => (noche > latest ? noche : latest));
  return nightsOfCourse(datesBetween(begin > floor ? begin : floor, last), nights, planned);
}

function mondayBefore(date: string, weeks: number): string {
  const day = Temporal.PlainDate.from(date);
  return day.subtract({ days: day.dayOfWeek - 1, weeks }).toString();
}
