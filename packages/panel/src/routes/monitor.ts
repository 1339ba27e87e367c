import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { isLocal } from '../http/origin.ts';
import { saludOf } from './hoy.ts';

/**
 * `GET /salud` for a monitor: 200 when well, 503 when not, without an account. Whoever asks from another computer
 * hears only that much.
 */
export function monitor(app: FastifyInstance, { ledger, use, clock }: Context): void {
  app.get('/salud', async (request, reply) => {
    const salud = await use((running) => saludOf(ledger, running, clock()));
    return reply
      .code(salud.estado === 'bien' ? 200 : 503)
      .header('cache-control', 'no-store')
      .send(isLocal(request) ? salud : { estado: salud.estado });
  });
}
