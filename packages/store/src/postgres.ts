import type { Duplex } from 'node:stream';
import type { Pool } from 'pg';

/**
 * Opens connections to a PostgreSQL database; it must exist.
 * @param application how the server's own lists name whoever connects.
 * @param stream what a connection goes over, not connected yet.
 */
export async function openPool(
  connectionString: string,
  application: string,
  stream: () => Duplex,
): Promise<Pool> {
  // Who stays on SQLite never loads the driver.
  const { default: pg } = await import('pg');
  const pool = new pg.Pool({
    connectionString,
    max: 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    stream,
    application_name: application,
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
  return pool;
}

/**
 * Runs `work` while holding the advisory lock of that name, or resolves to null without running it. The lock belongs to
 * the connection: the server frees it when the process dies, however it dies.
 * @param space keeps the locks of one program apart from those of others on the same database.
 */
export async function tryAdvisoryLock<T>(
  pool: Pool,
  space: string,
  name: string,
  work: () => Promise<T>,
): Promise<T | null> {
  const client = await pool.connect();
  const key = [space, name];
  try {
    const { rows } = await client.query<{ held: boolean }>(
      'select pg_try_advisory_lock(hashtext($1), hashtext($2)) as held',
      key,
    );
    if (!rows[0]?.held) return null;
    try {
      return await work();
    } finally {
      await client.query('select pg_advisory_unlock(hashtext($1), hashtext($2))', key);
    }
  } finally {
    client.release();
  }
}

/** The type number of `bigint`. */
const INT8 = 20;
