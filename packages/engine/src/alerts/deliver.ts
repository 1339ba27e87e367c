import { createHmac } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { EnvHttpProxyAgent, fetch } from 'undici';
import type { Alerta, Correo, Webhook } from './alerta.ts';

/** A mail as it goes out. */
export interface Escrita {
  asunto: string;
  texto: string;
  html: string;
}

/** Sends one mail. Rejects where the server did not take it; the caller tries again later. */
export async function mail(
  { asunto, texto, html }: Escrita,
  { servidor, puerto, tls = false, usuario, clave, de, para }: Correo,
): Promise<void> {
  const transport = createTransport({
    host: servidor,
    port: puerto,
    secure: tls,
    ...(usuario !== undefined && { auth: { user: usuario, pass: clave ?? '' } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    await transport.sendMail({
      from: de.includes('<') ? de : { name: 'Puente SIC', address: de },
      to: para,
      subject: asunto,
      text: texto,
      html,
    });
  } finally {
    transport.close();
  }
}

/** Calls one webhook. Rejects where it did not take the alert; the caller tries again later. */
export async function post(
  alerta: Alerta,
  { url, formato = 'json', clave }: Webhook,
  now: Date,
): Promise<void> {
  const body = JSON.stringify(BODIES[formato](alerta));
  // Node's own fetch does not know HTTPS_PROXY.
  const dispatcher = new EnvHttpProxyAgent({ ...proxies(), proxyTunnel: false });
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
    if (!answer.ok) throw new Error(`The webhook answered HTTP ${answer.status}`);
  } finally {
    await dispatcher.destroy();
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

const BODIES: Record<NonNullable<Webhook['formato']>, (alerta: Alerta) => unknown> = {
  json: (alerta) => alerta,
  slack: ({ text }) => ({ text }),
  teams: ({ titulo, otec, mensaje, queHacer }) => ({
    type: 'message',
    attachments: [
      {
        contentType: 'application/vnd.microsoft.card.adaptive',
        content: {
          type: 'AdaptiveCard',
          version: '1.4',
          body: [
            { type: 'TextBlock', weight: 'Bolder', wrap: true, text: `${titulo} — ${otec}` },
            { type: 'TextBlock', wrap: true, text: mensaje },
            ...(queHacer === ''
              ? []
              : [{ type: 'TextBlock', wrap: true, text: `**Qué hacer:** ${queHacer}` }]),
          ],
        },
      },
    ],
  }),
};

const TIMEOUT_MS = 20_000;
