import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { FileDialect, openDatabase, storeErrorOf } from '@puente-sic/store';
import { Kysely } from 'kysely';
import { migrateLedger } from './migrations.ts';
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
 * @throws StoreError where the folder or the file cannot be used.
 */
export async function openLedger(datos: string): Promise<Ledger> {
  const file = ledgerFile(datos);
  try {
    mkdirSync(datos, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw storeErrorOf(error, file);
  }
  return wrap(openDatabase(file), datos);
}

/** For verbs that only look: an empty ledger in memory where the folder has none, so that nothing is created. */
export async function openLedgerToRead(datos: string): Promise<Ledger> {
  return existsSync(ledgerFile(datos)) ? openLedger(datos) : openEmptyLedger();
}

/** In memory, knowing nothing: for judging data on its own. */
export async function openEmptyLedger(): Promise<Ledger> {
  return wrap(new DatabaseSync(':memory:'), null);
}

async function wrap(database: DatabaseSyncInstance, datos: string | null): Promise<Ledger> {
  const file = datos === null ? null : ledgerFile(datos);
  const db = new Kysely<Tables>({ dialect: new FileDialect(database, file) });
  try {
    await migrateLedger(db, file ?? ':memory:');
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { datos, db, close: () => db.destroy() };
}
