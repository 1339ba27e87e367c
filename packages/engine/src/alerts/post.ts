import { createHmac } from 'node:crypto';
import { type LookupOptions, lookup } from 'node:dns';
import { judgedLookup } from '@puente-sic/protocol';
import { EnvHttpProxyAgent, fetch } from 'undici';

/** Where a webhook is called. */
export interface PostAddress {
  url: string;
  /** Known to the receiver too: with it each call is signed, see {@link signatureOf}. */
  clave?: string;
}

/** Calls a webhook. Rejects where it does not take the body; the caller tries again later. @throws WebhookRefusal */
export async function postJson({ url, clave }: PostAddress, content: unknown, now: Date): Promise<void> {
  const body = JSON.stringify(content);
  // Node's own fetch does not know HTTPS_PROXY.
  const connect = { lookup: judgedLookup<LookupOptions>(lookup) };
  const dispatcher = new EnvHttpProxyAgent({ ...proxies(), proxyTunnel: false, connect });
  try {
    const answer = await fetch(url, {
      dispatcher,
      method: 'POST',
      headers: {
        'content-type': 'application/json; charset=utf-8',
        ...(clave !== undefined && signatureOf(clave, body, now)),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    await answer.body?.cancel();
    // The address stays out of the message: it is the webhook's password.
    if (!answer.ok) throw new WebhookRefusal(answer.status);
  } finally {
    await dispatcher.destroy();
  }
}

/** The address answered, and did not take the body: another body may be taken. */
export class WebhookRefusal extends Error {
  override readonly name = 'WebhookRefusal';
  constructor(status: number) {
    super(`The webhook answered HTTP ${status}`);
  }
}

/**
 * What shows the receiver that a call is ours and of now: HMAC-SHA-256 over the time (seconds since 1970), a full stop
 * and the body as it is sent. docs/configuracion.md has the check for PHP and Node.
 */
function signatureOf(clave: string, body: string, now: Date): Record<string, string> {
  const fecha = String(Math.floor(now.getTime() / 1000));
  const firma = createHmac('sha256', clave).update(`${fecha}.${body}`).digest('hex');
  return { 'x-puente-fecha': fecha, 'x-puente-firma': `sha256=${firma}` };
}

/** A proxy written without a scheme is one of http. Throws for a kind that is not spoken. */
function proxies(): { httpProxy?: string; httpsProxy?: string } {
  const { env } = process;
  const read = (text: string | undefined): string | undefined => {
    const proxy = text?.trim();
    if (!proxy || proxy.includes('://')) {
      if (proxy && !/^https?:/i.test(proxy)) throw new TypeError('a proxy of a kind that is not spoken');
      return proxy || undefined;
    }
    return `http://${proxy}`;
  };
  const httpProxy = read(env.http_proxy ?? env.HTTP_PROXY);
  const httpsProxy = read(env.https_proxy ?? env.HTTPS_PROXY);
  return { ...(httpProxy !== undefined && { httpProxy }), ...(httpsProxy !== undefined && { httpsProxy }) };
}

/** For a mail server and for a webhook alike. */
export const TIMEOUT_MS = 20_000;
