import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { boundText, type SqlDb, type StreamOptions } from '../db/db.ts';
import type { Ask, Said } from './sqlite-child.ts';

/** Sources have no built child beside them (they are run by a test): the build's is the same code. */
const ENTRY = fileURLToPath(
  new URL(
    import.meta.url.endsWith('.ts') ? '../../dist/sql/sqlite-child.js' : './sqlite-child.js',
    import.meta.url,
  ),
);

/** A SQLite file, read by a process of its own; see sqlite-child.ts. */
export async function connectSqlite(file: string): Promise<SqlDb> {
  const db = new SqliteDb(fork(ENTRY, [file], { serialization: 'advanced', execArgv: [], stdio: 'ignore' }));
  try {
    // A file that is no database shows only once it is read.
    await db.stream('select 1 from sqlite_schema', () => {});
    return db;
  } catch (error) {
    db.destroy();
    throw error;
  }
}

class SqliteDb implements SqlDb {
  readonly #child: ChildProcess;
  #seconds = 0;
  lastSign = performance.now();

  constructor(child: ChildProcess) {
    this.#child = child;
  }

  placeholder(): string {
    return '?';
  }

  async limitStatements(seconds: number): Promise<void> {
    this.#seconds = seconds;
  }

  stream(
    sql: string,
    onRow: (row: readonly unknown[]) => void,
    { parameters = [], onColumns }: StreamOptions = {},
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (act: () => void): void => {
        clearTimeout(timer);
        for (const event of ['message', 'exit', 'error']) this.#child.removeAllListeners(event);
        act();
      };
      const fail = (error: unknown): void => settle(() => reject(error));
      const timer =
        this.#seconds === 0
          ? undefined
          : setTimeout(() => {
              this.destroy();
              fail(withCode(new Error('the query takes too long'), 'SQLITE_TIMEOUT'));
            }, this.#seconds * 1000);
      this.#child.once('exit', () => fail(withCode(new Error('the reading process is gone'), 'ECONNRESET')));
      this.#child.once('error', fail);
      this.#child.on('message', (said: Said) => {
        this.lastSign = performance.now();
        try {
          if ('columns' in said) onColumns?.(said.columns);
          else if ('rows' in said) {
            for (const row of said.rows) onRow(row);
            if (said.more) this.#child.send('next');
            else settle(resolve);
          } else fail(withCode(new Error(said.failed.message), said.failed.code));
        } catch (error) {
          fail(error);
        }
      });
      this.#child.send({ sql, parameters: parameters.map(boundText) } satisfies Ask);
    });
  }

  async close(): Promise<void> {
    this.destroy();
  }

  destroy(): void {
    this.#child.kill('SIGKILL');
  }
}

function withCode(error: Error, code: string | undefined): Error {
  return Object.assign(error, code === undefined ? {} : { code });
}
