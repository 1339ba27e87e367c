import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import pg from 'pg';
import type { Mariadb } from '../moodle-bd/mariadb.ts';

/** Loads a mysqldump into an empty database. */
export async function loadMariadb(folder: string, server: Mariadb, url: string): Promise<void> {
  const connection = await server.connect(url);
  await connection.query(await dump(folder, 'dump-mariadb.sql.gz'));
  await connection.end();
}

/** Loads a pg_dump into an empty database. Its COPY blocks become inserts: that needs no psql. */
export async function loadPostgres(folder: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  let rest = await dump(folder, 'dump-postgres.sql.gz');
  const block = /^COPY (\S+) \(([^)]*)\) FROM stdin;\n([\s\S]*?)^\\\.$/m;
  for (let match = block.exec(rest); match; match = block.exec(rest)) {
    await statements(client, rest.slice(0, match.index));
    await insert(client, match[1] ?? '', match[2] ?? '', match[3] ?? '');
    rest = rest.slice(match.index + match[0].length);
  }
  await statements(client, rest);
  await client.end();
}

async function dump(folder: string, name: string): Promise<string> {
  return gunzipSync(await readFile(join(folder, name))).toString('utf8');
}

/** The script empties search_path for its own session; ours is a new one each time it is read. */
async function statements(client: pg.Client, sql: string): Promise<void> {
  if (sql.trim() !== '') await client.query(sql);
}

async function insert(client: pg.Client, table: string, columns: string, block: string): Promise<void> {
  const lines = block.split('\n').filter((line) => line !== '');
  for (let start = 0; start < lines.length; start += 1000) {
    const rows = lines
      .slice(start, start + 1000)
      .map((line) => `(${line.split('\t').map(literal).join(',')})`);
    await client.query(`insert into ${table} (${columns}) values ${rows.join(',')}`);
  }
}

const ESCAPES: Record<string, string> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

function literal(field: string): string {
  if (field === '\\N') return 'null';
  const text = field.replace(/\\(.)/g, (_, char: string) => ESCAPES[char] ?? char);
  return `'${text.replaceAll("'", "''")}'`;
}
