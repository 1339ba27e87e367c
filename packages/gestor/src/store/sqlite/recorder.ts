import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Veredicto } from '../../judge/veredicto.ts';
import type { Llamada, Recorded, Recorder } from '../recorder.ts';
import { SqliteCursos } from './cursos.ts';
import { SqliteProcesos } from './procesos.ts';

/** A call waiting for its turn; `run` judges and writes it, `settle` answers it once the transaction is on disk. */
interface Waiting {
  run(): void;
  settle(): void;
  fail(error: unknown): void;
}

/**
 * The recorder over one SQLite connection. Its work is synchronous, so that calls never interleave, and all that
 * arrive in one turn of the event loop share one transaction and so one wait for the disk.
 */
export function sqliteRecorder(database: DatabaseSyncInstance): Recorder {
  const cursos = new SqliteCursos(database);
  const procesos = new SqliteProcesos(database);
  const begin = database.prepare('begin immediate');
  const commit = database.prepare('commit');
  const rollback = database.prepare('rollback');
  let queue: Waiting[] = [];

  function flush(): void {
    const calls = queue;
    queue = [];
    try {
      transact(calls);
    } catch (error) {
      if (calls.length > 1) for (const call of calls) alone(call);
      else for (const call of calls) call.fail(error);
    }
  }

  /** One of several spoilt their transaction: by itself, each gets its own fate. */
  function alone(call: Waiting): void {
    try {
      transact([call]);
    } catch (error) {
      call.fail(error);
    }
  }

  function transact(calls: Waiting[]): void {
    begin.run();
    try {
      for (const call of calls) call.run();
      commit.run();
    } catch (error) {
      if (database.isTransaction) rollback.run();
      throw error;
    }
    for (const call of calls) call.settle();
  }

  return {
    record<T extends Veredicto>(llamada: Llamada, judge: (curso: ReturnType<SqliteCursos['find']>) => T) {
      return new Promise<Recorded<T>>((resolve, reject) => {
        let recorded: Recorded<T> | undefined;
        if (queue.length === 0) setImmediate(flush);
        queue.push({
          run() {
            const veredicto = judge(cursos.find(llamada));
            const idProceso = procesos.insert(llamada, veredicto);
            recorded = { idProceso, veredicto };
          },
          settle: () => recorded && resolve(recorded),
          fail: reject,
        });
      });
    },
  };
}
