import type { Position } from './position.ts';
import type { Reason } from './reason.ts';

/** What an answer says of one student × module. `unknown`: the answer does not say; never taken for success. */
export type RecordFate = 'accepted' | 'rejected' | 'unknown';

export interface RecordResult {
  /** `11222333-K`; as sent where it cannot be read. */
  rut: string;
  codigoModulo: string;
  /** Where in the body sent. */
  position: Position;
  fate: RecordFate;
  /**
   * `rejected`: why, each code once. `unknown`: what the answer says of the student without saying of which module.
   * Empty when accepted.
   */
  reasons: Reason[];
}

/** Something that the answer says and that belongs to no record sent, with whom it names. */
export interface UnattributedReason extends Reason {
  rut: string | null;
  codigoModulo: string | null;
}

/**
 * Any answer of enviarAvance, read. [S, I, O]
 * - `processed`: recorded as a process; each student × module of the sent body has its fate.
 * - `refused`: not authenticated (001, 002): it says that nothing was recorded, which only the history confirms.
 * - `unreadable`: not an answer of the service (empty, an HTML page, other JSON): what happened is unknown.
 */
export type Answer =
  | {
      kind: 'processed';
      idProceso: number | null;
      /** One per student × module of what was sent, in that order. */
      records: RecordResult[];
      unattributed: UnattributedReason[];
      respuestaSic: string | null;
      /** Other text (leaked HTML) stood around the JSON. */
      leaked: boolean;
    }
  | { kind: 'refused'; reason: Reason }
  /** `why` is a Spanish sentence for a person. */
  | { kind: 'unreadable'; why: string };
