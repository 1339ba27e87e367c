import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { listUsuarios } from '@puente-sic/app';
import { EngineFailure, type ServeEvent } from '@puente-sic/engine';
import Fastify, { type FastifyInstance } from 'fastify';
import { type Logger, pino } from 'pino';
import { Access } from './access/access.ts';
import type { Context } from './context.ts';
import { EventBus } from './events/bus.ts';
import { eventoOf } from './events/service.ts';
import { answerErrors } from './http/errors.ts';
import { securityHeaders } from './http/headers.ts';
import { isLoopbackAddress } from './http/loopback.ts';
import { mounter } from './http/mount.ts';
import { guardOrigin } from './http/origin.ts';
import { servePages } from './http/web.ts';
import { Jobs } from './jobs.ts';
import type { PanelOptions } from './options.ts';
import { acciones } from './routes/acciones.ts';
import { conciliacion } from './routes/conciliacion.ts';
import { curso } from './routes/curso.ts';
import { envios } from './routes/envios.ts';
import { eventos } from './routes/eventos.ts';
import { hoy } from './routes/hoy.ts';
import { instalacion } from './routes/instalacion.ts';
import { monitor } from './routes/monitor.ts';
import { sesion } from './routes/sesion.ts';
import { usuarios } from './routes/usuarios.ts';

export interface Panel {
  /** Where a browser of this computer finds it. */
  url: string;
  port: number;
  /** Give this to `serve` as its `onEvent`: the pages follow the night as it happens. */
  onEvent(event: ServeEvent): void;
  /** Takes no more requests; a send under way gets half a minute to end. */
  close(): Promise<void>;
}

/**
 * Starts the panel.
 * @throws EngineFailure where it is to be reached from other computers and nobody has a password yet.
 */
export async function startPanel(options: PanelOptions): Promise<Panel> {
  const { ledger, host = '127.0.0.1', port = 4350, publicUrl, clock } = options;
  const loopback = isLoopbackAddress(host);
  if (!loopback && (await listUsuarios(ledger)).length === 0) {
    throw new EngineFailure(
      `El panel no se abre en ${host}, a la vista de otros computadores, mientras nadie tenga una clave.`,
      'Inícielo primero sin --direccion, abra el panel en este computador y cree la cuenta de administrador.',
    );
  }
  const place = { loopback, publicUrl: publicUrl === undefined ? null : new URL(publicUrl) };
  const https = place.publicUrl?.protocol === 'https:';
  const logger = options.logger ?? pino({ enabled: false });
  const bus = new EventBus();
  const jobs = new Jobs({ bus, clock, logger });
  const access = new Access({ ledger, clock, secure: https });
  const { use, setup } = options;
  const context: Context = { ledger, use, setup, clock, access, bus, jobs, logger };

  const app = newApp(logger, place.publicUrl !== null);
  securityHeaders(app, { https });
  guardOrigin(app, place);
  routes(app, context);
  servePages(app, options.webFolder ?? BUILT_PAGES);
  app.addHook('onClose', () => jobs.close(GRACE_MS));
  try {
    await app.listen({ host, port });
  } catch (error) {
    await app.close();
    throw error;
  }
  const address = app.server.address() as AddressInfo;
  return {
    url: urlOf(address),
    port: address.port,
    onEvent: (event) => bus.tell(eventoOf(event)),
    close: () => app.close(),
  };
}

function newApp(logger: Logger, proxied: boolean): FastifyInstance {
  const app = Fastify({
    logger: false,
    // A proxy on this machine says who asks; nobody else is believed.
    trustProxy: proxied ? 'loopback' : false,
    bodyLimit: 1024 * 1024,
    forceCloseConnections: 'idle',
    requestTimeout: 60_000,
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
  usuarios(mount, context);
  hoy(mount, context);
  curso(mount, context);
  envios(mount, context);
  conciliacion(mount, context);
  acciones(mount, context);
  instalacion(mount, context);
  eventos(mount, app, context);
  monitor(app, context);
}

function urlOf({ address, port, family }: AddressInfo): string {
  const any = address === '0.0.0.0' || address === '::';
  if (any) return `http://127.0.0.1:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/** Beside the compiled server, where vite leaves them; the same place seen from the sources. */
const BUILT_PAGES = fileURLToPath(new URL('../dist/web', import.meta.url));
/** As the nightly service gives its calls. */
const GRACE_MS = 30_000;
