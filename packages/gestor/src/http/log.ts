import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';

/** One line per answer. The path is the route's, never the address as asked for: that one carries the token. */
export function logRequests(app: FastifyInstance, { logger, metrics }: Context): void {
  app.addHook('onResponse', async (request, reply) => {
    const path = request.routeOptions.url ?? 'unknown';
    metrics.requests.add({ path, status: reply.statusCode });
    metrics.requestSeconds.add({ path }, reply.elapsedTime / 1000);
    logger.info(
      {
        method: request.method,
        path,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        from: request.ip,
      },
      'answered',
    );
  });
}
