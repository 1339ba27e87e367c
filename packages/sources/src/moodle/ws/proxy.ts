import { type LookupOptions, lookup } from 'node:dns';
import { judgedLookup } from '@puente-sic/protocol';
import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { SourceError } from '../../source.ts';
import { isLoopback } from './address.ts';

/**
 * The way to a site: by the proxy of the environment, but for this machine itself, which no proxy could reach; never to a
 * name that leads to an internal service of the machine.
 */
export interface Way {
  dispatcher: Dispatcher;
  /** A proxy is set for such addresses: what fails may be its fault. */
  proxied: boolean;
}

/** @throws {SourceError} the proxy's address cannot be read, or is of a kind that is not spoken. */
export function wayTo(site: string, env: NodeJS.ProcessEnv = process.env): Way {
  if (isLoopback(site)) return { dispatcher: new Agent(), proxied: false };
  const httpProxy = proxyOf(env.http_proxy ?? env.HTTP_PROXY);
  const httpsProxy = proxyOf(env.https_proxy ?? env.HTTPS_PROXY);
  const own = site.startsWith('https:') ? (httpsProxy ?? httpProxy) : httpProxy;
  return {
    dispatcher: new EnvHttpProxyAgent({
      connect: { lookup: judgedLookup<LookupOptions>(lookup) },
      ...(httpProxy !== undefined && { httpProxy }),
      ...(httpsProxy !== undefined && { httpsProxy }),
    }),
    proxied: own !== undefined,
  };
}

/** `proxy.example:3128` is a common way to write it; without a scheme it would be read as one. */
function proxyOf(text: string | undefined): string | undefined {
  const proxy = text?.trim();
  if (!proxy) return undefined;
  const whole = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (/^https?:\/\//i.test(whole) && URL.canParse(whole)) return whole;
  // It may hold a password: it is not repeated.
  throw new SourceError(
    'wrong',
    /^socks/i.test(whole)
      ? 'El proxy de su red es SOCKS, y Puente solo usa proxies http:// o https://.'
      : 'La dirección del proxy de su red (HTTPS_PROXY o HTTP_PROXY) no se entiende.',
    'Corrija las variables HTTPS_PROXY y HTTP_PROXY, por ejemplo http://proxy.empresa.cl:3128, o agregue el Moodle a NO_PROXY si se llega sin proxy.',
  );
}
