import type { providersToSync } from '@puente-sic/engine';
import type { Context } from './context.ts';
import { dottedRut } from './print/words.ts';

/** Tells whose history at SENCE this state folder knows nothing of, and what to do. */
export async function offerSync(
  { terminal }: Context,
  request: Parameters<typeof providersToSync>[0],
): Promise<void> {
  const engine = await import('@puente-sic/engine');
  for (const { rut } of await engine.providersToSync(request)) {
    terminal.notice(
      `Aviso: SENCE ya tiene envíos de la OTEC ${dottedRut(rut)}, y en este equipo no hay nada anotado de ellos. Al enviar, puente leerá primero su historial, para no repetir lo ya enviado ni informar un avance menor; «puente sincronizar» lo hace ahora.`,
    );
  }
}
