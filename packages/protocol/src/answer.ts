import type { Codigo } from './catalogue.ts';

/** What an answer says of one student × module. `unknown`: the answer does not say; never taken for success. */
export type RecordFate = 'accepted' | 'rejected' | 'unknown';

export interface RecordResult {
  /** `11222333-K`, as sent. */
  rut: string;
  codigoModulo: string;
  fate: RecordFate;
  /** Why it was rejected: each code once; code null where the service gave none that we know (its raw text stays). */
  reasons: Reason[];
}

export interface Reason {
  code: Codigo | null;
  /** The code as the service wrote it, also an unknown one. */
  rawCode: string | null;
  /** The service's own text, HTML stripped. */
  message: string;
}

/**
 * Any answer of enviarAvance, read. [S, I, O]
 * - `processed`: recorded as a process; each student × module of the sent body has its fate.
 * - `refused`: not authenticated (001, 002): nothing was recorded.
 * - `unreadable`: not an answer of the service (empty, an HTML page, other JSON): what happened is unknown.
 */
export type Answer =
  | {
      kind: 'processed';
      idProceso: number | null;
      records: RecordResult[];
      /** Things that the answer says and that belong to no record sent. */
      unattributed: Reason[];
      respuestaSic: string | null;
      /** The JSON stood behind other text (leaked HTML). */
      leaked: boolean;
    }
  | { kind: 'refused'; reason: Reason }
  | { kind: 'unreadable'; why: string };
