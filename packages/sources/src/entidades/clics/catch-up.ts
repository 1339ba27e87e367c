import { huellaOf } from '../../kept/huella.ts';
import type { Filling } from '../filling.ts';
import { identityOf } from '../identity.ts';
import type { CourseData } from '../site.ts';
import type { EntityTable } from '../tables.ts';
import { takeClic } from '../take-results.ts';
import { orphan } from '../take-structure.ts';
import { ClickBook, takeClicks } from './book.ts';
import type { KeptClicks, Mark } from './store.ts';

/**
 * How far behind the last click seen the next reading begins: what a person did without a network, or what a copy of the
 * database brings a day late, has an older moment than what was seen already.
 */
const OVERLAP_SECONDS = 48 * 3600;
/** The clicks are read from their beginning again after so many seconds, in case rows were brought in by other ways. */
const WHOLE_AGAIN = 7 * 86_400;
/** Before any click that can be read. */
const BEGINNING = Date.UTC(2000, 0, 1) / 1000;

/**
 * Reads the clicks that the store lacks and gives the courses all of them: what reading everything gives, to the
 * second, and what the LMS has deleted since.
 * @throws SourceError where the table or the store fails; nothing is kept then.
 */
export async function catchUpClicks(
  table: EntityTable,
  filling: Filling,
  store: KeptClicks,
  { now, signal }: { now: Date; signal: AbortSignal | undefined },
): Promise<void> {
  const seconds = Math.floor(now.getTime() / 1000);
  const wanted = filling.wanted ?? new Set<string>();
  const known = new Map<string, Mark>();
  for (const course of wanted) {
    const mark = store.mark(course);
    if (mark && seconds - mark.readWholeAt < WHOLE_AGAIN) known.set(course, mark);
  }
  const book = new ClickBook();
  const doubtful = new Set<string>();
  const reader = filling.clicReader(table, {
    take: (row) => {
      if (row.instante !== null) return book.add(row, row.instante);
      // Read again each night until it says when.
      doubtful.add(row.curso);
      takeClic(filling.courses.get(row.curso) as CourseData, row, () => {});
    },
    bad: (curso) => doubtful.add(curso),
  });
  const since = (courses: Iterable<string>): Date =>
    new Date(Math.min(...[...courses].map((course) => known.get(course)?.cursor ?? BEGINNING)) * 1000);
  await table.read(reader, { courses: wanted, since, signal });
  const cursor = Math.min(seconds, book.newest) - OVERLAP_SECONDS;
  const marks = new Map<string, Mark>();
  for (const course of wanted) {
    if (doubtful.has(course) || book.newest === 0) continue;
    const before = known.get(course);
    marks.set(course, {
      cursor: Math.max(cursor, before?.cursor ?? BEGINNING),
      readWholeAt: before?.readWholeAt ?? seconds,
    });
  }
  store.merge(book, marks);
  filling.anyClick ||= !store.isEmpty();
  const places = store.places();
  for (const id of wanted) {
    const course = filling.courses.get(id) as CourseData;
    if (store.hasCourse(id)) course.has.add('clics');
    for (const alumno of book.courses.get(id)?.keys() ?? [])
      if (!course.students.has(alumno)) orphan(course, 'clic sin alumno', alumno);
    store.know(peopleOf(course));
    for (const alumno of course.students.keys()) takeClicks(course, alumno, store.clicks(id, alumno), places);
  }
}

function peopleOf({ students }: CourseData): [alumno: string, huella: string][] {
  return [...students].flatMap(([alumno, student]): [string, string][] => {
    const { rut } = identityOf(student);
    return rut === null ? [] : [[alumno, huellaOf(rut)]];
  });
}
