import { markNotAsked, markSeenAgain } from '../ledger/cursos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CourseKey } from '../ledger/tables.ts';
import { daysBefore } from '../views/nights.ts';
import { currentNight, nextNight, VENTANA_OFICIAL, type Ventana } from '../window.ts';

/**
 * A person has taken the data of courses away: from the night to come on they are not missed, and not counted any more.
 * They come back by themselves once their source gives them again.
 */
export async function takeOutCourses(
  { db }: Pick<Ledger, 'db'>,
  courses: readonly CourseKey[],
  { now, ventana = VENTANA_OFICIAL }: { now: Date; ventana?: Ventana },
): Promise<void> {
  const current = currentNight(now, ventana);
  const coming = now < current.end ? current : nextNight(current, ventana);
  // What is told on a night itself is still asked for on that night.
  for (const course of courses) await markNotAsked(db, course, daysBefore(coming.noche, 1));
}

/** The data of courses is there again, before a night has read it. */
export async function bringBackCourses(
  { db }: Pick<Ledger, 'db'>,
  courses: readonly CourseKey[],
): Promise<void> {
  for (const course of courses) await markSeenAgain(db, course);
}
