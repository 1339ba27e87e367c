import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import type { Gauge } from '../metrics.ts';
import { lastNoche } from '../store/noches.ts';

/** `GET /salud` for load balancers: 200 when this node's store takes what is written. `GET /metrics` for Prometheus. */
export function salud(app: FastifyInstance, { store, pulso, metrics, maquina }: Context): void {
  app.get('/salud', async (_request, reply) => {
    const { estado, ...rest } = maquina ? await maquina.salud() : { estado: await pulso.estado() };
    if (estado !== 'bien') reply.code(503);
    return { estado, almacen: store.dialect, ...rest };
  });

  app.get('/metrics', async (_request, reply) => {
    reply.type('text/plain; version=0.0.4; charset=utf-8');
    const noche = await lastNoche(store.db);
    const night = {
      name: 'gestor_last_night_finished_seconds',
      help: 'When the last night job finished, seconds since 1970; 0 before the first.',
      value: Math.round((noche?.terminadaEn ?? 0) / 1000),
    };
    if (maquina === undefined) {
      const { rss, heapUsed } = process.memoryUsage();
      return metrics.registry.write([...memory(rss, heapUsed), night]);
    }
    const { contadores, rss, heap, atienden, reinicios } = await maquina.metrics();
    const processes = [
      { name: 'gestor_processes', help: 'Processes that answer calls.', value: atienden },
      { name: 'gestor_process_restarts', help: 'Processes started again since the start.', value: reinicios },
    ];
    return metrics.registry.write([...memory(rss, heap), night, ...processes], contadores);
  });
}

function memory(rss: number, heap: number): Gauge[] {
  return [
    { name: 'gestor_memory_rss_bytes', help: 'Memory of the process, or of all of them.', value: rss },
    { name: 'gestor_memory_heap_bytes', help: 'JavaScript heap in use.', value: heap },
  ];
}
