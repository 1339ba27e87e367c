import { Socket } from 'node:net';
import { onlyPostgres } from '@puente-sic/protocol';
import { openPool, tryAdvisoryLock } from '@puente-sic/store';
import { Kysely, PostgresDialect } from 'kysely';
import { migrateStore } from '../migrations.ts';
import type { Store } from '../store.ts';
import type { Tables } from '../tables.ts';
import { dropMonth, ensureMonth } from './meses.ts';
import { postgresRecorder } from './recorder.ts';

/** Opens the store on a PostgreSQL server; the database must exist. */
export async function openPostgres(connectionString: string): Promise<Store> {
  const pool = await openPool(connectionString, 'puente-gestor', () => onlyPostgres(new Socket()));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrateStore(db, 'postgres', 'PostgreSQL');
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    dialect: 'postgres',
    db,
    recorder: postgresRecorder(pool),
    tryLock: (name, work) => tryAdvisoryLock(pool, 'puente-gestor', name, work),
    prepareMonth: (dia) => ensureMonth(pool, dia),
    dropMonth: (archivado) => dropMonth(pool, archivado),
    close: () => db.destroy(),
  };
}
