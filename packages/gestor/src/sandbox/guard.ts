import type { AddressInfo } from 'node:net';
import { isLoopback } from '@puente-sic/protocol';
import type { FastifyInstance } from 'fastify';
import { Refusal } from '../http/refusal.ts';

/**
 * Keeps the pages of others out of the sandbox's own addresses, whose journal holds whatever was sent to it. A sandbox of
 * this computer alone answers there only to this computer's names, since a foreign one can be made to lead here, and no
 * foreign page's form is taken. The service's own addresses are as the real ones.
 */
export function guardSandbox(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ url, method, headers }) => {
    if (!url.startsWith('/sandbox')) return;
    const bound = app.server.address() as AddressInfo | null;
    if (bound !== null && isLoopback(bound.address) && !isLoopback(nameOf(headers.host))) {
      throw new Refusal(
        421,
        'El sandbox de este equipo no atiende aquí bajo ese nombre. Ábralo con la dirección que muestra «puente gestor sandbox», o inícielo con --direccion si es para otros.',
      );
    }
    const isForeign = ['cross-site', 'same-site'].includes(String(headers['sec-fetch-site']));
    if (method !== 'GET' && isForeign)
      throw new Refusal(
        403,
        'La solicitud viene de otra página. Recargue la del sandbox y hágalo desde ahí.',
      );
  });
}

function nameOf(host = ''): string {
  return host.replace(/:\d+$/, '').replace(/^\[|\]$/g, '');
}
