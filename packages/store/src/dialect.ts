import { statSync } from 'node:fs';
import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';
import { SqliteAdapter, type SqliteDatabase, SqliteDialect, type SqliteStatement } from 'kysely';
import { StoreError, storeErrorOf } from './error.ts';
import { rowsOf } from './rows.ts';

/** Kysely over a SQLite file. What fails because of the file, not of us, is a {@link StoreError} that names it. */
export class FileDialect extends SqliteDialect {
  /** @param file where the database stands; null for one in memory. */
  constructor(database: DatabaseSyncInstance, file: string | null) {
    super({ database: adapt(database, file) });
  }

  override createAdapter(): SqliteAdapter {
    return new TransactionalSqliteAdapter();
  }
}

/** A migration that is killed half-way must leave nothing behind; kysely supposes that SQLite cannot do that. */
class TransactionalSqliteAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** Statements kept for the next time: preparing one costs more than running it. */
const MAX_STATEMENTS = 200;

function adapt(database: DatabaseSyncInstance, file: string | null): SqliteDatabase {
  const statements = new Map<string, SqliteStatement>();
  const stillThere = file === null ? () => undefined : watch(file);
  const told = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw file === null ? error : storeErrorOf(error, file);
    }
  };
  const prepare = (sql: string): SqliteStatement => {
    // Taking the write lock at once: a transaction that reads first and writes later could find itself outdated.
    const statement = database.prepare(sql === 'begin' ? 'begin immediate' : sql);
    let columns = namesOf(statement);
    // The driver hands over cells for half of what objects cost it, and objects that are made here are quick to read.
    statement.setReturnArrays(true);
    const rowOf = (cells: readonly unknown[]): Record<string, unknown> => {
      // Another process may have added a column since.
      if (cells.length !== columns.length) columns = namesOf(statement);
      const row: Record<string, unknown> = {};
      for (let at = 0; at < columns.length; at++) row[columns[at] as string] = cells[at];
      return row;
    };
    return {
      reader: columns.length > 0,
      all: (parameters) => told(() => statement.all(...parameters).map(rowOf)),
      // Where the disk was full SQLite has taken the transaction back by itself; what it said then must be what is told.
      run: (parameters) =>
        sql === 'rollback' && !database.isTransaction
          ? { changes: 0, lastInsertRowid: 0 }
          : told(() => statement.run(...parameters)),
      iterate: (parameters) => told(() => each(rowsOf<unknown[]>(statement, ...parameters), rowOf)),
    };
  };
  return {
    close: () => database.close(),
    prepare(sql) {
      if (!database.isTransaction) stillThere();
      const known = statements.get(sql);
      if (known) return known;
      if (statements.size >= MAX_STATEMENTS) statements.clear();
      const statement = told(() => prepare(sql));
      statements.set(sql, statement);
      return statement;
    },
  };
}

function namesOf(statement: StatementSyncInstance): string[] {
  return statement.columns().map(({ name }) => name);
}

function* each<From, To>(rows: Iterable<From>, change: (row: From) => To): Generator<To> {
  for (const row of rows) yield change(row);
}

/**
 * SQLite writes on into a file that was deleted or replaced under it, and says that all is well; in WAL mode it does
 * not look. One stat for each transaction does (3 µs beside a wait for the disk).
 */
function watch(file: string): () => void {
  const opened = statSync(file);
  return () => {
    const now = statSync(file, { throwIfNoEntry: false });
    if (now?.ino !== opened.ino || now.dev !== opened.dev) throw new StoreError('replaced', file);
  };
}
