import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../../../gestor/test/postgres.ts';
import { moodleBdSource } from '../../src/moodle/bd/source.ts';
import type { WsTime } from '../../src/moodle/ws/settings.ts';
import { moodleWsSource } from '../../src/moodle/ws/source.ts';
import type { CourseTree, Reading, Source } from '../../src/source.ts';
import { courseLog } from './log-csv.ts';
import { moodleOf } from './moodle.ts';
import { moodleServer } from './server.ts';
import { NOW, type Row, TABLES } from './site.ts';

describe('one site, read from its database and by its web services', () => {
  let postgres: Postgres;
  let server: Awaited<ReturnType<typeof moodleServer>>;
  let logs: string;
  let url: string;
  let database: Reading;

  beforeAll(async () => {
    postgres = await startPostgres();
    url = await postgres.createDatabase();
    await load(url);
    server = await moodleServer(moodleOf());
    logs = await mkdtemp(join(tmpdir(), 'puente-ws-'));
    await writeFile(join(logs, 'a.csv'), courseLog(2));
    await writeFile(join(logs, 'b.csv'), courseLog(3));
    database = await readOnce(moodleBdSource({ name: 'aula', url, sitio: server.url }));
  });
  afterAll(async () => {
    await server?.close();
    await postgres?.stop();
    if (logs) await rm(logs, { recursive: true, force: true });
  });

  const webServices = (tiempo: WsTime, informeInscripciones?: number): Promise<Reading> =>
    readOnce(
      moodleWsSource({
        name: 'aula',
        url: server.url,
        token: 'f00d',
        tiempo,
        pauses: [],
        ...(informeInscripciones !== undefined && { informeInscripciones }),
      }),
    );

  it('is the same tree, with time from the database and dates from a report', async () => {
    const reading = await webServices({ baseDeDatos: { url } }, 2);
    expect(reading.courses.map(told)).toEqual(database.courses.map(told));
    expect(database.courses.flatMap(({ students }) => students)).toHaveLength(8);
  });

  it('is the same tree, with time from a log download', async () => {
    const reading = await webServices({ csv: logs }, 2);
    expect(reading.courses.map(told)).toEqual(database.courses.map(told));
  });

  it('is the same tree but for the dates of enrolment, where no report tells them', async () => {
    const reading = await webServices({ csv: logs });
    expect(reading.courses.map(told).map(undated)).toEqual(database.courses.map(told).map(undated));
    expect(reading.courses.map(told)).not.toEqual(database.courses.map(told));
  });
});

async function readOnce(source: Source): Promise<Reading> {
  const reading = await source.read({ at: NOW });
  await source.close();
  return reading;
}

/** What each reader found out on its way is its own. */
function told({ findings: _, ...course }: CourseTree) {
  return course;
}

function undated(course: ReturnType<typeof told>): unknown {
  return JSON.parse(JSON.stringify(course), (key, value) => (/^fecha/.test(key) ? undefined : value));
}

async function load(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  for (const [table, rows] of Object.entries(TABLES)) {
    const columns = Object.keys(rows[0] ?? {});
    const types = columns.map((column) => `"${column}" ${typeOf(rows, column)}`);
    await client.query(`create table "mdl_${table}" (${types.join(', ')})`);
    for (const row of rows) {
      const places = columns.map((_, index) => `$${index + 1}`).join(', ');
      await client.query(
        `insert into "mdl_${table}" values (${places})`,
        columns.map((column) => row[column]),
      );
    }
  }
  await client.end();
}

function typeOf(rows: Row[], column: string): string {
  const values = rows.map((row) => row[column]);
  if (values.some((value) => typeof value === 'string')) return 'text';
  if (/^(finalgrade|rawgrade|grade(min|max))/.test(column)) return 'numeric(10,5)';
  return values.some((value) => typeof value === 'number') || column === 'itemid' ? 'bigint' : 'text';
}
