import pg from 'pg';
import Cursor from 'pg-cursor';
import type { Db, Row } from './db.ts';

const BIGINT = 20;
const BATCH = 5_000;

const types: pg.CustomTypesConfig = {
  // Ids and moments are far below 2^53; text would have to be read again row by row.
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === BIGINT ? Number : pg.types.getTypeParser(id, format),
};

export async function connectPostgres(url: URL, tls: boolean): Promise<Db> {
  const client = new pg.Client({
    host: url.searchParams.get('host') ?? url.hostname.replace(/^\[|\]$/g, ''),
    port: Number(url.port || 5432),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    connectionTimeoutMillis: 15_000,
    application_name: 'puente-sic',
    types,
    ...(tls && { ssl: { rejectUnauthorized: true } }),
  });
  const db = new PostgresDb(client);
  await db.begin();
  return db;
}

class PostgresDb implements Db {
  readonly kind = 'postgres';
  readonly schema = 'current_schema()';
  readonly #client: pg.Client;
  #failure: Error | null = null;
  lastSign = performance.now();

  constructor(client: pg.Client) {
    this.#client = client;
    client.on('error', (error) => {
      this.#failure = error;
    });
  }

  async begin(): Promise<void> {
    await this.#client.connect();
    await this.#client.query('begin isolation level repeatable read, read only');
    this.#sign();
  }

  quote(identifier: string): string {
    return `"${identifier.replaceAll('"', '""')}"`;
  }

  async rows(sql: string, parameters: string[] = []): Promise<Row[]> {
    if (this.#failure) throw this.#failure;
    let count = 0;
    const { rows } = await this.#client.query<Row>(
      sql.replace(/\?/g, () => `$${++count}`),
      parameters,
    );
    this.#sign();
    return rows;
  }

  async stream(sql: string, onRow: (row: readonly unknown[]) => void): Promise<void> {
    if (this.#failure) throw this.#failure;
    const cursor = this.#client.query(new Cursor<unknown[]>(sql, [], { rowMode: 'array', types }));
    try {
      for (;;) {
        const rows = await cursor.read(BATCH);
        this.#sign();
        for (const row of rows) onRow(row);
        if (rows.length < BATCH) break;
      }
    } finally {
      await cursor.close();
    }
  }

  close(): Promise<void> {
    return this.#client.end();
  }

  destroy(): void {
    // end() waits for what is running; the socket does not.
    (
      this.#client as pg.Client & { connection?: { stream?: { destroy(): void } } }
    ).connection?.stream?.destroy();
  }

  #sign(): void {
    this.lastSign = performance.now();
  }
}
