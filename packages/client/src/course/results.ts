import type { RecordFate, RecordResult } from '@puente-sic/protocol';
import type { GestorError } from '../gestor-error.ts';
import type { SendStorage } from './send-storage.ts';

export interface CourseOptions {
  /** Where what is sent is kept over restarts: {@link fileStorage}, {@link memoryStorage}, or one of one's own. */
  storage: SendStorage;
  /** 1: without codigoEnvio, which the API of 2021 does not know. The fields of the course are the caller's. */
  version?: 1 | 2;
  /**
   * How long to wait in all for an unknown outcome, in milliseconds; {@link DEFAULT_PATIENCE_MS} when left out. With 0 the
   * history is asked once.
   */
  patienceMs?: number;
  signal?: AbortSignal | undefined;
}

/** What became of one student × module of a course. `not-sent`: it did not leave, or was not taken. */
export interface CourseRecord extends Omit<RecordResult, 'fate'> {
  fate: RecordFate | 'not-sent';
}

/** What became of one call's worth of students. */
export interface SentPart {
  /** Null where it did not leave. */
  codigoEnvio: string | null;
  idProceso: number | null;
  alumnos: number;
  /**
   * - `respuesta`: its answer told. `historial`: the answer was lost, and the history told.
   * - `antes`: SENCE took just that earlier on the same day; it was not sent again.
   * - `desconocido`: not known yet. `no-enviado`: it did not leave, or was not taken.
   */
  via: 'respuesta' | 'historial' | 'antes' | 'desconocido' | 'no-enviado';
}

export interface CourseSent {
  /** Every record is told as accepted or rejected. */
  complete: boolean;
  /** One per student × module of the course, in its order; `position` is that of the whole course. */
  records: CourseRecord[];
  parts: SentPart[];
  /** What went wrong with the service; its `fix` says what to do. Null: nothing did. */
  error: GestorError | null;
  /** When the history can prove what is unknown; null: nothing is, or waiting alone will not tell. */
  askAgainAt: Date | null;
}
