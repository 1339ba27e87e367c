import { helpFor } from './help.ts';
import type { GestorErrorCode, Operation, Outcome } from './outcome.ts';

/** Whether the same call may be made again: `safe`, pointless until something changes, or unknown (may double). */
export type Retry = 'safe' | 'useless' | 'unknown';

export interface GestorErrorFacts {
  operation: Operation;
  code: GestorErrorCode;
  outcome: Outcome;
  retry: Retry;
  /** English, for logs: no token, no RUT, no query of a URL. */
  message: string;
  status?: number | null;
  retryAfterSeconds?: number | null;
  durationMs?: number;
  serverDate?: Date | null;
  body?: string | null;
}

/**
 * A call to the Gestor Intermedio that brought no answer of the service. The only error that {@link GestorClient}
 * rejects with. Its message, stack and properties hold neither tokens nor RUTs, so it can be logged whole; it has no
 * `cause`, since the errors of the layers below can hold the request.
 */
export class GestorError extends Error {
  override readonly name = 'GestorError';
  readonly operation: Operation;
  readonly code: GestorErrorCode;
  readonly outcome: Outcome;
  readonly retry: Retry;
  /** HTTP status, where an answer came. */
  readonly status: number | null;
  /** What the service asked to wait, in seconds (`Retry-After`). */
  readonly retryAfterSeconds: number | null;
  /** From the call to its end, in milliseconds; of the last try where there were several. */
  readonly durationMs: number;
  /** The service's own clock (`Date` header). */
  readonly serverDate: Date | null;
  readonly #body: string | null;

  constructor(facts: GestorErrorFacts) {
    super(facts.message);
    this.operation = facts.operation;
    this.code = facts.code;
    this.outcome = facts.outcome;
    this.retry = facts.retry;
    this.status = facts.status ?? null;
    this.retryAfterSeconds = facts.retryAfterSeconds ?? null;
    this.durationMs = facts.durationMs ?? 0;
    this.serverDate = facts.serverDate ?? null;
    this.#body = facts.body ?? null;
  }

  /** What happened and why, in Spanish, for a person. */
  get mensaje(): string {
    return helpFor(this).mensaje;
  }

  /** What to do, in Spanish. */
  get queHacer(): string {
    return helpFor(this).queHacer;
  }

  /** The same as `queHacer`, by the name that errors of this SDK share. */
  get fix(): string {
    return this.queHacer;
  }

  /**
   * What came of the answer, verbatim. It can hold RUTs and even the token (error pages echo the request): for the
   * ledger, never for a log. Printing or serialising the error leaves it out.
   */
  get body(): string | null {
    return this.#body;
  }
}
