import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendPage } from '../pages/layout.ts';
import { serviceDocument } from './document.ts';
import { documentPage } from './page.ts';

/** The contract, for programs at `/openapi.json` and for people at `/documentacion`. */
export function documentacion(app: FastifyInstance): void {
  app.get('/openapi.json', (request) => serviceDocument(originOf(request)));
  app.get('/documentacion', (request, reply) =>
    sendPage(reply, documentPage(serviceDocument(originOf(request)))),
  );
}

function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`;
}
