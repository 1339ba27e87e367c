import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FileDialect, openDatabase, storeErrorOf } from '@puente-sic/store';
import { Kysely } from 'kysely';
import { migrateStore } from '../migrations.ts';
import type { Store } from '../store.ts';
import type { Tables } from '../tables.ts';
import { tryFileLock } from './lock.ts';
import { deleteMonth } from './meses.ts';
import { sqliteRecorder } from './recorder.ts';

/** The database's file inside the data folder. */
export const SQLITE_FILE = 'gestor.db';

/** Opens or makes the store in a folder. */
export async function openSqlite(folder: string): Promise<Store> {
  const file = join(folder, SQLITE_FILE);
  await mkdir(folder, { recursive: true }).catch((error: unknown) => {
    throw storeErrorOf(error, file);
  });
  const db = new Kysely<Tables>({ dialect: new FileDialect(openDatabase(file), file) });
  try {
    await migrateStore(db, 'sqlite', file);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const recording = openDatabase(file);
  return {
    dialect: 'sqlite',
    db,
    recorder: sqliteRecorder(recording),
    tryLock: (name, work) => tryFileLock(folder, name, work),
    prepareMonth: async () => undefined,
    dropMonth: (archivado) => deleteMonth(db, archivado),
    async close() {
      await db.destroy();
      recording.close();
    },
  };
}
