import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findMariadb, startMariadb } from '../../packages/sources/test/moodle-bd/mariadb.ts';
import { type Bench, printTable, thousands } from '../bench.ts';
import {
  COURSES,
  generateLog,
  generateSite,
  indexSite,
  LOG_ROWS,
  momentAfter,
  NIGHT_ROWS,
  STUDENTS,
} from './generate.ts';
import type { Measured } from './measure.ts';

const ROUNDS = 3;

export const moodleBench: Bench = {
  name: 'moodle',
  about: `a site of ${COURSES} courses × ${STUDENTS} students and ${thousands(LOG_ROWS)} log rows read from MariaDB`,
  async run() {
    if (!findMariadb()) return console.log('  MariaDB is not installed: nothing measured.');
    const server = await startMariadb({ bufferPool: '1G' });
    const folder = await mkdtemp(join(tmpdir(), 'puente-bench-'));
    try {
      const url = await server.createDatabase();
      const connection = await server.connect(url);
      await generateSite(connection);
      await generateLog(connection, 0, LOG_ROWS);
      await indexSite(connection);
      // MariaDB's default: the log does not fit.
      await connection.query('set global innodb_buffer_pool_size = 134217728');

      const at = momentAfter(LOG_ROWS).toISOString();
      const scan = await best(() => measure('scan', url));
      const stream = await best(() => measure('stream', url));
      const full = await best(() => measure('extract', url, at));
      const fullTimes = await best(() => measure('times', url, at));
      const first = await measure('extract', url, at, folder);

      const nights: Measured[] = [];
      const nightTimes: Measured[] = [];
      for (let night = 1; night <= ROUNDS; night++) {
        const rows = LOG_ROWS + night * NIGHT_ROWS;
        // Half of the night's rows before each of the two, so that both have something new to read.
        await generateLog(connection, rows - NIGHT_ROWS, rows - NIGHT_ROWS / 2);
        nightTimes.push(await measure('times', url, momentAfter(rows).toISOString(), folder));
        await generateLog(connection, rows - NIGHT_ROWS / 2, rows);
        nights.push(await measure('extract', url, momentAfter(rows).toISOString(), folder));
      }
      const incremental = fastest(nights);
      const incrementalTimes = fastest(nightTimes);
      await connection.end();

      const row = (name: string, { milliseconds, peak }: Measured): string[] => [
        name,
        thousands(milliseconds),
        `${(milliseconds / stream.milliseconds).toFixed(2)} ×`,
        thousands(peak),
      ];
      printTable([
        ['', 'ms', 'empty stream', 'peak MB'],
        row('plain scan of the log, in the server', scan),
        row('five columns into an empty loop', stream),
        row('whole extraction, nothing kept', full),
        row('  of which time from the log', fullTimes),
        row('whole extraction, first night (kept)', first),
        row('incremental night', incremental),
        row('  of which time from the log', incrementalTimes),
      ]);
      console.log(
        [
          `  Full / empty stream: ${ratio(full, stream)} (aim 2).`,
          `Full / incremental night: ${ratio(full, incremental)}, of the log alone ${ratio(fullTimes, incrementalTimes)} (aim 10).`,
          `${thousands(full.students)} students.`,
        ].join(' '),
      );
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
  },
};

function ratio(one: Measured, other: Measured): string {
  return (one.milliseconds / other.milliseconds).toFixed(1);
}

async function best(work: () => Promise<Measured>): Promise<Measured> {
  const rounds: Measured[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await work());
  return fastest(rounds);
}

function fastest(rounds: Measured[]): Measured {
  return rounds.reduce((one, other) => (other.milliseconds < one.milliseconds ? other : one));
}

function measure(...args: string[]): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('measure.ts', import.meta.url)), args, {
      execArgv: process.execArgv,
    });
    child.once('message', (measured) => resolve(measured as Measured));
    child.once('exit', (code) => reject(new Error(`the measurement ended with ${code}`)));
  });
}
