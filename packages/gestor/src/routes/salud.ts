import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { lastNoche } from '../store/noches.ts';

/** `GET /salud` for load balancers: 200 when this node's store takes what is written. `GET /metrics` for Prometheus. */
export function salud(app: FastifyInstance, { store, pulso, metrics }: Context): void {
  app.get('/salud', async (_request, reply) => {
    const estado = await pulso.estado();
    if (estado !== 'bien') reply.code(503);
    return { estado, almacen: store.dialect };
  });

  app.get('/metrics', async (_request, reply) => {
    reply.type('text/plain; version=0.0.4; charset=utf-8');
    const { rss, heapUsed } = process.memoryUsage();
    const noche = await lastNoche(store.db);
    return metrics.registry.write([
      { name: 'gestor_memory_rss_bytes', help: 'Memory of the process.', value: rss },
      { name: 'gestor_memory_heap_bytes', help: 'JavaScript heap in use.', value: heapUsed },
      {
        name: 'gestor_last_night_finished_seconds',
        help: 'When the last night job finished, seconds since 1970; 0 before the first.',
        value: Math.round((noche?.terminadaEn ?? 0) / 1000),
      },
    ]);
  });
}
