import { moodleBdSource } from '@puente-sic/sources';
import { createConnection } from 'mysql2';
import { withSnapshot } from '../../packages/sources/src/moodle/bd/connect.ts';
import { clickLog } from '../../packages/sources/src/moodle/bd/log.ts';
import { openStore } from '../../packages/sources/src/moodle/bd/state.ts';
import { listCourses } from '../../packages/sources/src/moodle/bd/structure.ts';
import { Tables } from '../../packages/sources/src/moodle/bd/tables.ts';
import { readTimes } from '../../packages/sources/src/moodle/dedication/read.ts';

/** What one process measured of itself. */
export interface Measured {
  milliseconds: number;
  /** Peak of resident memory, MB. */
  peak: number;
  students: number;
}

const LOG = 'mdl_logstore_standard_log';

/** One measurement in a process of its own, so that its peak of memory is its own: sent to the parent. */
const [what, url = '', at = '', stateDir] = process.argv.slice(2);
const start = performance.now();
const students =
  what === 'scan' || what === 'stream'
    ? await plain(what)
    : what === 'times'
      ? await times()
      : await extract();
const measured: Measured = {
  milliseconds: performance.now() - start,
  peak: process.resourceUsage().maxRSS / 1024,
  students,
};
process.send?.(measured);

/** The floors: the database reads the whole log; five columns of every row come into an empty loop. */
function plain(kind: 'scan' | 'stream'): Promise<number> {
  const connection = createConnection(url);
  const sql =
    kind === 'scan'
      ? `select count(*), max(length(other)) from ${LOG}`
      : `select userid, courseid, contextlevel, contextinstanceid, timecreated from ${LOG}`;
  return new Promise((resolve, reject) => {
    connection
      .query({ sql, rowsAsArray: true })
      .on('result', () => {})
      .on('error', reject)
      .on('end', () => connection.end(() => resolve(0)));
  });
}

/** The whole site as course trees. */
async function extract(): Promise<number> {
  const source = moodleBdSource({ name: 'bench', url, ...(stateDir && { stateDir }) });
  const { courses } = await source.read({ at: new Date(at) });
  await source.close();
  return courses.reduce((sum, course) => sum + course.students.length, 0);
}

/** Time spent alone, of everybody. */
function times(): Promise<number> {
  return withSnapshot({ url }, undefined, async (db) => {
    const tables = await Tables.of(db, 'mdl_');
    const store = await openStore(db, tables, { name: 'bench', ...(stateDir && { stateDir }) });
    const courses = (await listCourses(db, tables)).map(({ id }) => ({ id: Number(id), modules: [] }));
    const moment = new Date(at);
    const read = await readTimes(clickLog(db, tables), store, {
      courses,
      limit: 2700,
      at: moment,
      now: moment,
    });
    store?.close();
    return [...read.values()].reduce((sum, course) => sum + course.students.size, 0);
  });
}
