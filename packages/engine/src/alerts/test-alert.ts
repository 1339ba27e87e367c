import { alertaOf, type Canal } from './alerta.ts';
import { mail, post } from './deliver.ts';
import { plainLetter, written } from './letter.ts';
import { undelivered } from './undelivered.ts';

/** Delivers an alert that says it is only a test, at once and without a trace. @throws Undelivered where the channel fails. */
export async function sendTestAlert(
  canal: Canal,
  { rutOtec, otec }: { rutOtec: string; otec: string },
  now: Date,
): Promise<void> {
  const alerta = alertaOf({
    tipo: 'prueba',
    rutOtec,
    otec,
    clave: 'prueba',
    titulo: 'Aviso de prueba',
    mensaje:
      'Así llegarán los avisos de Puente: cada mañana cómo fue la noche, y apenas pase, una noche perdida o un token que SENCE no acepta.',
    queHacer: '',
    cuando: now.toISOString(),
  });
  const delivered =
    canal.tipo === 'correo'
      ? mail(written(plainLetter(alerta), { otec, panel: null }), canal)
      : post(alerta, canal, now);
  await delivered.catch((error: unknown) => {
    throw undelivered(canal, error);
  });
}
