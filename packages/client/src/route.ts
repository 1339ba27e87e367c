import { type LookupOptions, lookup } from 'node:dns';
import { isLoopback, judgedLookup } from '@puente-sic/protocol';
import { Agent, Client, type Dispatcher, EnvHttpProxyAgent } from 'undici';

/** A way to one host, used for one request. */
export interface Route {
  dispatcher: Dispatcher;
  /** Whether the request, once dispatched, went by a proxy. */
  proxied(): boolean;
}

/**
 * Opens the way to a URL: through HTTPS_PROXY or HTTP_PROXY (also in lower case) unless NO_PROXY names its host.
 * This machine itself is always reached directly: a proxy could not reach it. A name that leads to an internal service
 * of the machine is not called; through a proxy it is the proxy that looks it up.
 * Throws where a proxy's address cannot be read; that error carries the address and must not be shown.
 */
export function openRoute(url: URL): Route {
  let proxied = false;
  const factory = (origin: string | URL, options: { connect?: unknown }) => {
    // Only a proxy's agent brings its own way to connect.
    proxied = typeof options.connect === 'function';
    return oneConnection(origin, options);
  };
  const connect = { lookup: judgedLookup<LookupOptions>(lookup) };
  const options = { factory, connections: 1, connect };
  return {
    dispatcher: isLoopback(url.hostname)
      ? new Agent(options)
      : // Plain http goes through a proxy as an absolute URL, as everywhere: many refuse CONNECT to port 80.
        new EnvHttpProxyAgent({ ...options, ...proxies(), proxyTunnel: false }),
    proxied: () => proxied,
  };
}

/**
 * A connection that is tried once. Left to itself, undici dials again and again, without a pause, where a proxy
 * accepts and then closes.
 */
function oneConnection(origin: string | URL, options: object): Dispatcher {
  const client = new Client(origin, options);
  client.on('connectionError', (_origin, _targets, error) => void client.destroy(error));
  return client;
}

function proxies(): { httpProxy?: string; httpsProxy?: string } {
  const httpProxy = withScheme(process.env.http_proxy ?? process.env.HTTP_PROXY);
  const httpsProxy = withScheme(process.env.https_proxy ?? process.env.HTTPS_PROXY);
  return {
    ...(httpProxy === undefined ? {} : { httpProxy }),
    ...(httpsProxy === undefined ? {} : { httpsProxy }),
  };
}

/** `proxy.example:3128` is a common way to write it; without a scheme it would be read as one. */
function withScheme(proxy: string | undefined): string | undefined {
  const text = proxy?.trim();
  if (!text) return undefined;
  if (!text.includes('://')) return `http://${text}`;
  // What undici does with others (SOCKS) is an experiment, and its failures look like the Gestor's.
  if (!/^https?:/i.test(text)) throw new TypeError('a proxy of a kind that is not spoken');
  return text;
}
