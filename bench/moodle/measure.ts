import { moodleBdSource } from '@puente-sic/sources';
import { createConnection } from 'mysql2';

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
const students = what === 'scan' || what === 'stream' ? await plain(what) : await extract();
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
