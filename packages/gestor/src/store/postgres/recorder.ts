import type { Pool, PoolClient } from 'pg';
import type { Veredicto } from '../../judge/veredicto.ts';
import type { CursoInscrito, Llamada, Recorded, Recorder } from '../recorder.ts';
import { findCurso } from './cursos.ts';
import { insertProceso } from './procesos.ts';
import { Turns } from './turns.ts';

/**
 * The recorder over PostgreSQL. The course's row is locked for the transaction, so that two calls of one course, also
 * from two processes, are judged one after the other, and each sees what the other had accepted. Only that one row is
 * ever locked before rows of the course itself, so no two calls can wait for each other.
 */
export function postgresRecorder(pool: Pool): Recorder {
  // Calls of one course wait for each other here, holding nothing, rather than at the row, each holding a connection
  // that other courses need.
  const turns = new Turns();
  return {
    record: (llamada, judge) =>
      turns.take(JSON.stringify([llamada.codigoOferta, llamada.codigoGrupo]), () =>
        record(pool, llamada, judge),
      ),
  };
}

async function record<T extends Veredicto>(
  pool: Pool,
  llamada: Llamada,
  judge: (curso: CursoInscrito | null) => T,
): Promise<Recorded<T>> {
  const client = await pool.connect();
  let lost: Error | undefined;
  try {
    return await transact(client, llamada, judge);
  } catch (error) {
    lost = await rollback(client);
    throw error;
  } finally {
    client.release(lost);
  }
}

async function transact<T extends Veredicto>(
  client: PoolClient,
  llamada: Llamada,
  judge: (curso: CursoInscrito | null) => T,
): Promise<Recorded<T>> {
  await client.query('begin');
  const veredicto = judge(await findCurso(client, llamada));
  const idProceso = await insertProceso(client, llamada, veredicto);
  await client.query('commit');
  return { idProceso, veredicto };
}

/** The error that makes the connection useless, if even the rollback fails. */
async function rollback(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('rollback');
    return undefined;
  } catch (error) {
    return error instanceof Error ? error : new Error('rollback failed');
  }
}
