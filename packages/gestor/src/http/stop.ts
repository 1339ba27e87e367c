import type { ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';

/**
 * While the server stops, each connection ends as soon as its answer is out, and all of them once no answer is under
 * way or after half a minute. By itself node waits for a connection that becomes idle a moment later, for one that was
 * opened and never asked anything (browsers keep such), and for one that dawdles over its question.
 */
export function endConnectionsOnClose(app: FastifyInstance): void {
  const answering = new Set<ServerResponse>();
  let timer: NodeJS.Timeout | undefined;
  app.addHook('onRequest', async (_request, { raw }) => {
    answering.add(raw);
    raw.once('close', () => answering.delete(raw));
  });
  app.addHook('preClose', async () => {
    const last = performance.now() + GRACE_MS;
    timer = setInterval(() => {
      if (answering.size === 0 || performance.now() > last) app.server.closeAllConnections();
      else app.server.closeIdleConnections();
    }, 50);
  });
  app.addHook('onClose', async () => clearInterval(timer));
}

const GRACE_MS = 30_000;
