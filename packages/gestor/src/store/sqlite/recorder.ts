import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { Veredicto } from '../../judge/veredicto.ts';
import { atOnce, inTurns, type Turn } from '../../steps.ts';
import { courseKey, type Judge, type Llamada, type Recorded, type Recorder } from '../recorder.ts';
import { Turns } from '../turns.ts';
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
  const turns = new Turns();
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

  /** Writes with all others of this turn of the loop; `run` gives null where nothing is to be written. */
  function write<R>(run: () => R): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      let done: { result: R } | undefined;
      if (queue.length === 0) setImmediate(flush);
      queue.push({
        run() {
          done = { result: run() };
        },
        settle: () => done && resolve(done.result),
        fail: reject,
      });
    });
  }

  function insert<T extends Veredicto>(llamada: Llamada, veredicto: T): Recorded<T> {
    return { idProceso: procesos.insert(llamada, veredicto), veredicto };
  }

  function record<T extends Veredicto>(llamada: Llamada, judge: Judge<T>): Promise<Recorded<T>> {
    return write(() => insert(llamada, atOnce(judge(cursos.find(llamada)))));
  }

  /**
   * Judged before its transaction, since that must not be left open between two steps; it counts if the course has met
   * no other call since, from this process or another, and is done anew if it has.
   */
  async function recordLong<T extends Veredicto>(
    llamada: Llamada,
    judge: Judge<T>,
    turn: Turn,
  ): Promise<Recorded<T>> {
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const before = cursos.ultimoProceso(llamada);
      const veredicto = await inTurns(judge(cursos.find(llamada)), turn);
      const recorded = await write(() =>
        cursos.ultimoProceso(llamada) === before ? insert(llamada, veredicto) : null,
      );
      if (recorded) return recorded;
    }
    return record(llamada, judge);
  }

  return {
    record: (llamada, judge, turn) =>
      turn ? turns.take(courseKey(llamada), () => recordLong(llamada, judge, turn)) : record(llamada, judge),
  };
}

/** How often a long call is judged aside before it is judged in one go. */
const ATTEMPTS = 3;
