import type { Pool } from 'pg';

/**
 * Runs `work` while holding the advisory lock of that name. The lock belongs to the connection: the server frees it
 * when the process dies, however it dies.
 */
export async function tryAdvisoryLock<T>(
  pool: Pool,
  name: string,
  work: () => Promise<T>,
): Promise<T | null> {
  const client = await pool.connect();
  try {
    const { rows } = await client.query<{ held: boolean }>(
      "select pg_try_advisory_lock(hashtext('puente-gestor'), hashtext($1)) as held",
      [name],
    );
    if (!rows[0]?.held) return null;
    try {
      return await work();
    } finally {
      await client.query("select pg_advisory_unlock(hashtext('puente-gestor'), hashtext($1))", [name]);
    }
  } finally {
    client.release();
  }
}
