import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { migrate } from '../migrate.ts';
import type { Store } from '../store.ts';
import type { Tables } from '../tables.ts';
import { tryAdvisoryLock } from './lock.ts';
import { postgresRecorder } from './recorder.ts';

const INT8 = 20;

/** Opens the store on a PostgreSQL server; the database must exist. */
export async function openPostgres(connectionString: string): Promise<Store> {
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'puente-gestor',
    // Whatever the server's default: an answer means that the record is on disk.
    options: '-c synchronous_commit=on',
    types: {
      getTypeParser: (type, format) => (type === INT8 ? Number : pg.types.getTypeParser(type, format)),
    },
  });
  // A connection that dies tells whoever waits for its answer, and the pool makes another. That it also says so as an
  // event must not end the process, neither while it is idle nor between two statements of a transaction.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db, 'postgres');
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    dialect: 'postgres',
    db,
    recorder: postgresRecorder(pool),
    tryLock: (name, work) => tryAdvisoryLock(pool, name, work),
    close: () => db.destroy(),
  };
}
