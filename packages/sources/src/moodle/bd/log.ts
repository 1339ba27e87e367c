import type { ClickLog } from '../dedication/read.ts';
import { type Db, int, intOrNull } from './db.ts';
import type { Tables } from './tables.ts';

const ACTIVITY_LEVEL = 70;
/** Guest, nobody and events without a user are below. */
const FIRST_PERSON = 2;

/** Moodle's standard log in the database. `ws` rows are the mobile app's: real clicks; `cli` ones are scripts. */
export function clickLog(db: Db, tables: Tables): ClickLog {
  const log = tables.name('logstore_standard_log');
  return {
    bounds: async () => {
      // Each by itself: both databases take one end of an index at once, but not two in one query.
      const [first] = await db.rows(`select min(timecreated) as v from ${log}`);
      const [last] = await db.rows(`select max(timecreated) as v from ${log}`);
      const [lastId] = await db.rows(`select max(id) as v from ${log}`);
      const firstTime = intOrNull(first?.v ?? null);
      if (firstTime === null) return null;
      return { firstTime, lastTime: int(last?.v), lastId: int(lastId?.v) };
    },
    firstIdSince: async (time) => {
      const [row] = await db.rows(`select min(id) as v from ${log} where timecreated >= ${Math.floor(time)}`);
      return intOrNull(row?.v ?? null);
    },
    stream: (courses, afterId, book) => {
      const wanted = new Set(courses);
      return db.stream(
        `select id, userid, courseid, contextlevel, contextinstanceid, timecreated from ${log}
         where ${afterId > 0 ? `id > ${afterId} and ` : ''}courseid in (${courses.join(', ')})
           and (origin is null or origin <> 'cli')`,
        ([id, user, course, level, instance, time]) => {
          const person = int(user);
          if (person < FIRST_PERSON || !wanted.has(int(course))) return;
          book.add(int(course), person, int(time), int(id), level === ACTIVITY_LEVEL ? int(instance) : 0);
        },
      );
    },
  };
}
