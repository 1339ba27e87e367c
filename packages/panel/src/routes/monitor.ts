import { isOfLedger, problemOf } from '@puente-sic/app';
import { figures } from '@puente-sic/engine';
import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { unusableSalud } from '../http/notice.ts';
import { isLocal } from '../http/origin.ts';
import { METRICS_TYPE, watchLoop, writeMetrics } from '../metrics.ts';
import { saludOf } from './hoy.ts';

/**
 * For monitors, without an account. `GET /salud`: 200 when well, 503 when not; whoever asks from another computer hears
 * only that much. `GET /metrics`: the same and more in figures, for Prometheus.
 */
export function monitor(app: FastifyInstance, { ledger, use, clock }: Context): void {
  const loop = watchLoop();
  app.addHook('onClose', async () => loop.close());

  app.get('/salud', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    try {
      const salud = await use((running) => saludOf(ledger, running, clock()));
      reply.code(salud.estado === 'bien' ? 200 : 503);
      return reply.send(isLocal(request) ? salud : { estado: salud.estado });
    } catch (error) {
      if (!isOfLedger(error)) throw error;
      // Until the service has noticed it too, and one page stands in place of all.
      return reply.code(503).send(unusableSalud(request, problemOf(error)));
    }
  });

  app.get('/metrics', async (_request, reply) => {
    const salud = await use((running) => saludOf(ledger, running, clock()));
    const text = writeMetrics(await figures(ledger), salud.estado === 'bien', loop.take());
    return reply.type(METRICS_TYPE).header('cache-control', 'no-store').send(text);
  });
}
