import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import type { SqliteDatabase, SqliteStatement } from 'kysely';

/** Opens a database file the way money is kept: nothing acknowledged is lost, not even to a power cut. */
export function openSqlite(file: string): DatabaseSyncInstance {
  const db = new DatabaseSync(file, { timeout: 10_000 });
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON');
  // What is erased is overwritten: it holds personal data.
  db.exec('PRAGMA secure_delete = ON');
  return db;
}

/** What Kysely's SQLite dialect asks of a driver, over node:sqlite's API. */
export function forKysely(db: DatabaseSyncInstance): SqliteDatabase {
  return {
    close: () => db.close(),
    prepare(sql): SqliteStatement {
      const statement = db.prepare(sql);
      return {
        reader: statement.columns().length > 0,
        all: (parameters) => statement.all(...parameters),
        run: (parameters) => statement.run(...parameters),
        iterate: (parameters) => statement.iterate(...parameters),
      };
    },
  };
}
