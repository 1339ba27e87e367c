import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import pg from 'pg';
import { inject } from 'vitest';
import { startPostgres } from '../../../gestor/test/postgres.ts';
import { findMariadb, startMariadb } from '../moodle-bd/mariadb.ts';

/** A database engine that the tests make databases in. */
export interface Engine {
  createDatabase(): Promise<string>;
  run(url: string, statements: readonly string[]): Promise<void>;
  stop(): Promise<void>;
}

/** SQLite in `npm test`, the servers in the whole suite. */
export const ENGINES: [string, (() => Promise<Engine>) | null][] =
  inject('stores') === 'sqlite'
    ? [['SQLite', sqlite]]
    : [
        ['PostgreSQL', postgres],
        findMariadb() ? ['MariaDB', mariadb] : ['MariaDB (mariadbd is not installed)', null],
      ];

async function sqlite(): Promise<Engine> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-sql-'));
  let count = 0;
  return {
    createDatabase: async () => `sqlite:${join(folder, `${++count}.db`)}`,
    async run(url, statements) {
      const db = new DatabaseSync(url.slice('sqlite:'.length), { timeout: 10_000 });
      for (const statement of statements) db.exec(statement);
      db.close();
    },
    stop: () => rm(folder, { recursive: true }),
  };
}

async function postgres(): Promise<Engine> {
  const server = await startPostgres();
  return {
    createDatabase: () => server.createDatabase(),
    async run(url, statements) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      try {
        for (const statement of statements) await client.query(statement);
      } finally {
        await client.end();
      }
    },
    stop: () => server.stop(),
  };
}

export async function mariadb(): Promise<Engine> {
  const server = await startMariadb();
  return {
    createDatabase: () => server.createDatabase(),
    async run(url, statements) {
      const connection = await server.connect(url);
      try {
        for (const statement of statements) await connection.query(statement);
      } finally {
        await connection.end();
      }
    },
    stop: () => server.stop(),
  };
}

/** Statements that make a table of texts for each entity and fill it. */
export function tablesSql(aula: Record<string, string[][]>): string[] {
  return Object.entries(aula).flatMap(([entity, [names = [], ...rows]]) => [
    `create table ${entity} (${names.map((name) => `${name} varchar(100)`).join(', ')})`,
    ...rows.map((cells) => `insert into ${entity} values (${cells.map(literal).join(', ')})`),
  ]);
}

function literal(text: string): string {
  return text === '' ? 'null' : `'${text.replaceAll("'", "''")}'`;
}
