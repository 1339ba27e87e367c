import type { GestorError } from '@puente-sic/client';
import type { NoEnviado } from '../results.ts';

/** Statuses of a service (or what stands before it) that is in no state to take any call. */
const TAKES_NOTHING = new Set([429, 502, 503, 504]);

/**
 * Whether a failed call, of sending or of asking, shows that no other one can succeed now. It says nothing of what
 * became of the call itself.
 */
export function cannotSend({ code, outcome, status, retryAfterSeconds }: GestorError): boolean {
  if (code === 'not-authenticated' || outcome === 'not-sent') return true;
  return status !== null && (TAKES_NOTHING.has(status) || retryAfterSeconds !== null);
}

/** The stop that such a call is for the rest of the run. */
export function stopOf({ code, mensaje, queHacer, retryAfterSeconds }: GestorError): Stop {
  const motivo = code === 'not-authenticated' ? 'no-autenticado' : 'sin-conexion';
  return { motivo, mensaje, queHacer, retryAfterSeconds };
}

/** Why nothing more is sent for a provider in this run. */
export interface Stop extends Pick<NoEnviado, 'motivo' | 'mensaje' | 'queHacer'> {
  /** How long the service asks to be left alone. */
  retryAfterSeconds?: number | null;
}

export const BUSY: Stop = {
  motivo: 'ocupado',
  mensaje:
    'Otro proceso de puente está enviando para esta OTEC en este momento, con la misma carpeta de estado.',
  queHacer: 'Espere a que termine y vuelva a intentarlo; no es necesario cerrar nada.',
};
