import { type Connection, createConnection, type FieldPacket } from 'mysql2';
import { boundText, type Db, type Row, type StreamOptions } from './db.ts';
import { JudgedSocket } from './socket.ts';

/** The protocol's number of that type. */
const TIMESTAMP = 7;

/** MySQL and MariaDB. */
export async function connectMysql(url: URL, tls: boolean): Promise<Db> {
  const socketPath = url.searchParams.get('socketPath');
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || 3306);
  const connection = createConnection({
    ...(socketPath === null
      ? { host, port, stream: () => new JudgedSocket().setNoDelay(true).connect(port, host) }
      : { socketPath }),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    // Without it emoji come as `?`.
    charset: 'utf8mb4_unicode_ci',
    connectTimeout: 15_000,
    // As stored: a DATETIME has no zone, and must not be given this machine's.
    dateStrings: true,
    supportBigNumbers: true,
    timezone: 'Z',
    ...(tls && { ssl: { rejectUnauthorized: true, verifyIdentity: true } }),
  });
  const db = new MysqlDb(connection);
  await db.begin();
  return db;
}

class MysqlDb implements Db {
  readonly kind = 'mysql';
  readonly schema = 'database()';
  readonly #connection: Connection;
  #failure: Error | null = null;
  /** Ends the stream under way: a connection that is lost tells itself, and not the query. */
  #fail: (error: Error) => void = () => {};
  lastSign = performance.now();

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on('error', (error: Error) => {
      this.#failure = error;
      this.#fail(error);
    });
  }

  async begin(): Promise<void> {
    await this.#run('set session transaction isolation level repeatable read');
    // Whatever begins another transaction may only read, too.
    await this.#run('set session transaction read only');
    await this.#run("set session time_zone = '+00:00'");
    await this.#run('start transaction with consistent snapshot, read only');
  }

  quote(identifier: string): string {
    return `\`${identifier.replaceAll('`', '``')}\``;
  }

  async rows(sql: string, parameters: string[] = []): Promise<Row[]> {
    const rows = await this.#run(sql, parameters);
    return Array.isArray(rows) ? (rows as Row[]) : [];
  }

  placeholder(): string {
    return '?';
  }

  /** MariaDB and MySQL call it by different names. */
  async limitStatements(seconds: number): Promise<void> {
    const [row] = await this.rows('select version() as v');
    const isMariadb = /mariadb/i.test(String(row?.v));
    await this.#run(
      isMariadb
        ? `set session max_statement_time = ${seconds}`
        : `set session max_execution_time = ${seconds * 1000}`,
    );
  }

  stream(
    sql: string,
    onRow: (row: readonly unknown[]) => void,
    { parameters = [], onColumns }: StreamOptions = {},
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#fail = reject;
      let wrong: unknown = null;
      const attempt = (act: () => void): void => {
        try {
          act();
        } catch (error) {
          wrong = error;
        }
      };
      let count = 0;
      let stamps: number[] = [];
      this.#connection
        .query({ sql, values: parameters.map(boundText), rowsAsArray: true })
        .on('fields', (fields: FieldPacket[]) => {
          stamps = fields.flatMap(({ columnType }, index) => (columnType === TIMESTAMP ? [index] : []));
          attempt(() => onColumns?.(fields.map(({ name }) => name)));
        })
        .on('result', (row: unknown) => {
          if (wrong !== null) return;
          if (++count % 1024 === 0) this.#sign();
          const cells = row as unknown[];
          // Moments, told on this session's clock: UTC.
          for (const index of stamps) if (typeof cells[index] === 'string') cells[index] = `${cells[index]}Z`;
          attempt(() => onRow(cells));
        })
        .on('error', reject)
        .on('end', () => {
          this.#sign();
          if (wrong === null) resolve();
          else reject(wrong);
        });
    });
  }

  close(): Promise<void> {
    return new Promise((resolve) => this.#connection.end(() => resolve()));
  }

  destroy(): void {
    this.#connection.destroy();
  }

  #run(sql: string, parameters: string[] = []): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      this.#connection.query(sql, parameters, (error, rows) => {
        this.#sign();
        if (error) reject(error);
        else resolve(rows);
      });
    });
  }

  #sign(): void {
    this.lastSign = performance.now();
  }
}
