import pg from 'pg';
import { type Postgres, startPostgres } from '../../../gestor/test/postgres.ts';
import type { DbKind } from '../../src/db/db.ts';
import { findMariadb, startMariadb } from './mariadb.ts';
import { insertSql, type Rows, type SchemaOptions, schemaSql, type Table } from './schema.ts';
import { SITE } from './site.ts';

/** A database server that sites are made in. */
export interface SiteServer {
  kind: DbKind;
  /** A new database with the tables of Moodle and the site of the tests, or nobody in it. */
  site(options?: Partial<SchemaOptions> & { empty?: boolean }): Promise<Site>;
  stop(): Promise<void>;
}

export interface Site {
  url: string;
  /** As whoever administers the server. */
  run(sql: string): Promise<void>;
  insert(table: Table, rows: Rows): Promise<void>;
}

/** Both kinds; `null` instead of a server that this machine does not have. */
export const SERVERS: [string, (() => Promise<SiteServer>) | null][] = [
  ['PostgreSQL', async () => serverOf('postgres', await postgres())],
  findMariadb()
    ? ['MariaDB', async () => serverOf('mysql', await mariadb())]
    : ['MariaDB (mariadbd is not installed)', null],
];

interface Engine {
  createDatabase(): Promise<string>;
  run(url: string, sql: string): Promise<void>;
  stop(): Promise<void>;
}

function serverOf(kind: DbKind, engine: Engine): SiteServer {
  return {
    kind,
    async site({ prefix = 'mdl_', empty = false, ...rest } = {}) {
      const options = { prefix, ...rest };
      const url = await engine.createDatabase();
      const run = (sql: string): Promise<void> => engine.run(url, sql);
      const insert = (table: Table, rows: Rows): Promise<void> => run(insertSql(kind, table, rows, options));
      const { tables, indexes } = schemaSql(kind, options);
      for (const statement of [...tables, ...indexes]) await run(statement);
      if (!empty) for (const [table, rows] of SITE) await insert(table, rows);
      return { url, run, insert };
    },
    stop: () => engine.stop(),
  };
}

async function postgres(): Promise<Engine> {
  const server: Postgres = await startPostgres();
  const clients = new Map<string, pg.Client>();
  return {
    createDatabase: () => server.createDatabase(),
    async run(url, sql) {
      let client = clients.get(url);
      if (!client) {
        client = new pg.Client({ connectionString: url });
        await client.connect();
        clients.set(url, client);
      }
      await client.query(sql);
    },
    async stop() {
      for (const client of clients.values()) await client.end();
      await server.stop();
    },
  };
}

async function mariadb(): Promise<Engine> {
  const server = await startMariadb();
  const connections = new Map<string, Awaited<ReturnType<typeof server.connect>>>();
  return {
    createDatabase: () => server.createDatabase(),
    async run(url, sql) {
      let connection = connections.get(url);
      if (!connection) {
        connection = await server.connect(url);
        connections.set(url, connection);
      }
      await connection.query(sql);
    },
    async stop() {
      for (const connection of connections.values()) await connection.end();
      await server.stop();
    },
  };
}
