import { openRoute, type Route } from './route.ts';

/** Connecting (name, proxy, TCP, TLS) takes at most this long, however long the answer may take. */
export const CONNECT_TIMEOUT_MS = 15_000;
/** An answer larger than this, once unpacked, is not the service's: a year of history stays well below it. */
export const MAX_ANSWER_BYTES = 256 * 1024 * 1024;

/** A timer set for longer would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface HttpRequest {
  method: 'GET' | 'POST';
  url: URL;
  headers: Record<string, string>;
  body?: Uint8Array;
  /** From the call to the answer's last byte. */
  timeoutMs: number;
  signal?: AbortSignal | undefined;
  /**
   * Given each part of the answer's body as it arrives. What it takes (true) is not gathered and not in the
   * {@link Reply}, so that a body of any length takes no room. A transport may leave it alone and gather all.
   */
  onData?: (chunk: Uint8Array, head: Pick<Reply, 'status' | 'headers'>) => boolean;
}

/** A whole HTTP answer, whatever its status. */
export interface Reply {
  kind: 'reply';
  status: number;
  /** By name in lower case. */
  headers: Record<string, string | string[] | undefined>;
  body: Uint8Array;
  durationMs: number;
}

/** No whole answer. */
export interface Broken {
  kind: 'broken';
  why: 'aborted' | 'timeout' | 'connect-timeout' | 'too-large' | 'failed';
  /** False only where it is proved that no byte of the request was written. */
  sent: boolean;
  /** The connection went, or would have gone, through a proxy. */
  proxied: boolean;
  /** The error below; for classification only: it is never shown nor kept, since it may carry the request. */
  error: unknown;
  /** What had come of the answer. */
  status: number | null;
  headers: Reply['headers'];
  body: Uint8Array;
  durationMs: number;
}

/**
 * One request and what became of it. Never throws, never repeats, follows no redirect; `sent: false` is a proof that
 * no byte of the request was written, so that it may be made again.
 */
export type Transport = (request: HttpRequest) => Promise<Reply | Broken>;

/**
 * One request on a connection of its own, closed afterwards. Never throws, never repeats, follows no redirect.
 *
 * A fresh connection each time is what makes `sent: false` a proof: undici calls `onRequestStart` in the same turn
 * of the event loop in which it writes the first byte, and on a kept-alive connection a write can meet a server that
 * is just closing it, which looks the same whether the server read the request or not. A send takes seconds to
 * minutes; the handshake that this costs does not show.
 */
export async function exchange(request: HttpRequest): Promise<Reply | Broken> {
  const begun = performance.now();
  let sent = false;
  let status: number | null = null;
  let headers: Reply['headers'] = {};
  const chunks: Buffer[] = [];
  const timers: NodeJS.Timeout[] = [];
  let route: Route | undefined;
  let onAbort = () => {};
  let size = 0;
  const broken = (why: Broken['why'], error: unknown = null): Broken => ({
    kind: 'broken',
    why,
    sent,
    proxied: route?.proxied() ?? false,
    error,
    status,
    headers,
    body: Buffer.concat(chunks),
    durationMs: performance.now() - begun,
  });

  if (request.signal?.aborted) return broken('aborted');

  const outcome = new Promise<Reply | Broken>((resolve) => {
    let over = false;
    const end = (result: Reply | Broken) => {
      over = true;
      resolve(result);
    };
    const endAfter = (ms: number, why: Broken['why']) => {
      const timer = setTimeout(() => end(broken(why)), ms);
      timers.push(timer);
      return timer;
    };
    const connecting = endAfter(Math.min(CONNECT_TIMEOUT_MS, request.timeoutMs), 'connect-timeout');
    endAfter(Math.min(request.timeoutMs, LONGEST_TIMER_MS), 'timeout');
    onAbort = () => end(broken('aborted'));
    request.signal?.addEventListener('abort', onAbort, { once: true });

    try {
      route = openRoute(request.url);
    } catch (error) {
      return end({ ...broken('failed', error), proxied: true });
    }
    route.dispatcher.dispatch(
      {
        origin: request.url.origin,
        path: `${request.url.pathname}${request.url.search}`,
        method: request.method,
        headers: request.headers,
        body: request.body ?? null,
        reset: true,
        headersTimeout: 0,
        bodyTimeout: 0,
      },
      {
        onRequestStart(controller) {
          // The last turn before the first byte: what has been told as not sent must not leave now.
          if (over) return controller.abort(new Error('over'));
          sent = true;
          clearTimeout(connecting);
        },
        onResponseStart(_controller, statusCode, responseHeaders) {
          // 1xx answers come before the real one.
          if (statusCode < 200) return;
          status = statusCode;
          headers = responseHeaders;
        },
        onResponseData(_controller, chunk) {
          if (status !== null && request.onData?.(chunk, { status, headers })) return;
          size += chunk.length;
          chunks.push(chunk);
          if (size <= MAX_ANSWER_BYTES) return;
          chunks.length = 0;
          end(broken('too-large'));
        },
        onResponseEnd() {
          if (status === null) return end(broken('failed'));
          const durationMs = performance.now() - begun;
          end({ kind: 'reply', status, headers, body: Buffer.concat(chunks), durationMs });
        },
        onResponseError: (_controller, error) => end(broken('failed', error)),
      },
    );
  });

  try {
    return await outcome;
  } finally {
    for (const timer of timers) clearTimeout(timer);
    request.signal?.removeEventListener('abort', onAbort);
    await route?.dispatcher.destroy();
  }
}
