import { BASE_URL, type Credenciales, EXAMPLE_TOKENS, ID_SISTEMA, readToken } from '@puente-sic/protocol';
import { exchange, type Transport } from './exchange.ts';
import type { Hooks } from './hooks.ts';
import type { GestorErrorCode } from './outcome.ts';
import { type Sleep, sleep } from './retries.ts';
import { ClientUsageError } from './usage-error.ts';

/** The official advice: answers can take minutes. [I p.44] */
export const DEFAULT_TIMEOUT_MS = 600_000;

export interface GestorClientOptions {
  /** Where the API stands; production (`https://auladigital.sence.cl/gestor/API`) when left out. */
  baseUrl?: string | undefined;
  /** The provider's RUT (`77124930-2`) and token; a token in lower case is sent in upper case. [S faq 15] */
  credenciales: Pick<Credenciales, 'rutOtec' | 'token'>;
  /** Of one try, from the call to the answer's last byte; {@link DEFAULT_TIMEOUT_MS} when left out. */
  timeoutMs?: number;
  /** Sent with every request, so that SENCE can tell who calls. */
  userAgent?: string;
  /** How to wait between two tries. */
  sleep?: Sleep;
  clock?: () => Date;
  /** How a request becomes an answer; over HTTP, by undici, when left out. See {@link fetchTransport}. */
  transport?: Transport;
  /** Told of every request, answer and repetition. */
  hooks?: Hooks;
}

/** The options of a client as it works with them. */
export interface Settings {
  baseUrl: string;
  credenciales: Credenciales;
  timeoutMs: number;
  userAgent: string;
  sleep: Sleep;
  clock: () => Date;
  transport: Transport;
  hooks: Hooks;
  /** Why no call can be made with this token; null where it can be tried. */
  unusable: Extract<GestorErrorCode, 'no-token' | 'example-token'> | null;
}

/** @throws ClientUsageError where an option is missing or cannot be used. */
export function readOptions(options: GestorClientOptions): Settings {
  const baseUrl = readBaseUrl(options.baseUrl ?? BASE_URL);
  const credenciales = readCredenciales(options.credenciales);
  return {
    baseUrl,
    credenciales,
    timeoutMs: options.timeoutMs ?? DEFAULT_TIMEOUT_MS,
    userAgent: readUserAgent(options.userAgent ?? 'puente-sic'),
    sleep: options.sleep ?? sleep,
    clock: options.clock ?? (() => new Date()),
    transport: options.transport ?? exchange,
    hooks: options.hooks ?? {},
    unusable: unusableToken(credenciales.token, baseUrl),
  };
}

/** Written for who has no types: `{}`, or a variable of the environment that is not set. */
function readCredenciales(given: Partial<GestorClientOptions['credenciales']> | undefined): Credenciales {
  const { rutOtec, token } = given ?? {};
  if (typeof rutOtec !== 'string')
    throw new ClientUsageError(
      'no-credentials',
      'GestorClient needs credenciales: { rutOtec, token }',
      "Give the provider's RUT and token: new GestorClient({ credenciales: { rutOtec: '76543210-3', token: process.env.SENCE_TOKEN } }).",
    );
  if (typeof token !== 'string')
    throw new ClientUsageError(
      'no-token',
      'GestorClient has no token: credenciales.token is not set',
      "Set the provider's token, which it gets at sistemas.sence.cl/rts, for instance in the variable SENCE_TOKEN.",
    );
  return { rutOtec, idSistema: ID_SISTEMA, token: readToken(token)?.token ?? token };
}

/** An example's token is of use at a Gestor of one's own, and must never be tried at the real one. */
function unusableToken(token: string, baseUrl: string): Settings['unusable'] {
  if (token.trim() === '') return 'no-token';
  const isOfficial = new URL(baseUrl).hostname === new URL(BASE_URL).hostname;
  return isOfficial && EXAMPLE_TOKENS.has(token.toUpperCase()) ? 'example-token' : null;
}

function readUserAgent(text: string): string {
  if (/^[\x20-\x7E]+$/.test(text)) return text;
  throw new ClientUsageError('user-agent', 'userAgent must be printable ASCII', 'Write it without accents.');
}

function readBaseUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search || url.hash) {
    throw new ClientUsageError(
      'base-url',
      'baseUrl must be an http or https address without user, password, query and fragment',
      `Leave it out for production, or write one as ${BASE_URL}.`,
    );
  }
  return url.href.replace(/\/+$/, '');
}
