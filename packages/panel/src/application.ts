import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { PanelGround } from '@puente-sic/app';
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { Access } from './access/access.ts';
import type { Context } from './context.ts';
import type { EventBus } from './events/bus.ts';
import { answerErrors } from './http/errors.ts';
import { securityHeaders } from './http/headers.ts';
import { mounter } from './http/mount.ts';
import { guardOrigin, type Place } from './http/origin.ts';
import { servePages } from './http/web.ts';
import { Jobs } from './jobs.ts';
import { acciones } from './routes/acciones.ts';
import { buscar } from './routes/buscar.ts';
import { conciliacion } from './routes/conciliacion.ts';
import { curso } from './routes/curso.ts';
import { decisiones } from './routes/decisiones.ts';
import { ejemplos } from './routes/ejemplos.ts';
import { entregas } from './routes/entregas.ts';
import { envios } from './routes/envios.ts';
import { eventos } from './routes/eventos.ts';
import { hoy } from './routes/hoy.ts';
import { instalacion } from './routes/instalacion.ts';
import { monitor } from './routes/monitor.ts';
import { otrosLms } from './routes/otros-lms.ts';
import { personas } from './routes/personas.ts';
import { planillas } from './routes/planillas.ts';
import { porCerrar } from './routes/por-cerrar.ts';
import { segundoPaso } from './routes/segundo-paso.ts';
import { sesion } from './routes/sesion.ts';
import { usuarios } from './routes/usuarios.ts';

/** The panel's API and pages over one ledger, behind a server that is somebody else's. */
export interface Application {
  answer(request: IncomingMessage, response: ServerResponse): void;
  /** Done when the requests and sends under way have ended, or had half a minute for it. */
  close(): Promise<void>;
}

export interface ApplicationOptions extends Place {
  bus: EventBus;
  logger: Logger;
  webFolder: string | undefined;
  ejemplos: string | null;
}

export async function openApplication(
  ground: PanelGround,
  { bus, logger, ejemplos, webFolder = BUILT_PAGES, ...place }: ApplicationOptions,
): Promise<Application> {
  const { ledger, use, setup, enlaces, clave, clock } = ground;
  const https = place.publicUrl?.protocol === 'https:';
  const jobs = new Jobs({ bus, clock, logger });
  const access = new Access({ ledger, clave, clock, secure: https });
  const app = newApp(logger, place.publicUrl !== null);
  securityHeaders(app, { https });
  guardOrigin(app, place);
  routes(app, { ledger, use, setup, enlaces, clave, clock, access, bus, jobs, logger, ejemplos });
  if (ground.entregas) entregas(app, ground.entregas, clock);
  servePages(app, webFolder);
  app.addHook('onClose', () => jobs.close(GRACE_MS));
  await app.ready();
  const open = new Set<ServerResponse>();
  return {
    answer: (request, response) => {
      open.add(response);
      response.once('close', () => open.delete(response));
      app.routing(request, response);
    },
    close: async () => {
      await app.close();
      const ended = Promise.all([...open].map((response) => once(response, 'close')));
      await Promise.race([ended, wait(GRACE_MS, undefined, { ref: false })]);
    },
  };
}

function newApp(logger: Logger, proxied: boolean): FastifyInstance {
  const app = Fastify({
    logger: false,
    // A proxy on this machine says who asks; nobody else is believed.
    trustProxy: proxied ? 'loopback' : false,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: 300 },
  });
  app.removeContentTypeParser('text/plain');
  app.addContentTypeParser(
    'application/octet-stream',
    { parseAs: 'buffer' },
    async (_: unknown, body: Buffer) => body,
  );
  // The route's path, never the address as asked for: that one names students.
  app.addHook('onResponse', async (request, reply) => {
    const { method, ip } = request;
    const path = request.routeOptions.url ?? 'page';
    logger.info(
      { method, path, status: reply.statusCode, ms: Math.round(reply.elapsedTime), from: ip },
      'answered',
    );
  });
  answerErrors(app, logger);
  return app;
}

function routes(app: FastifyInstance, context: Context): void {
  const mount = mounter(app, context);
  sesion(mount, context);
  segundoPaso(mount, context);
  usuarios(mount, context);
  personas(mount, context);
  hoy(mount, context);
  curso(mount, context);
  envios(mount, context);
  decisiones(mount, context);
  conciliacion(mount, context);
  acciones(mount, context);
  instalacion(mount, context);
  otrosLms(mount, context);
  buscar(mount, context);
  planillas(mount, context);
  ejemplos(mount, context);
  porCerrar(mount, context);
  eventos(mount, app, context);
  monitor(app, context);
}

/** Beside the compiled server, where vite leaves them; the same place seen from the sources. */
const BUILT_PAGES = fileURLToPath(new URL('../dist/web', import.meta.url));
/** As the nightly service gives its calls. */
const GRACE_MS = 30_000;
