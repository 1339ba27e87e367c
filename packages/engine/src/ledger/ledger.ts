import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { FileDialect, openDatabase, StoreError } from '@puente-sic/store';
import { Kysely } from 'kysely';
import { ownBackups, ownBackupsOf, PUT_ASIDE } from '../backup/files.ts';
import { writeBackup } from '../backup/write.ts';
import { ERASURES_FILE } from '../privacy/erasures.ts';
import { ledgerFile } from './file.ts';
import { openFolder } from './folder.ts';
import { migrateLedger } from './migrations.ts';
import type { Tables } from './tables.ts';

/** The state folder's database: what was sent, what SENCE accepted, what is still wrong. */
export interface Ledger {
  /** The state folder; null for one in memory. */
  readonly datos: string | null;
  readonly db: Kysely<Tables>;
  /** What was found on opening and is worth telling, in Spanish. */
  readonly avisos: readonly string[];
  close(): Promise<void>;
}

/**
 * Opens the ledger of a state folder, created (for this user alone: it holds personal data) where it is missing, and
 * brought up to date, one of an earlier version after a backup of itself. The caller closes it.
 * @throws StoreError where the folder or the file cannot be used; EngineFailure where there is no room for that backup.
 */
export async function openLedger(datos: string, now: Date = new Date()): Promise<Ledger> {
  const avisos = openFolder(datos);
  const file = ledgerFile(datos);
  const db = new Kysely<Tables>({ dialect: new FileDialect(openFile(datos, file), file) });
  return upToDate(
    db,
    datos,
    async () => {
      const folder = join(
        ownBackups(datos),
        `antes-de-actualizar-${now.toISOString().replaceAll(/[:.]/g, '')}`,
      );
      await writeBackup(datos, folder, now, null);
      avisos.push(
        `El registro es de una versión anterior de puente; antes de ponerlo al día se respaldó en ${folder}`,
      );
    },
    avisos,
  );
}

function openFile(datos: string, file: string): DatabaseSyncInstance {
  assertNotLost(datos, file);
  let raw: DatabaseSyncInstance | undefined;
  try {
    raw = openDatabase(file);
    // Copied without its «-wal», a ledger may be whole and have nothing in it.
    if (raw.prepare('SELECT 1 FROM sqlite_master LIMIT 1').get() === undefined) throwIfLost(datos, file);
    return raw;
  } catch (error) {
    raw?.close();
    const [last] = ownBackupsOf(datos);
    if (!(error instanceof StoreError) || error.kind !== 'damaged' || last === undefined) throw error;
    const fix = `No lo borre. Detenga puente y ejecute «puente restaurar ${last.folder}», el último respaldo: lo dañado queda guardado al lado. Lo enviado después lo lee puente solo en el historial de SENCE.`;
    throw new StoreError('damaged', file, { cause: error, fix });
  }
}

/**
 * A folder that has backups, or notes of who was erased, had a ledger: to begin an empty one in its place would forget
 * what was sent, who may not come back and every open error, without a word.
 */
function assertNotLost(datos: string, file: string): void {
  const isFolder = existsSync(datos) && statSync(datos).isDirectory();
  if (isFolder && !(existsSync(file) && statSync(file).size > 0)) throwIfLost(datos, file);
}

function throwIfLost(datos: string, file: string): void {
  const [last] = ownBackupsOf(datos);
  const traces = tracesOf(datos);
  if (last === undefined && traces.length === 0) return;
  const fix =
    last === undefined
      ? `Si tiene un respaldo, ejecute «puente restaurar RESPALDO». Si no, para empezar de nuevo mueva a otra parte ${traces.join(' y ')}: puente leerá primero en el historial de SENCE lo que ya se envió.`
      : `Detenga puente y ejecute «puente restaurar ${last.folder}», el último respaldo: lo enviado después lo lee puente solo en el historial de SENCE. Para empezar de nuevo a propósito, use otra carpeta de estado (--datos).`;
  throw new StoreError('lost', file, { fix });
}

function tracesOf(datos: string): string[] {
  return readdirSync(datos).filter(
    (name) => name === ERASURES_FILE || name.startsWith(PUT_ASIDE) || name.endsWith('.respaldo'),
  );
}

/** For verbs that only look: an empty ledger in memory where the folder has none, so that nothing is created. */
export async function openLedgerToRead(datos: string): Promise<Ledger> {
  assertNotLost(datos, ledgerFile(datos));
  return existsSync(ledgerFile(datos)) ? openLedger(datos) : openEmptyLedger();
}

/** In memory, knowing nothing: for judging data on its own. */
export async function openEmptyLedger(): Promise<Ledger> {
  const db = new Kysely<Tables>({ dialect: new FileDialect(new DatabaseSync(':memory:'), null) });
  return upToDate(db, null, async () => {}, []);
}

async function upToDate(
  db: Kysely<Tables>,
  datos: string | null,
  beforeUpdate: () => Promise<void>,
  avisos: readonly string[],
): Promise<Ledger> {
  try {
    await migrateLedger(db, datos === null ? ':memory:' : ledgerFile(datos), beforeUpdate);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { datos, db, avisos, close: () => db.destroy() };
}
