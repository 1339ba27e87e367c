import type { FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';

/** One line per answer. The path is the route's, never the address as asked for: that one carries the token. */
export function logRequests(app: FastifyInstance, { logger }: Context): void {
  app.addHook('onResponse', async (request, reply) => {
    logger.info(
      {
        method: request.method,
        path: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        from: request.ip,
      },
      'answered',
    );
  });
}
