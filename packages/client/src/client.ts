import {
  BASE_URL,
  type Credenciales,
  type Curso,
  ID_SISTEMA,
  readAnswer,
  readHistory,
  readToken,
  santiagoDate,
} from '@puente-sic/protocol';
import { ACCEPT_ENCODING, decodeBody } from './decode.ts';
import { envioBody } from './envio-body.ts';
import { exchange, type HttpRequest, type Reply, type Transport } from './exchange.ts';
import { answerError, brokenError, statusError } from './failure.ts';
import type { Operation } from './gestor-error.ts';
import { serverDate } from './headers.ts';
import type { ConnectionTest, HistoryAnswer, HistoryFilter, Received, SentAvance } from './results.ts';
import { type Sleep, sleep, withRetries } from './retries.ts';

/** The official advice: answers can take minutes. [I p.44] */
export const DEFAULT_TIMEOUT_MS = 600_000;
export const CONNECTION_TEST_TIMEOUT_MS = 15_000;

export interface GestorClientOptions {
  /** Where the API stands; production (`https://auladigital.sence.cl/gestor/API`) when left out. */
  baseUrl?: string;
  /** The provider's RUT (`77124930-2`) and token; a token in lower case is sent in upper case. [S faq 15] */
  credenciales: Pick<Credenciales, 'rutOtec' | 'token'>;
  /** Of one try, from the call to the answer's last byte; {@link DEFAULT_TIMEOUT_MS} when left out. */
  timeoutMs?: number;
  /** Sent with every request, so that SENCE can tell who calls. */
  userAgent?: string;
  /** How to wait between two tries. */
  sleep?: Sleep;
  clock?: () => Date;
  /** How a request becomes an answer; over HTTP, by undici, when left out. For a network of one's own. */
  transport?: Transport;
}

/** Options of one call. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
  timeoutMs?: number;
}

/**
 * The Gestor Intermedio's API for one provider (OTEC). Keeps no connection open and needs no closing. HTTPS_PROXY,
 * HTTP_PROXY and NO_PROXY are honoured. Every failure is a {@link GestorError}; printing a client or an error shows
 * neither token nor RUT.
 */
export class GestorClient {
  readonly #base: string;
  readonly #credenciales: Credenciales;
  readonly #timeoutMs: number;
  readonly #userAgent: string;
  readonly #sleep: Sleep;
  readonly #clock: () => Date;
  readonly #transport: Transport;

  /**
   * @throws TypeError where `baseUrl` is no http or https address without user, query and fragment, or `userAgent` is
   *   not printable ASCII.
   */
  constructor(options: GestorClientOptions) {
    this.#base = readBaseUrl(options.baseUrl ?? BASE_URL);
    const { rutOtec, token } = options.credenciales;
    this.#credenciales = { rutOtec, idSistema: ID_SISTEMA, token: readToken(token)?.token ?? token };
    this.#timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
    this.#userAgent = readUserAgent(options.userAgent ?? 'puente-sic');
    this.#sleep = options.sleep ?? sleep;
    this.#clock = options.clock ?? (() => new Date());
    this.#transport = options.transport ?? exchange;
  }

  /**
   * Whether the service is reached and accepts the token: one try, answered within 15 seconds. Reads today's history
   * [S: the history is the connection test]; nothing is recorded. Never rejects for a failure of the connection.
   */
  async testConnection({
    signal,
    timeoutMs = CONNECTION_TEST_TIMEOUT_MS,
  }: CallOptions = {}): Promise<ConnectionTest> {
    const request = this.#historyRequest({ fechaDesde: santiagoDate(this.#clock()) }, { signal, timeoutMs });
    const operation = 'historialEnvios';
    const reply = await this.#transport(request);
    if (reply.kind === 'broken')
      return { kind: 'unreachable', error: brokenError(operation, request.url.host, reply) };
    const when = { durationMs: reply.durationMs, serverDate: serverDate(reply.headers) };
    const history = readHistory(decodeBody(reply) ?? '');
    if (history.kind === 'refused' && mayBeRefusal(reply))
      return { kind: 'refused', reason: history.reason, ...when };
    if (!isSuccess(reply))
      return { kind: 'unreachable', error: statusError(operation, request.url.host, reply) };
    if (history.kind === 'processes') return { kind: 'accepted', ...when };
    return {
      kind: 'unreachable',
      error: answerError(operation, 'unreadable', 'not an answer of the service', reply),
    };
  }

