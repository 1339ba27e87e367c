import { setTimeout as pause } from 'node:timers/promises';
import { request } from 'undici';
import type { ZodType } from 'zod';
import { endpoint, siteAddress } from './address.ts';
import { readAnswer } from './answer.ts';
import { httpError, networkError, shapeError, WsError } from './errors.ts';
import { exceptionError } from './exceptions.ts';
import { formFields, type Parameter } from './form.ts';
import type { Noise } from './noise.ts';
import { wayTo } from './proxy.ts';

export interface WsClientOptions {
  /** The site's address, as people paste it. */
  url: string;
  token: string;
  /** Milliseconds for one call, answer included. */
  timeout?: number;
  /** Calls under way at once. Polite: the site has students on it. */
  parallel?: number;
  /** Milliseconds to wait before each further try of a call that failed for a passing reason. */
  pauses?: readonly number[];
}

/** Calls of Moodle's web services over REST. Reads only, so that a call that failed can be made again. */
export interface WsClient {
  /** The site's address without a slash at its end. */
  readonly site: string;
  /** The first text that stood beside the data of an answer since the last look; null: there was none. */
  takeNoise(): Noise | null;
  /**
   * Calls a function and gives its answer once the schema has accepted it.
   * @throws {WsError} what Moodle refused, or the way to it; in Spanish, never with the token.
   */
  call<T>(
    wsfunction: string,
    parameters: Record<string, Parameter>,
    schema: ZodType<T>,
    signal?: AbortSignal,
  ): Promise<T>;
  close(): Promise<void>;
}

const TIMEOUT = 180_000;
const PARALLEL = 2;
const PAUSES = [2_000, 8_000, 20_000];
const MAX_BODY = 256 * 1024 * 1024;

/**
 * Text as stored and, where Moodle always picks a language (section names), Spanish. Without `raw`, names come
 * HTML-escaped, their tags stripped, the languages of an activity's name glued together.
 */
const TEXT_SETTINGS = { moodlewssettingraw: true, moodlewssettinglang: 'es' };

export function wsClient(options: WsClientOptions): WsClient {
  const site = siteAddress(options.url);
  const { timeout = TIMEOUT, parallel = PARALLEL, pauses = PAUSES } = options;
  const { dispatcher, proxied } = wayTo(site);
  const turn = turns(parallel);
  let noisy: Noise | null = null;

  async function once(wsfunction: string, parameters: Record<string, Parameter>, signal?: AbortSignal) {
    const body = new URLSearchParams([
      ['wstoken', options.token],
      ['wsfunction', wsfunction],
      ['moodlewsrestformat', 'json'],
      ...formFields({ ...TEXT_SETTINGS, ...parameters }),
    ]);
    const limit = AbortSignal.timeout(timeout);
    const reply = await post(body.toString(), signal ? AbortSignal.any([signal, limit]) : limit).catch(
      (error: unknown) => {
        signal?.throwIfAborted();
        throw networkError(wsfunction, site, error, proxied);
      },
    );
    if (reply.status !== 200) throw httpError(wsfunction, site, reply.status, reply.location, reply.body);
    const answer = readAnswer(reply.body);
    if (answer.kind === 'exception') throw exceptionError(wsfunction, answer.errorcode, answer.message);
    if (answer.kind === 'unreadable') throw httpError(wsfunction, site, 200, undefined, reply.body);
    if (answer.around !== null) noisy ??= { wsfunction, text: answer.around };
    return answer.value;
  }

  async function post(body: string, signal: AbortSignal) {
    const reply = await request(endpoint(site), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body,
      dispatcher,
      signal,
      headersTimeout: timeout,
      bodyTimeout: timeout,
    });
    const location = reply.headers.location;
    return {
      status: reply.statusCode,
      location: typeof location === 'string' ? location : undefined,
      body: await readText(reply.body),
    };
  }

  async function patiently(wsfunction: string, parameters: Record<string, Parameter>, signal?: AbortSignal) {
    for (const ms of pauses) {
      try {
        return await turn(() => once(wsfunction, parameters, signal));
      } catch (error) {
        if (!(error instanceof WsError) || error.kind !== 'down') throw error;
        // A pause only fails by being given up.
        await pause(ms, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
      }
    }
    return turn(() => once(wsfunction, parameters, signal));
  }

  return {
    site,
    takeNoise() {
      const taken = noisy;
      noisy = null;
      return taken;
    },
    async call(wsfunction, parameters, schema, signal) {
      signal?.throwIfAborted();
      const read = schema.safeParse(await patiently(wsfunction, parameters, signal));
      if (read.success) return read.data;
      const issue = read.error.issues[0];
      throw shapeError(wsfunction, `${issue?.path.join('.') || 'respuesta'}: ${issue?.code ?? ''}`);
    },
    close: () => dispatcher.close(),
  };
}

async function readText(body: AsyncIterable<Buffer>): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of body) {
    size += piece.length;
    if (size > MAX_BODY) throw new Error('answer too large');
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** Lets at most `places` pieces of work run at once, in the order asked. */
function turns(places: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = places;
  return async (work) => {
    if (free === 0) await new Promise<void>((start) => waiting.push(start));
    else free -= 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
