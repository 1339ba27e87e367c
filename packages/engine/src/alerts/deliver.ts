import { createTransport } from 'nodemailer';
import { EnvHttpProxyAgent, fetch } from 'undici';
import type { Alerta, Canal, Correo, Webhook } from './alerta.ts';

/** Sends one alert. Rejects where the channel did not take it; the caller tries again later. */
export async function deliver(alerta: Alerta, canal: Canal): Promise<void> {
  await (canal.tipo === 'correo' ? mail(alerta, canal) : post(alerta, canal));
}

async function mail(
  alerta: Alerta,
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
      from: de,
      to: para,
      subject: `puente: ${alerta.titulo} — ${alerta.otec}`,
      text: alerta.text,
    });
  } finally {
    transport.close();
  }
}

async function post(alerta: Alerta, { url, formato = 'json' }: Webhook): Promise<void> {
  // Node's own fetch does not know HTTPS_PROXY.
  const dispatcher = new EnvHttpProxyAgent({ ...proxies(), proxyTunnel: false });
  try {
    const answer = await fetch(url, {
      dispatcher,
      method: 'POST',
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(BODIES[formato](alerta)),
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
