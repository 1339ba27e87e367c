import type { Answer, ProcesoHistorial, Reason } from '@puente-sic/protocol';
import type { GestorError } from './gestor-error.ts';

/** How an answer came: for the record of what was sent and received. */
export interface Received {
  /** The body as it came (UTF-8), also what stood around the JSON. It holds RUTs: for the ledger, never for a log. */
  raw: string;
  /** HTTP status; the service's own answers are all 200. [S, I, O] */
  status: number;
  /** From the call to the answer's last byte, in milliseconds; of the try that was answered. */
  durationMs: number;
  /** The service's own clock (`Date` header). */
  serverDate: Date | null;
}

/** What came of a send. `answer.kind === 'unreadable'` means that it is unknown whether it was recorded. */
export interface SentAvance extends Received {
  answer: Answer;
}

/** The history as read back. */
export interface HistoryAnswer extends Received {
  processes: ProcesoHistorial[];
  /** Entries of the list that have not the form of a process: what they tell is not in `processes`. */
  skipped: number;
  /** Other text (leaked HTML) stood around the JSON. */
  leaked: boolean;
}

/** What is told of a history that was read process by process. */
export interface HistoryRead extends Omit<Received, 'raw'> {
  /** How many processes were given. */
  processes: number;
  /** Entries of the list that have not the form of a process: what they tell was not given. */
  skipped: number;
  /** Other text (leaked HTML) stood around the JSON. */
  leaked: boolean;
}

/** Which processes to read; all of the provider's when left out. [I] */
export interface HistoryFilter {
  /** First day, `YYYY-MM-DD` in America/Santiago, itself included. [A 8] */
  fechaDesde?: string;
  /** The sender's own id of a send: `codigo_externo`. */
  codigoEnvio?: string;
  /** `id_proceso`. */
  idProceso?: number;
}

/**
 * What a connection test found.
 * - `accepted`: reached, and the token is accepted.
 * - `refused`: reached, and RUT, token or idSistema are not accepted (001, 002).
 * - `unreachable`: the service was not reached, or what answered is not the service; `error.code` says which.
 */
export type ConnectionTest =
  | { kind: 'accepted'; durationMs: number; serverDate: Date | null }
  | { kind: 'refused'; reason: Reason; durationMs: number; serverDate: Date | null }
  | { kind: 'unreachable'; error: GestorError };
