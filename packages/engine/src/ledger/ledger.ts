import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { Kysely, SqliteDialect } from 'kysely';
import { migrate } from './migrations.ts';
import { forKysely, openSqlite } from './sqlite.ts';
import type { Tables } from './tables.ts';

/** The state folder's database: what was sent, what SENCE accepted, what is still wrong. */
export interface Ledger {
  /** The state folder; null for one in memory. */
  readonly datos: string | null;
  readonly db: Kysely<Tables>;
  close(): Promise<void>;
}

/** The ledger's file in a state folder. */
export function ledgerFile(datos: string): string {
  return join(datos, 'puente.sqlite');
}

/**
 * Opens the ledger of a state folder, created (for this user alone: it holds personal data) where it is missing,
 * and brought up to date. The caller closes it.
 */
export function openLedger(datos: string): Ledger {
  mkdirSync(datos, { recursive: true, mode: 0o700 });
  return wrap(openSqlite(ledgerFile(datos)), datos);
}

/** For verbs that only look: an empty ledger in memory where the folder has none, so that nothing is created. */
export function openLedgerToRead(datos: string): Ledger {
  return existsSync(ledgerFile(datos)) ? openLedger(datos) : openEmptyLedger();
}

/** In memory, knowing nothing: for judging data on its own. */
export function openEmptyLedger(): Ledger {
  return wrap(new DatabaseSync(':memory:'), null);
}

function wrap(sqlite: DatabaseSyncInstance, datos: string | null): Ledger {
  try {
    migrate(sqlite);
  } catch (error) {
    sqlite.close();
    throw error;
  }
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: forKysely(sqlite) }) });
  return {
    datos,
    db,
    close: async () => {
      await db.destroy();
      // Kysely closes only what it has begun to use.
      if (sqlite.isOpen) sqlite.close();
    },
  };
}
