import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { migrate } from '../migrate.ts';
import type { Store } from '../store.ts';
import type { Tables } from '../tables.ts';
import { NodeSqliteDialect, openFile } from './dialect.ts';
import { tryFileLock } from './lock.ts';
import { sqliteRecorder } from './recorder.ts';

/** The database's file inside the data folder. */
export const SQLITE_FILE = 'gestor.db';

/** Opens or makes the store in a folder. */
export async function openSqlite(folder: string): Promise<Store> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, SQLITE_FILE);
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(openFile(file)) });
  try {
    await migrate(db, 'sqlite');
  } catch (error) {
    await db.destroy();
    throw error;
  }
  const recording = openFile(file);
  return {
    dialect: 'sqlite',
    db,
    recorder: sqliteRecorder(recording),
    tryLock: (name, work) => tryFileLock(folder, name, work),
    async close() {
      await db.destroy();
      recording.close();
    },
  };
}
