import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';

/**
 * Runs `work` while holding the lock of that name, which is SQLite's own lock on an empty file of the data folder: it
 * holds between processes, and the system frees it when a process dies, however it dies.
 */
export async function tryFileLock<T>(
  folder: string,
  name: string,
  work: () => Promise<T>,
): Promise<T | null> {
  const database = new DatabaseSync(join(folder, `${name}.lock`), { timeout: 0 });
  try {
    if (!takeLock(database)) return null;
    return await work();
  } finally {
    database.close();
  }
}

function takeLock(database: { exec(sql: string): void }): boolean {
  try {
    database.exec('begin exclusive');
    return true;
  } catch (error) {
    if (error instanceof Error && /locked/.test(error.message)) return false;
    throw error;
  }
}
