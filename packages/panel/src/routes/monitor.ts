import { healthOf } from '@puente-sic/engine';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { isLocal } from '../http/origin.ts';

/**
 * `GET /salud` for a monitor: 200 when well, 503 when not, without an account. Whoever asks from another computer
 * hears only that much.
 */
export function monitor(app: FastifyInstance, { ledger, providers, clock }: Context): void {
  const watched = providers.map(({ otec, ventana }) => ({ rutOtec: otec.rut, ...(ventana && { ventana }) }));
  app.get('/salud', async (request, reply) => {
    const { estado, proveedores } = await healthOf(ledger, watched, clock());
    return reply
      .code(estado === 'bien' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(isLocal(request) ? { estado, proveedores } : { estado });
  });
}
