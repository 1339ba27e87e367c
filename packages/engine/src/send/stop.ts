import type { GestorError } from '@puente-sic/client';
import type { Stop } from './provider.ts';

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
