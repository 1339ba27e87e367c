import {
  type Curso,
  type ProcesoHistorial,
  readAnswer,
  readHistory,
  santiagoDate,
} from '@puente-sic/protocol';
import type { CallOptions, Calls } from './calls.ts';
import type { CourseOptions, CourseSent } from './course/results.ts';
import { sendCourse } from './course/send-course.ts';
import { ACCEPT_ENCODING, decodeBody } from './decode.ts';
import { envioBody } from './envio-body.ts';
import type { HttpRequest, Reply, Transport } from './exchange.ts';
import { answerError, brokenError, statusError, unsentError } from './failure.ts';
import type { GestorError } from './gestor-error.ts';
import { retryAfterSeconds, serverDate } from './headers.ts';
import { type Hooks, hookedPacing, hookedTransport } from './hooks.ts';
import { type GestorClientOptions, readOptions, type Settings } from './options.ts';
import type { Operation } from './outcome.ts';
import { type HistoryBody, historyBody } from './read-stream.ts';
import { isSuccess, mayBeRefusal, receive } from './reply.ts';
import type { ConnectionTest, HistoryAnswer, HistoryFilter, HistoryRead, SentAvance } from './results.ts';
import { type Pacing, withRetries } from './retries.ts';

export const CONNECTION_TEST_TIMEOUT_MS = 15_000;

/**
 * The Gestor Intermedio's API for one provider (OTEC). Keeps no connection open and needs no closing. HTTPS_PROXY,
 * HTTP_PROXY and NO_PROXY are honoured, and an answer's `Retry-After` holds for every call that follows. Every failure is a {@link GestorError}; printing a client or an error shows
 * neither token nor RUT.
 */
export class GestorClient implements Calls {
  readonly #settings: Settings;
  readonly #transport: Transport;
  readonly #pacing: Pacing;
  readonly #hooks: Hooks;
  /** Every codigoEnvio of which a byte may have left. */
  readonly #used = new Set<string>();
  /** Since when and until when an answer has asked to be left alone, in milliseconds since 1970. */
  #quiet = { since: 0, until: 0 };

  /** @throws ClientUsageError where an option is missing or cannot be used; it says which, and what to do. */
  constructor(options: GestorClientOptions) {
    this.#settings = readOptions(options);
    const { sleep, clock, transport, hooks } = this.#settings;
    this.#hooks = hooks;
    this.#transport = hookedTransport(transport, hooks);
    this.#pacing = { sleep, now: () => clock().getTime(), quietUntil: () => this.#quietUntil() };
  }

