import { helpFor } from './help.ts';

/** What went wrong between us and the service, each worth telling apart. */
export type GestorErrorCode =
  /** The host's name is unknown (or the name service is out of reach). */
  | 'dns'
  /** The host's name leads to a service of the machine itself, which must not be asked: no connection was made. */
  | 'internal-address'
  /** Nobody listens there. */
  | 'connection-refused'
  /** The host did not take the connection in time. */
  | 'connect-timeout'
  /** No secure connection: certificate not trusted, expired, for another host; or no TLS there at all. */
  | 'tls'
  /** The proxy cannot be reached or did not let the request through. */
  | 'proxy'
  /** The connection did not come up for another reason: no network, no route, cut at once. */
  | 'network'
  /** The connection broke after the request had begun to leave. */
  | 'connection-lost'
  /** No whole answer within the time-out. */
  | 'timeout'
  /** Cancelled by the caller's AbortSignal. */
  | 'aborted'
  /** Not tried: an answer to an earlier call has asked to wait (`Retry-After`), and that time is not over. */
  | 'asked-to-wait'
  /** An answer with a status other than 2xx. */
  | 'http-status'
  /** The service says that the address is another one; never followed. */
  | 'redirected'
  /** An answer beyond every sensible size. */
  | 'too-large'
  /** Not an answer of the service: an HTML page, other JSON, no HTTP at all. */
  | 'unreadable'
  /** Token, RUT or idSistema not accepted (001, 002). Of reading and of a course; a single send tells it in its Answer. */
  | 'not-authenticated'
  /** There is no token: no call was made. */
  | 'no-token'
  /** The token is one of this project's examples, and the address is the official one: no call was made. */
  | 'example-token'
  /** This client has sent that codigoEnvio before: no call was made. */
  | 'repeated-codigo-envio';

/**
 * What became of the request.
 * - `not-sent`: no byte of it left, or a proxy kept it; proved.
 * - `refused`: whoever answered says that it did not take it. Some record what they refuse: the history tells.
 * - `unknown`: it may have been recorded. A send is then settled by reading the history, never by sending again.
 */
export type Outcome = 'not-sent' | 'refused' | 'unknown';

/** Whether the same call may be made again: `safe`, pointless until something changes, or unknown (may double). */
export type Retry = 'safe' | 'useless' | 'unknown';

/** The two services of the API, as their addresses name them. */
export type Operation = 'enviarAvance' | 'historialEnvios';

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