  /**
   * Sends one course (oferta + grupo). Resolves with what the service answered, whatever it says of the data.
   *
   * Tried again, up to two times, only where it is proved that no byte left. A {@link GestorError} with outcome
   * `unknown`, as an `unreadable` answer, means that the send may have been recorded: settle it by
   * {@link GestorClient.history} with the same codigoEnvio before sending it again.
   */
  async sendAvance(curso: Curso, options: CallOptions = {}): Promise<SentAvance> {
    const operation = 'enviarAvance';
    const body = envioBody(this.#credenciales, curso);
    const request: HttpRequest = {
      ...this.#request(operation, options),
      method: 'POST',
      body,
      headers: { ...this.#headers(), 'content-type': 'application/json' },
    };
    return withRetries(
      async () => {
        const reply = await this.#exchange(operation, request);
        const received = receive(reply);
        const answer = readAnswer(received.raw, curso);
        // A body that names its process is believed under any status; a refusal not from a server in trouble.
        const own =
          (answer.kind === 'processed' && answer.idProceso !== null) ||
          (answer.kind === 'refused' && mayBeRefusal(reply));
        if (!own && !isSuccess(reply)) throw statusError(operation, request.url.host, reply);
        return { ...received, answer };
      },
      (error) => error.outcome === 'not-sent' && error.retry === 'safe',
      this.#sleep,
      options.signal,
    );
  }

  /** Reads back what the service has recorded. Nothing is changed by it, so it is tried up to three times. */
  async history(filter: HistoryFilter = {}, options: CallOptions = {}): Promise<HistoryAnswer> {
    const operation = 'historialEnvios';
    const request = this.#historyRequest(filter, options);
    return withRetries(
      async () => {
        const reply = await this.#exchange(operation, request);
        const received = receive(reply);
        const history = readHistory(received.raw);
        if (history.kind === 'refused' && mayBeRefusal(reply)) {
          throw answerError(operation, 'not-authenticated', 'credentials not accepted', reply);
        }
        if (!isSuccess(reply)) throw statusError(operation, request.url.host, reply);
        if (history.kind !== 'processes')
          throw answerError(operation, 'unreadable', 'not an answer of the service', reply);
        const { processes, skipped, leaked } = history;
        return { ...received, processes, skipped, leaked };
      },
      (error) => error.retry === 'safe',
      this.#sleep,
      options.signal,
    );
  }

  async #exchange(operation: Operation, request: HttpRequest): Promise<Reply> {
    const reply = await this.#transport(request);
    if (reply.kind === 'broken') throw brokenError(operation, request.url.host, reply);
    return reply;
  }

  #historyRequest(filter: HistoryFilter, options: CallOptions): HttpRequest {
    const request = this.#request('historialEnvios', options);
    const { rutOtec, idSistema, token } = this.#credenciales;
    const query = request.url.searchParams;
    query.set('rutOtec', rutOtec);
    query.set('idSistema', String(idSistema));
    query.set('token', token);
    if (filter.fechaDesde !== undefined) query.set('fechaDesde', filter.fechaDesde);
    if (filter.codigoEnvio !== undefined) query.set('codigo_externo', filter.codigoEnvio);
    if (filter.idProceso !== undefined) query.set('id_proceso', String(filter.idProceso));
    return request;
  }

  #request(operation: Operation, { signal, timeoutMs = this.#timeoutMs }: CallOptions): HttpRequest {
    const url = new URL(`${this.#base}/avance-sic/${operation}`);
    return { method: 'GET', url, headers: this.#headers(), timeoutMs, signal };
  }

  #headers(): Record<string, string> {
    return {
      accept: 'application/json',
      'accept-encoding': ACCEPT_ENCODING,
      'user-agent': this.#userAgent,
    };
  }
}

/** What cannot be unpacked reads as an empty answer: nothing is known of it. */
function receive(reply: Reply): Received {
  return {
    raw: decodeBody(reply) ?? '',
    status: reply.status,
    durationMs: reply.durationMs,
    serverDate: serverDate(reply.headers),
  };
}

function isSuccess(reply: Reply): boolean {
  return reply.status >= 200 && reply.status < 300;
}

/**
 * `{"error":[…]}` is the service's word of credentials that it does not accept (001, 002). Under other statuses it
 * wraps other troubles: too big, too often, no such address, a store that is down.
 */
function mayBeRefusal(reply: Reply): boolean {
  return isSuccess(reply) || reply.status === 401 || reply.status === 403;
}

function readUserAgent(text: string): string {
  if (!/^[\x20-\x7E]+$/.test(text)) throw new TypeError('userAgent must be printable ASCII');
  return text;
}

function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new TypeError(
      'baseUrl must be an http or https address without user, password, query and fragment',
    );
  }
  return url.href.replace(/\/+$/, '');
}
