import type { FastifyInstance } from 'fastify';

/**
 * While the server stops, each connection ends as soon as its answer is out. By itself node closes those that are
 * idle at that moment alone, and waits over a minute for one that becomes idle a moment later.
 */
export function endConnectionsOnClose(app: FastifyInstance): void {
  let timer: NodeJS.Timeout | undefined;
  app.addHook('preClose', async () => {
    timer = setInterval(() => app.server.closeIdleConnections(), 50);
  });
  app.addHook('onClose', async () => clearInterval(timer));
}
