import { chmodSync } from 'node:fs';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { storeErrorOf } from './error.ts';

export interface DatabaseOptions {
  /** Never made nor written; a file that is still being written can be read too. */
  readOnly?: boolean;
}

/**
 * Opens a SQLite file the way money is kept: what is committed survives a killed process and a power cut, and what is
 * deleted is overwritten, for it holds personal data. A file that is missing is made, for this user alone.
 * @throws StoreError where the file cannot be used.
 */
export function openDatabase(file: string, { readOnly = false }: DatabaseOptions = {}): DatabaseSyncInstance {
  let database: DatabaseSyncInstance | undefined;
  try {
    database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS, readOnly });
    // SQLite looks at a file only when something of it is needed; what is no database must not be found out later.
    database.exec('select 1 from sqlite_schema');
    if (readOnly) return database;
    chmodSync(file, 0o600);
    database.exec('pragma journal_mode = wal; pragma synchronous = full');
    database.exec('pragma foreign_keys = on; pragma secure_delete = on');
    return database;
  } catch (error) {
    database?.close();
    throw storeErrorOf(error, file);
  }
}

/** How long a statement waits for another process's transaction; ours last milliseconds. */
const BUSY_TIMEOUT_MS = 10_000;
