import {
  BASE_URL,
  type Credenciales,
  type Curso,
  ID_SISTEMA,
  type ProcesoHistorial,
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
import { retryAfterSeconds, serverDate } from './headers.ts';
import { type HistoryBody, historyBody } from './read-stream.ts';
import type {
  ConnectionTest,
  HistoryAnswer,
  HistoryFilter,
  HistoryRead,
  Received,
  SentAvance,
} from './results.ts';
import { type Pacing, type Sleep, sleep, withRetries } from './retries.ts';

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
 * HTTP_PROXY and NO_PROXY are honoured, and an answer's `Retry-After` holds for every call that follows. Every failure is a {@link GestorError}; printing a client or an error shows
 * neither token nor RUT.
 */
export class GestorClient {
  readonly #base: string;
  readonly #credenciales: Credenciales;
  readonly #timeoutMs: number;
  readonly #userAgent: string;
  readonly #clock: () => Date;
  readonly #transport: Transport;
  readonly #pacing: Pacing;
  /** Since when and until when an answer has asked to be left alone, in milliseconds since 1970. */
  #quiet = { since: 0, until: 0 };

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
    this.#clock = options.clock ?? (() => new Date());
    this.#pacing = {
      sleep: options.sleep ?? sleep,
      now: () => this.#clock().getTime(),
      quietUntil: () => this.#quietUntil(),
    };
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
    const reply = await this.#heard(request);
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
   * What the service's clock says, by one short request; null where it does not answer or does not tell, or has asked to
   * be left alone. Asked right after a send was cut, it is what the wait for the history is counted from, whatever becomes
   * of this computer's clock.
   */
  async serviceTime(codigoEnvio: string, { signal }: Pick<CallOptions, 'signal'> = {}): Promise<Date | null> {
    if (this.#quietUntil() > this.#clock().getTime()) return null;
    const options = { signal, timeoutMs: CONNECTION_TEST_TIMEOUT_MS };
    const reply = await this.#heard(this.#historyRequest({ codigoEnvio }, options));
    return reply.kind === 'broken' ? null : serverDate(reply.headers);
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
      operation,
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
      this.#pacing,
      options.signal,
    );
  }

  /** Reads back what the service has recorded. Nothing is changed by it, so it is tried up to three times. */
  async history(filter: HistoryFilter = {}, options: CallOptions = {}): Promise<HistoryAnswer> {
    const operation = 'historialEnvios';
    const request = this.#historyRequest(filter, options);
    return withRetries(
      operation,
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
      this.#pacing,
      options.signal,
    );
  }

  /**
   * Reads the history process by process, as it arrives: of any length, in flat memory. Tried again, up to two times,
   * only while no process has been given (and not at all with `once`); what was given counts only if the promise resolves. A process may take 64 MiB
   * (`too-large`). What `onProcess` throws comes through.
   */
  async historyStream(
    filter: HistoryFilter,
    onProcess: (proceso: ProcesoHistorial) => void,
    { once = false, ...options }: CallOptions & { once?: boolean } = {},
  ): Promise<HistoryRead> {
    let given = 0;
    const give = (proceso: ProcesoHistorial) => {
      given += 1;
      onProcess(proceso);
    };
    return withRetries(
      'historialEnvios',
      async () => {
        const read = await this.#readStream(filter, give, options);
        return { ...read, processes: given };
      },
      (error) => !once && error.retry === 'safe' && given === 0,
      this.#pacing,
      options.signal,
    );
  }

  async #readStream(
    filter: HistoryFilter,
    onProcess: (proceso: ProcesoHistorial) => void,
    options: CallOptions,
  ): Promise<Omit<HistoryRead, 'processes'>> {
    const operation = 'historialEnvios';
    let body: HistoryBody | undefined;
    const request: HttpRequest = {
      ...this.#historyRequest(filter, options),
      onData: (chunk, head) => {
        if (!isSuccess(head)) return false;
        body ??= historyBody(head.headers, onProcess);
        body.push(chunk);
        return true;
      },
    };
    const reply = await this.#exchange(operation, request);
    if (!isSuccess(reply)) {
      const isRefused = readHistory(decodeBody(reply) ?? '').kind === 'refused' && mayBeRefusal(reply);
      throw isRefused
        ? answerError(operation, 'not-authenticated', 'credentials not accepted', reply)
        : statusError(operation, request.url.host, reply);
    }
    if (body === undefined) {
      body = historyBody(reply.headers, onProcess);
      body.push(reply.body);
    }
    const end = await body.end();
    if (end.kind === 'refused') {
      throw answerError(operation, 'not-authenticated', 'credentials not accepted', reply);
    }
    if (end.kind !== 'processes')
      throw answerError(operation, end.kind, 'not an answer of the service', reply);
    const { status, durationMs, headers } = reply;
    return { status, durationMs, serverDate: serverDate(headers), skipped: end.skipped, leaked: end.leaked };
  }

  async #exchange(operation: Operation, request: HttpRequest): Promise<Reply> {
    const reply = await this.#heard(request);
    if (reply.kind === 'broken') throw brokenError(operation, request.url.host, reply);
    return reply;
  }

  /** What came of a request; a pause that its answer asks for is kept. */
  async #heard(request: HttpRequest): ReturnType<Transport> {
    const reply = await this.#transport(request);
    const asked = (retryAfterSeconds(reply.headers) ?? 0) * 1000;
    const since = this.#clock().getTime();
    if (asked > 0) this.#quiet = { since, until: Math.max(this.#quietUntil(), since + asked) };
    return reply;
  }

  /** A pause that by this clock has not begun was written by one that was ahead: it holds nobody. */
  #quietUntil(): number {
    return this.#clock().getTime() < this.#quiet.since ? 0 : this.#quiet.until;
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

function isSuccess({ status }: Pick<Reply, 'status'>): boolean {
  return status >= 200 && status < 300;
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
