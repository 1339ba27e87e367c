import { INTERNAL_ADDRESS } from '@puente-sic/protocol';
import { errors } from 'undici';
import { decodeBody } from './decode.ts';
import type { Broken, Reply } from './exchange.ts';
import { GestorError, type Retry } from './gestor-error.ts';
import { retryAfterSeconds, serverDate } from './headers.ts';
import type { GestorErrorCode, Operation, Outcome } from './outcome.ts';

/** The error of a request that brought no whole answer. `host` is named in the message. */
export function brokenError(operation: Operation, host: string, broken: Broken): GestorError {
  const systemCode = codeOf(broken.error);
  const code = brokenCode(broken, systemCode);
  const outcome = !broken.sent ? 'not-sent' : systemCode === PROXY_WANTS_PASSWORD ? 'refused' : 'unknown';
  return new GestorError({
    operation,
    code,
    outcome,
    retry: brokenRetry(operation, outcome, code, systemCode),
    message: `${operation}: ${code} at ${host}${systemCode ? ` (${systemCode})` : ''}; ${outcome}`,
    ...answerFacts(broken),
  });
}

/** A proxy's own answer to a request in plain http; undici gives it as an error. Nothing was passed on. */
const PROXY_WANTS_PASSWORD = 'proxy answered 407';

const NOT_HTTP = 'not HTTP';

function brokenCode(broken: Broken, systemCode: string | null): GestorErrorCode {
  if (broken.why !== 'failed') return broken.why;
  if (systemCode === PROXY_WANTS_PASSWORD) return 'proxy';
  if (broken.sent) return systemCode === NOT_HTTP ? 'unreadable' : 'connection-lost';
  if (isTls(systemCode)) return 'tls';
  if (broken.proxied) return 'proxy';
  return CONNECTING[systemCode ?? ''] ?? (systemCode?.startsWith('EAI_') ? 'dns' : 'network');
}

const CONNECTING: Record<string, GestorErrorCode> = {
  ENOTFOUND: 'dns',
  [INTERNAL_ADDRESS]: 'internal-address',
  ECONNREFUSED: 'connection-refused',
  ETIMEDOUT: 'connect-timeout',
  UND_ERR_CONNECT_TIMEOUT: 'connect-timeout',
};

/** OpenSSL's and Node's codes of a handshake, a certificate or a peer that speaks no TLS. */
function isTls(systemCode: string | null): boolean {
  return /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO|HOSTNAME_MISMATCH|INVALID_(CA|PURPOSE)|UND_ERR_PRX_TLS)/.test(
    systemCode ?? '',
  );
}

/** A certificate or a name does not mend itself between two tries; all else that kept a request from leaving may pass. */
function brokenRetry(
  operation: Operation,
  outcome: Outcome,
  code: GestorErrorCode,
  systemCode: string | null,
): Retry {
  if (outcome === 'unknown' && operation === 'enviarAvance') return 'unknown';
  if (code === 'too-large' || code === 'unreadable') return 'useless';
  const stays = code === 'tls' || code === 'internal-address' || systemCode === PROXY_WANTS_PASSWORD;
  return stays ? 'useless' : 'safe';
}

/** The innermost code of an error: of the last address tried, or of what a proxy's agent wraps. */
function codeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  if (error instanceof errors.HTTPParserError) return NOT_HTTP;
  if (error instanceof AggregateError && error.errors.length > 0) return codeOf(error.errors.at(-1));
  if ('code' in error && typeof error.code === 'string') {
    const status = /^Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(error.message)?.[1];
    return status ? `proxy answered ${status}` : error.code;
  }
  return codeOf(error.cause);
}

/** The error of a call that was not made, since the service has asked for a pause of which `leftMs` remain. */
export function quietError(operation: Operation, leftMs: number): GestorError {
  const retryAfterSeconds = Math.ceil(leftMs / 1000);
  return new GestorError({
    operation,
    code: 'asked-to-wait',
    outcome: 'not-sent',
    retry: 'safe',
    retryAfterSeconds,
    message: `${operation}: asked to wait ${retryAfterSeconds} s more; not-sent`,
  });
}

/**
 * What an answer's status proves of a send. By RFC 9110 these say that the request was not taken: it was wrong,
 * unauthorised, at a wrong address, too big (413), too often (429, RFC 6585), or is to be made elsewhere with its
 * method unchanged (307, 308). All others prove nothing. That holds for 503 with Retry-After too: a front answers it
 * also when the service behind it dies in the middle; and 502, 504, 408 and 500 come after the work as well as
 * before. 301, 302 and 303 are also what a program answers that did its work and shows its result elsewhere.
 */
const NOT_TAKEN = new Set([
  307, 308, 400, 401, 403, 404, 405, 406, 407, 410, 411, 413, 414, 415, 417, 421, 422, 426, 429, 431,
]);
/** Statuses that pass by themselves. */
const PASSING = new Set([408, 425, 429, 500, 502, 503, 504]);

/** The error of an answer whose status is not 2xx. */
export function statusError(operation: Operation, host: string, reply: Reply): GestorError {
  const { status } = reply;
  const outcome = NOT_TAKEN.has(status) ? 'refused' : 'unknown';
  const known = operation === 'historialEnvios' || outcome === 'refused';
  return new GestorError({
    operation,
    code: status === 407 ? 'proxy' : status >= 300 && status < 400 ? 'redirected' : 'http-status',
    outcome,
    retry: known ? (PASSING.has(status) ? 'safe' : 'useless') : 'unknown',
    message: `${operation}: HTTP ${status} from ${host}; ${outcome}`,
    ...answerFacts(reply),
  });
}

/** The error of an answer that arrived whole and is not the service's. `why` is told in English. */
export function answerError(
  operation: Operation,
  code: 'unreadable' | 'too-large' | 'not-authenticated',
  why: string,
  reply: Reply,
): GestorError {
  return new GestorError({
    operation,
    code,
    outcome: code === 'not-authenticated' ? 'refused' : 'unknown',
    retry: 'useless',
    message: `${operation}: ${why}`,
    ...answerFacts(reply),
  });
}

/** The error of a call that was not made. `why` is told in English. */
export function unsentError(
  operation: Operation,
  code: Extract<GestorErrorCode, 'no-token' | 'example-token' | 'repeated-codigo-envio'>,
  why: string,
): GestorError {
  const message = `${operation}: ${code}; ${why}`;
  return new GestorError({ operation, code, outcome: 'not-sent', retry: 'useless', message });
}

/** The error of a send that was answered with a refusal of its credentials. */
export function refusedError(operation: Operation): GestorError {
  const message = `${operation}: credentials not accepted`;
  return new GestorError({
    operation,
    code: 'not-authenticated',
    outcome: 'refused',
    retry: 'useless',
    message,
  });
}

function answerFacts(reply: Reply | Broken) {
  return {
    status: reply.status,
    durationMs: reply.durationMs,
    serverDate: serverDate(reply.headers),
    retryAfterSeconds: retryAfterSeconds(reply.headers),
    body: decodeBody(reply) || null,
  };
}
