import { onlyPostgres } from '@puente-sic/protocol';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { boundText, type Db, type Row, type StreamOptions } from './db.ts';
import { JudgedSocket } from './socket.ts';

const BIGINT = 20;
/** date, timestamp and timestamptz: as stored, with the zone where there is one. */
const DATES = [1082, 1114, 1184];
const BATCH = 5_000;

const types: pg.CustomTypesConfig = {
  // Ids and moments are far below 2^53; text would have to be read again row by row.
  getTypeParser: (id: number, format?: 'text' | 'binary') =>
    id === BIGINT ? Number : DATES.includes(id) ? String : pg.types.getTypeParser(id, format),
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
    stream: () => onlyPostgres(new JudgedSocket()),
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
  #isGone = false;
  /** Ends what waits on a cursor when the connection is gone: it would wait for ever. */
  #onGone: () => void = () => {};
  lastSign = performance.now();

  constructor(client: pg.Client) {
    this.#client = client;
    client.on('error', (error) => {
      this.#failure = error;
    });
    client.once('end', () => {
      this.#isGone = true;
      this.#onGone();
    });
  }

  async begin(): Promise<void> {
    await this.#client.connect();
    // Whatever begins another transaction may only read, too.
    await this.#client.query('set session characteristics as transaction read only');
    await this.#client.query("set time zone 'UTC'; set datestyle = 'ISO, YMD'");
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

  placeholder(position: number): string {
    return `$${position}`;
  }

  async limitStatements(seconds: number): Promise<void> {
    await this.#client.query(`set statement_timeout = ${seconds * 1000}`);
  }

  async stream(
    sql: string,
    onRow: (row: readonly unknown[]) => void,
    { parameters = [], onColumns }: StreamOptions = {},
  ): Promise<void> {
    if (this.#failure) throw this.#failure;
    const cursor = this.#client.query(
      new Cursor<unknown[]>(sql, parameters.map(boundText), { rowMode: 'array', types }),
    );
    let coming = readBatch(cursor, onColumns);
    try {
      for (let isLast = false; !isLast; ) {
        const rows = await this.#unlessGone(coming);
        this.#sign();
        isLast = rows.length < BATCH;
        // The server looks for the next ones while these are taken.
        if (!isLast) coming = readBatch(cursor);
        for (const row of rows) onRow(row);
      }
    } finally {
      // What was asked for comes before the cursor is closed; if it failed, that was told or is about to be.
      await this.#unlessGone(coming).catch(() => {});
      await this.#unlessGone(cursor.close()).catch((error: unknown) => {
        if (!this.#isGone) throw error;
      });
      this.#onGone = () => {};
    }
  }

  /** No race with a promise that outlives it: that would keep every batch until the connection ends. */
  #unlessGone<T>(work: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#onGone = () => reject(this.#failure ?? new Error('Connection terminated unexpectedly'));
      if (this.#isGone) this.#onGone();
      work.then(resolve, reject);
    });
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

/** With the columns, which are known once the first rows are. */
function readBatch(cursor: Cursor<unknown[]>, onColumns?: StreamOptions['onColumns']): Promise<unknown[][]> {
  return new Promise((resolve, reject) => {
    cursor.read(BATCH, (error, rows, result) => {
      if (error) return reject(error);
      try {
        onColumns?.(result.fields.map(({ name }) => name));
        resolve(rows);
      } catch (wrong) {
        reject(wrong);
      }
    });
  });
}
