import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Kysely } from 'kysely';
import { migrate } from '../migrate.ts';
import type { Store } from '../store.ts';
import type { Tables } from '../tables.ts';
import { NodeSqliteDialect, openFile } from './dialect.ts';
import { sqliteRecorder } from './recorder.ts';

/** The database's file inside the data folder. */
export const SQLITE_FILE = 'gestor.db';

/** Opens or makes the store in a folder. */
export async function openSqlite(folder: string): Promise<Store> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, SQLITE_FILE);
  const db = new Kysely<Tables>({ dialect: new NodeSqliteDialect(openFile(file)) });
  await migrate(db, 'sqlite');

  const recording = openFile(file);
  const held = new Set<string>();
  return {
    dialect: 'sqlite',
    db,
    recorder: sqliteRecorder(recording),
    // Between processes nothing more is needed: each step of the work is one transaction that can be repeated.
    async tryLock(name, work) {
      if (held.has(name)) return null;
      held.add(name);
      try {
        return await work();
      } finally {
        held.delete(name);
      }
    },
    async close() {
      await db.destroy();
      recording.close();
    },
  };
}
