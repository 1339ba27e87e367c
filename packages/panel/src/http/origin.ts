import type { IncomingMessage } from 'node:http';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { isLoopbackAddress, isLoopbackName } from './loopback.ts';
import { Refusal } from './refusal.ts';

export interface Place {
  /** Bound to loopback alone. */
  loopback: boolean;
  publicUrl: URL | null;
}

/**
 * Turns away what another page sent in a person's name. A request that changes something carries our header (which a
 * foreign page cannot set) and, from a browser, an Origin that is ours. A panel of this computer alone answers only
 * to this computer's names: a foreign name that was made to lead here (DNS rebinding) is no name of ours.
 */
export function guardOrigin(app: FastifyInstance, place: Place): void {
  app.addHook('onRequest', async (request) => {
    if (!isOurName(request, place)) {
      throw new Refusal(
        421,
        'direccion',
        'El panel no atiende bajo este nombre.',
        'Ábralo con la dirección que muestra «puente servir».',
      );
    }
    if (['GET', 'HEAD'].includes(request.method) || request.headers.authorization !== undefined) return;
    const { origin } = request.headers;
    const isOurs =
      origin === undefined || hostOf(origin) === request.headers.host || origin === place.publicUrl?.origin;
    if (!isOurs || request.headers['x-puente'] !== '1') {
      throw new Refusal(
        403,
        'origen',
        'La solicitud no viene del panel.',
        'Recargue la página del panel y vuelva a intentarlo.',
      );
    }
  });
}

/** Whether whoever asks sits at this computer: no proxy in between. */
export function isLocal(request: FastifyRequest | IncomingMessage): boolean {
  const { forwarded, host = '' } = request.headers;
  const isProxied = forwarded !== undefined || request.headers['x-forwarded-for'] !== undefined;
  return !isProxied && isLoopbackAddress(request.socket.remoteAddress ?? '') && isLoopbackName(host);
}

function isOurName({ headers: { host = '' } }: FastifyRequest, { loopback, publicUrl }: Place): boolean {
  return !loopback || isLoopbackName(host) || host === publicUrl?.host;
}

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null; // `null`, which a sandboxed page sends, is no address
  }
}
