import type { GestorError } from '@puente-sic/client';
import type { Stop } from './provider.ts';

/** Whether a call failed in a way in which every other would: nobody reached, credentials not accepted. */
export function cannotSend({ code, outcome }: GestorError): boolean {
  return code === 'not-authenticated' || outcome === 'not-sent';
}

/** Why nothing more can be sent, by what a call failed with. */
export function stopOf({ code, mensaje, queHacer }: GestorError): Stop {
  return { motivo: code === 'not-authenticated' ? 'no-autenticado' : 'sin-conexion', mensaje, queHacer };
}
