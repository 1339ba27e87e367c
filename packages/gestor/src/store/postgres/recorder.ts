import { santiagoDate } from '@puente-sic/protocol';
import type { Pool, PoolClient } from 'pg';
import type { Veredicto } from '../../judge/veredicto.ts';
import type { CursoInscrito, Llamada, Recorded, Recorder } from '../recorder.ts';
import { findCurso } from './cursos.ts';
import { insertProceso } from './procesos.ts';

/**
 * The recorder over PostgreSQL. The course's row is locked for the transaction, so that two calls of one course, also
 * from two processes, are judged one after the other, and each sees what the other had accepted. Only that one row is
 * ever locked before rows of the course itself, so no two calls can wait for each other.
 */
export function postgresRecorder(pool: Pool): Recorder {
  return {
    async record<T extends Veredicto>(llamada: Llamada, judge: (curso: CursoInscrito | null) => T) {
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
    },
  };
}

async function transact<T extends Veredicto>(
  client: PoolClient,
  llamada: Llamada,
  judge: (curso: CursoInscrito | null) => T,
): Promise<Recorded<T>> {
  await client.query('begin');
  const veredicto = judge(await findCurso(client, llamada));
  const idProceso = await insertProceso(client, llamada, veredicto, santiagoDate(llamada.recibidoEn));
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
