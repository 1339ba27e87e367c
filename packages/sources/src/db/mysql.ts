import { type Connection, createConnection } from 'mysql2';
import type { Db, Row } from './db.ts';

/** MySQL and MariaDB. */
export async function connectMysql(url: URL, tls: boolean): Promise<Db> {
  const socketPath = url.searchParams.get('socketPath');
  const connection = createConnection({
    ...(socketPath === null
      ? { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port || 3306) }
      : { socketPath }),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)),
    // Without it emoji come as `?`.
    charset: 'utf8mb4_unicode_ci',
    connectTimeout: 15_000,
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
  lastSign = performance.now();

  constructor(connection: Connection) {
    this.#connection = connection;
    connection.on('error', (error: Error) => {
      this.#failure = error;
    });
  }

  async begin(): Promise<void> {
    await this.#run('set session transaction isolation level repeatable read');
    await this.#run('start transaction with consistent snapshot, read only');
  }

  quote(identifier: string): string {
    return `\`${identifier.replaceAll('`', '``')}\``;
  }

  async rows(sql: string, parameters: string[] = []): Promise<Row[]> {
    const rows = await this.#run(sql, parameters);
    return Array.isArray(rows) ? (rows as Row[]) : [];
  }

  stream(sql: string, onRow: (row: readonly unknown[]) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#failure) return reject(this.#failure);
      let wrong: unknown = null;
      let count = 0;
      this.#connection
        .query({ sql, rowsAsArray: true })
        .on('result', (row: unknown) => {
          if (wrong !== null) return;
          if (++count % 1024 === 0) this.#sign();
          try {
            onRow(row as unknown[]);
          } catch (error) {
            wrong = error;
          }
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
