import { alertaOf, type Canal } from './alerta.ts';
import { deliver } from './deliver.ts';
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
      'Así llegarán los avisos de puente: una noche perdida, un token que SENCE no acepta, el resumen de la mañana.',
    queHacer: '',
    cuando: now.toISOString(),
  });
  await deliver(alerta, canal, now).catch((error: unknown) => {
    throw undelivered(canal, error);
  });
}
