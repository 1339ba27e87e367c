import type { Pool, PoolClient } from 'pg';
import type { Veredicto } from '../../judge/veredicto.ts';
import { atOnce, inTurns, type Turn } from '../../steps.ts';
import { courseKey, type Judge, type Llamada, type Recorded, type Recorder } from '../recorder.ts';
import { Turns } from '../turns.ts';
import { findCurso } from './cursos.ts';
import { ensureMonth, isMonthMissing } from './meses.ts';
import { insertProceso } from './procesos.ts';

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
    record: (llamada, judge, turn) =>
      turns.take(courseKey(llamada), async () => {
        try {
          return await record(pool, llamada, judge, turn);
        } catch (error) {
          // Months are made ahead; a call that finds none, as after years of standing still, makes its own.
          if (!isMonthMissing(error)) throw error;
          await ensureMonth(pool, llamada.dia);
          return record(pool, llamada, judge, turn);
        }
      }),
  };
}

async function record<T extends Veredicto>(
  pool: Pool,
  llamada: Llamada,
  judge: Judge<T>,
  turn: Turn | undefined,
): Promise<Recorded<T>> {
  const client = await pool.connect();
  let lost: Error | undefined;
  try {
    return await transact(client, llamada, judge, turn);
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
  judge: Judge<T>,
  turn: Turn | undefined,
): Promise<Recorded<T>> {
  await client.query('begin');
  const steps = judge(await findCurso(client, llamada));
  const veredicto = turn ? await inTurns(steps, turn) : atOnce(steps);
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
