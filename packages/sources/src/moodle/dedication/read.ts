import { ClickBook } from '../../rules/clicks.ts';
import { type Dedication, dedicationOf, type Session, sessionsOf } from '../../rules/gaps.ts';
import type { CourseModule, CourseTime, StudentTime } from '../site.ts';
import type { ClickStore, Mark } from './store.ts';

/** Moodle's standard log, as far as time spent is concerned. One consistent look. */
export interface ClickLog {
  /** Of all rows of the table; null where it is empty. Unix seconds. */
  bounds(): Promise<{ firstTime: number; lastTime: number; lastId: number } | null>;
  /** The lowest id among rows of this moment or later. */
  firstIdSince(time: number): Promise<number | null>;
  /** Adds rows of these courses with a higher id that count (origin not `cli`), in any order; cmid 0 = no activity. */
  stream(courses: number[], afterId: number, book: ClickBook): Promise<void>;
}

export interface TimeRequest {
  courses: { id: number; modules: CourseModule[] }[];
  /** Account → the hash of its RUT, as far as that is known: whose the clicks that are kept are. */
  people?: ReadonlyMap<number, string>;
  /** Seconds. */
  limit: number;
  at: Date;
  /** What the store's marks are dated by; the moment of `at` may be long past. */
  now: Date;
  /** {@link OVERLAP} where nothing else is said. */
  overlap?: { seconds: number; rows: number };
}

/**
 * How much is read again: rows get their id when they are written and are seen when committed, so behind the last
 * one seen others may still appear. On a busy site the hours hold them, on a quiet one the number of rows.
 */
const OVERLAP = { seconds: 6 * 3600, rows: 10_000 };
/** The log is read from its beginning again after so many seconds, in case rows were brought in by other ways. */
const WHOLE_AGAIN = 7 * 86_400;

/**
 * Time spent in each course up to a moment. With a store only rows are read that it does not have yet, and the
 * result is that of reading everything. No entry where nothing is known at all: the log is empty.
 */
export async function readTimes(
  log: ClickLog,
  store: ClickStore | null,
  request: TimeRequest,
): Promise<Map<number, CourseTime>> {
  const bounds = await log.bounds();
  const ids = request.courses.map(({ id }) => id);
  const book = new ClickBook();
  if (bounds && store) await catchUp(log, store, ids, bounds, request);
  else if (bounds) await log.stream(ids, 0, book);
  if (request.people) store?.who.know(request.people);

  const until = Math.floor(request.at.getTime() / 1000);
  const times = new Map<number, CourseTime>();
  for (const { id, modules } of request.courses) {
    const first = store?.firstClick(id) ?? null;
    if (!bounds && first === null) continue;
    const dedications = store
      ? store.dedications(id, request.limit, until)
      : new Map(
          [...(book.courses.get(id) ?? [])].map(([user, clicks]) => [
            user,
            dedicationOf(clicks, request.limit, until),
          ]),
        );
    const sectionOf = new Map(modules.map((module) => [module.id, module.sectionId]));
    times.set(id, {
      precision: 'second',
      asOf: request.at,
      students: new Map([...dedications].map(([user, one]) => [user, studentTime(one, sectionOf)])),
      logStart: bounds && new Date(bounds.firstTime * 1000),
      kept: first !== null && (!bounds || first < bounds.firstTime),
    });
  }
  return times;
}

/** The sessions of everybody in one course, by user id: what the time of {@link readTimes} is made of. */
export async function readSessions(
  log: ClickLog,
  store: ClickStore | null,
  { course, limit, at }: { course: number; limit: number; at: Date },
): Promise<(userId: number) => Session[]> {
  const book = new ClickBook();
  if (!store) await log.stream([course], 0, book);
  const until = Math.floor(at.getTime() / 1000);
  return (user) => {
    const clicks = store ? store.clicks(course, user) : book.courses.get(course)?.get(user);
    return clicks ? sessionsOf(clicks, limit, until) : [];
  };
}

/** Reads the rows that the store lacks. */
async function catchUp(
  log: ClickLog,
  store: ClickStore,
  courses: number[],
  { lastTime, lastId }: { lastTime: number; lastId: number },
  { now, limit, overlap = OVERLAP }: TimeRequest,
): Promise<void> {
  const seconds = Math.floor(now.getTime() / 1000);
  const known = new Map<number, Mark>();
  for (const course of courses) {
    const mark = store.mark(course);
    // A log that ends before the mark was emptied and began anew.
    if (mark && mark.cursor <= lastId && seconds - mark.readWholeAt < WHOLE_AGAIN) known.set(course, mark);
  }
  const recent = await log.firstIdSince(Math.min(lastTime, seconds) - overlap.seconds);
  const cursor = Math.max(0, Math.min(recent ?? lastId, lastId - overlap.rows) - 1);
  const book = new ClickBook();
  const unknown = courses.filter((course) => !known.has(course));
  if (unknown.length > 0) await log.stream(unknown, 0, book);
  if (known.size > 0)
    await log.stream([...known.keys()], Math.min(...[...known.values()].map((mark) => mark.cursor)), book);
  const marks = courses.map((course): [number, Mark] => [
    course,
    { cursor, readWholeAt: known.get(course)?.readWholeAt ?? seconds },
  ]);
  store.merge(book, new Map(marks), limit);
}

/** Modules may move between sections: what is kept by cmid goes where the module stands now. */
export function studentTime(
  { total, modules, first, last }: Dedication,
  sectionOf: Map<number, number>,
): StudentTime {
  const sections = new Map<number, number>();
  for (const [module, seconds] of modules) {
    const section = sectionOf.get(module);
    if (section !== undefined) sections.set(section, (sections.get(section) ?? 0) + seconds);
  }
  return { total, sections, first: instant(first), last: instant(last) };
}

function instant(seconds: number | null): Date | null {
  return seconds === null ? null : new Date(seconds * 1000);
}
