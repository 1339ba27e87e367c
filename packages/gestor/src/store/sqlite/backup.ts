import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { openDatabase } from '@puente-sic/store';
import { SQLITE_FILE } from './open.ts';

/**
 * Copies a SQLite store into a new file while it is being served: the copy is the store as it was at one moment.
 * To restore, a service is stopped and the copy becomes the data folder's `gestor.db` (without its -wal and -shm).
 * Throws when the target exists. A PostgreSQL store is backed up with PostgreSQL's own tools.
 */
export async function backupSqlite(folder: string, target: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  const database = openDatabase(join(folder, SQLITE_FILE));
  try {
    database.prepare('vacuum into ?').run(target);
  } finally {
    database.close();
  }
}
