import type { Kysely } from 'kysely';
import type { Recorder } from './recorder.ts';
import type { Tables } from './tables.ts';

export type Dialect = 'sqlite' | 'postgres';
export type Db = Kysely<Tables>;

/**
 * Where everything of the service is kept. All of it goes through `db`, in the same SQL on both databases; only a
 * call of enviarAvance, which must be fast and strictly ordered per course, has a hand-written `recorder` for each.
 *
 * On SQLite a write transaction must wait for nothing but the database (no file, no network, no timer): the recorder
 * writes from the same thread over a connection of its own and would find the file locked.
 */
export interface Store {
  readonly dialect: Dialect;
  readonly db: Db;
  readonly recorder: Recorder;
  /** Runs `work` unless another process already holds this lock; then resolves to null without running it. */
  tryLock<T>(name: string, work: () => Promise<T>): Promise<T | null>;
  /** Makes room ahead for what comes in on a day (`YYYY-MM-DD`), where a store keeps each month apart. */
  prepareMonth(dia: string): Promise<void>;
  /**
   * Takes away an archived month. Where it stops half-way, as SQLite may, it goes on when it is called again.
   * @throws LateError where there is something of that month that the archive cannot hold.
   */
  dropMonth(archivado: Archivado): Promise<void>;
  close(): Promise<void>;
}

/** A month whose files have been written and checked. */
export interface Archivado {
  /** `YYYY-MM` */
  mes: string;
  procesos: number;
  /** The highest number of its processes. */
  hastaId: number;
}

/** A month that goes on receiving after its archive was written. */
export class LateError extends Error {
  override readonly name = 'LateError';
  constructor(mes: string) {
    super(`processes of ${mes} came in after it was archived`);
  }
}
