import { createTransport } from 'nodemailer';
import type { Alerta, Canal, Correo, Webhook } from './alerta.ts';
import { postJson, TIMEOUT_MS } from './post.ts';

/** Sends one alert. Rejects where the channel did not take it; the caller tries again later. */
export async function deliver(alerta: Alerta, canal: Canal, now: Date): Promise<void> {
  await (canal.tipo === 'correo'
    ? mail(alerta, canal)
    : postJson(canal, BODIES[canal.formato ?? 'json'](alerta), now));
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
