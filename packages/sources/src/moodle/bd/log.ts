import { type Db, int, intOrNull } from '../../db/db.ts';
import type { ClickLog } from '../dedication/read.ts';
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
        `select id, userid, courseid, timecreated,
                case when contextlevel = ${ACTIVITY_LEVEL} then contextinstanceid else 0 end
         from ${log}
         where ${afterId > 0 ? `id > ${afterId} and ` : ''}courseid in (${courses.join(', ')})
           and (origin is null or origin <> 'cli')`,
        // Millions of rows: no destructuring, which walks an iterator.
        (row) => {
          const user = int(row[1]);
          const course = int(row[2]);
          if (user >= FIRST_PERSON && wanted.has(course))
            book.add(course, user, int(row[3]), int(row[0]), int(row[4]));
        },
      );
    },
  };
}