  /**
   * Whether the service is reached and accepts the token: one try, answered within 15 seconds. Reads today's history
   * [S: the history is the connection test]; nothing is recorded. Never rejects for a failure of the connection.
   */
  async testConnection({
    signal,
    timeoutMs = CONNECTION_TEST_TIMEOUT_MS,
  }: CallOptions = {}): Promise<ConnectionTest> {
    const request = this.#historyRequest(
      { fechaDesde: santiagoDate(this.#settings.clock()) },
      { signal, timeoutMs },
    );
    const operation = 'historialEnvios';
    const unusable = this.#unusable(operation);
    if (unusable) return { kind: 'unreachable', error: unusable };
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
    if (this.#quietUntil() > this.#settings.clock().getTime()) return null;
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
    const { codigoEnvio } = curso;
    if (codigoEnvio !== undefined && this.#used.has(codigoEnvio))
      throw unsentError(operation, 'repeated-codigo-envio', 'this codigoEnvio has been sent before');
    const body = envioBody(this.#settings.credenciales, curso);
    const request: HttpRequest = {
      ...this.#request(operation, options),
      method: 'POST',
      body,
      headers: { ...this.#headers(), 'content-type': 'application/json' },
    };
    return withRetries(
      operation,
      async () => {
        const reply = await this.#exchange(operation, request, codigoEnvio);
        const received = receive(reply);
        const answer = readAnswer(received.raw, curso);
        // A body that names its process is believed under any status; a refusal not from a server in trouble.
        const own =
          (answer.kind === 'processed' && answer.idProceso !== null) ||
          (answer.kind === 'refused' && mayBeRefusal(reply));
        if (!own && !isSuccess(reply)) throw statusError(operation, request.url.host, reply);
        return { ...received, answer };
      },
      ...this.#retrying(operation, (error) => error.outcome === 'not-sent' && error.retry === 'safe'),
      options.signal,
    );
  }

  /**
   * Sends a course of any size and sees it through: in parts of at most 200 students, each with a codigoEnvio of its
   * own, each kept in `storage` before it leaves. What becomes of a part whose answer was lost is settled by the history,
   * which takes up to 20 minutes and more where the service is slow; only what is proved not to have arrived goes again.
   * After a restart the same call first settles what was open, and does not send again what SENCE took today.
   *
   * Rejects only for what `storage` throws: what went wrong with the service is in the result.
   */
  async sendCourse(curso: Curso, options: CourseOptions): Promise<CourseSent> {
    const { clock, sleep } = this.#settings;
    return sendCourse(curso, { ...options, client: this, clock, sleep });
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
      ...this.#retrying(operation, (error) => error.retry === 'safe'),
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
      ...this.#retrying('historialEnvios', (error) => !once && error.retry === 'safe' && given === 0),
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

  async #exchange(operation: Operation, request: HttpRequest, codigoEnvio?: string): Promise<Reply> {
    const unusable = this.#unusable(operation);
    if (unusable) throw unusable;
    const reply = await this.#heard(request);
    if (codigoEnvio !== undefined && (reply.kind === 'reply' || reply.sent)) this.#used.add(codigoEnvio);
    if (reply.kind === 'broken') throw brokenError(operation, request.url.host, reply);
    return reply;
  }

  /** What came of a request; a pause that its answer asks for is kept. */
  async #heard(request: HttpRequest): ReturnType<Transport> {
    const reply = await this.#transport(request);
    const asked = (retryAfterSeconds(reply.headers) ?? 0) * 1000;
    const since = this.#settings.clock().getTime();
    if (asked > 0) this.#quiet = { since, until: Math.max(this.#quietUntil(), since + asked) };
    return reply;
  }

  /** A pause that by this clock has not begun was written by one that was ahead: it holds nobody. */
  #quietUntil(): number {
    return this.#settings.clock().getTime() < this.#quiet.since ? 0 : this.#quiet.until;
  }

  /** Why no call can be made with these credentials; null where they can be tried. */
  #unusable(operation: Operation): GestorError | null {
    const { unusable } = this.#settings;
    return unusable && unsentError(operation, unusable, 'no call was made');
  }

  /** What {@link withRetries} needs beside the call itself, with the hooks told of each repetition. */
  #retrying(operation: Operation, mayRepeat: (error: GestorError) => boolean) {
    return hookedPacing(operation, mayRepeat, this.#pacing, this.#hooks);
  }

  #historyRequest(filter: HistoryFilter, options: CallOptions): HttpRequest {
    const request = this.#request('historialEnvios', options);
    const { rutOtec, idSistema, token } = this.#settings.credenciales;
    const query = request.url.searchParams;
    query.set('rutOtec', rutOtec);
    query.set('idSistema', String(idSistema));
    query.set('token', token);
    if (filter.fechaDesde !== undefined) query.set('fechaDesde', filter.fechaDesde);
    if (filter.codigoEnvio !== undefined) query.set('codigo_externo', filter.codigoEnvio);
    if (filter.idProceso !== undefined) query.set('id_proceso', String(filter.idProceso));
    return request;
  }

  #request(operation: Operation, { signal, timeoutMs = this.#settings.timeoutMs }: CallOptions): HttpRequest {
    const url = new URL(`${this.#settings.baseUrl}/avance-sic/${operation}`);
    return { method: 'GET', url, headers: this.#headers(), timeoutMs, signal };
  }

  #headers(): Record<string, string> {
    return {
      accept: 'application/json',
      'accept-encoding': ACCEPT_ENCODING,
      'user-agent': this.#settings.userAgent,
    };
  }
}
