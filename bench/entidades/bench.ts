import { fork } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startPostgres } from '../../packages/gestor/test/postgres.ts';
import { type Bench, printTable, thousands } from '../bench.ts';
import { ACTIVITIES, CLICKS, COURSES, MODULES, QUERIES, STUDENTS, siteSql } from './generate.ts';
import type { Measured } from './measure.ts';
import { measurePush } from './push.ts';

const ROUNDS = 2;

export const entidadesBench: Bench = {
  name: 'entidades',
  about: `${thousands(COURSES * STUDENTS)} students × ${MODULES} modules × ${ACTIVITIES} activities and ${thousands(CLICKS)} clicks by SQL; clicks by push`,
  async run() {
    const server = await startPostgres();
    const folder = await mkdtemp(join(tmpdir(), 'puente-bench-'));
    try {
      const url = await server.createDatabase();
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      for (const statement of siteSql()) await client.query(statement);
      await client.end();
      const consultas = join(folder, 'aula.sql');
      await writeFile(consultas, QUERIES);
      const stream = await best(() => measure('stream', url, consultas));
      const full = await best(() => measure('extract', url, consultas));
      printTable([
        ['', 'ms', 'empty stream', 'peak MB'],
        ...[['the same queries, rows dropped', stream] as const, ['course trees', full] as const].map(
          ([name, { milliseconds, peak }]) => [
            name,
            thousands(milliseconds),
            `${(milliseconds / stream.milliseconds).toFixed(2)} ×`,
            thousands(peak),
          ],
        ),
      ]);
      console.log(
        `  Full / empty stream: ${(full.milliseconds / stream.milliseconds).toFixed(2)} (aim 2), peak ${thousands(full.peak)} MB (aim 300), ${thousands(full.students)} students.`,
      );
    } finally {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    }
    const { bare, accepted, repeated, read, clicks } = await measurePush();
    const perSecond = (milliseconds: number) => thousands((clicks / milliseconds) * 1000);
    printTable([
      ['', 'clicks/s'],
      ['inserted by the bare driver', perSecond(bare)],
      ['accepted', perSecond(accepted)],
      ['repeated', perSecond(repeated)],
      ['read alone', perSecond(read)],
    ]);
    console.log(
      `  Accepted / bare: ${(bare / accepted).toFixed(2)} (aim 0.4). Repeated / read: ${(repeated / read).toFixed(2)} (aim 1).`,
    );
  },
};

async function best(work: () => Promise<Measured>): Promise<Measured> {
  const rounds: Measured[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await work());
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
