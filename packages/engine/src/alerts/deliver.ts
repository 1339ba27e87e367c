import { type LookupOptions, lookup } from 'node:dns';
import { Socket } from 'node:net';
import { isLoopback, judgedLookup } from '@puente-sic/protocol';
import { createTransport } from 'nodemailer';
import type { Alerta, Correo, Webhook } from './alerta.ts';
import { postJson, TIMEOUT_MS } from './post.ts';

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
    socket: new JudgedSocket(),
    ...(usuario !== undefined && { auth: { user: usuario, pass: clave ?? '' } }),
    requireTLS: usuario !== undefined && !isLoopback(servidor),
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

/** Dials by port and name, as it is asked to: a name that leads to an internal service of the machine fails. */
class JudgedSocket extends Socket {
  override connect(...[port, host, done]: unknown[]): this {
    const where = { port: Number(port), host: String(host), lookup: judgedLookup<LookupOptions>(lookup) };
    return super.connect(where, () => typeof done === 'function' && done());
  }
}

/** Calls one webhook. Rejects where it did not take the alert; the caller tries again later. */
export function post(alerta: Alerta, canal: Webhook, now: Date): Promise<void> {
  return postJson(canal, BODIES[canal.formato ?? 'json'](alerta), now);
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
