import type { Broken, Reply, Transport } from './exchange.ts';

/** What a transport needs of `fetch`: any that has its form, as of a framework or of a test. */
export type FetchLike = (
  url: URL,
  init: {
    method: 'GET' | 'POST';
    headers: Record<string, string>;
    body?: Uint8Array<ArrayBuffer>;
    signal: AbortSignal;
    redirect: 'manual';
  },
) => Promise<{ status: number; headers: Iterable<[string, string]>; arrayBuffer(): Promise<ArrayBuffer> }>;

/**
 * A transport over a `fetch` of one's own. It cannot tell whether a byte left, so that no failure of it counts as not
 * sent, and no send is made again without the history: the client's own transport knows more.
 */
export function fetchTransport(fetch: FetchLike): Transport {
  return async ({ method, url, headers, body, timeoutMs, signal }) => {
    const begun = performance.now();
    const durationMs = () => performance.now() - begun;
    const broken = (why: Broken['why'], sent: boolean, error: unknown = null): Broken => ({
      ...{ kind: 'broken', why, sent, proxied: false, error, status: null, headers: {} },
      ...{ body: new Uint8Array(), durationMs: durationMs() },
    });
    if (signal?.aborted) return broken('aborted', false);
    const limit = AbortSignal.timeout(timeoutMs);
    try {
      const answer = await fetch(url, {
        method,
        // What fetch unpacks by itself must not be announced as packed.
        headers: { ...headers, 'accept-encoding': 'identity' },
        ...(body && { body: new Uint8Array(body) }),
        signal: signal ? AbortSignal.any([signal, limit]) : limit,
        redirect: 'manual',
      });
      const reply: Reply = {
        kind: 'reply',
        status: answer.status,
        headers: unpackedHeaders(answer.headers),
        body: new Uint8Array(await answer.arrayBuffer()),
        durationMs: durationMs(),
      };
      return reply;
    } catch (error) {
      if (signal?.aborted) return broken('aborted', true);
      return broken(limit.aborted ? 'timeout' : 'failed', true, error);
    }
  };
}

/** `fetch` unpacks the body and leaves the header that says it is packed. */
function unpackedHeaders(headers: Iterable<[string, string]>): Reply['headers'] {
  const entries = [...headers].map(([name, value]) => [name.toLowerCase(), value] as const);
  return Object.fromEntries(entries.filter(([name]) => name !== 'content-encoding'));
}
