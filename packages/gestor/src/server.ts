import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import Fastify, { type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { Context } from './context.ts';
import { DEFAULT_LIMITS, type GestorOptions } from './options.ts';
import { importRegistry } from './registry/import.ts';
import { readRegistry } from './registry/json.ts';
import { enviarAvance } from './routes/enviarAvance.ts';
import { answerErrors } from './routes/errors.ts';
import { historialEnvios } from './routes/historialEnvios.ts';
import { logRequests } from './routes/log.ts';
import { openStore } from './store/open.ts';
import { supuestosWith } from './supuestos.ts';

export interface Gestor {
  /** Base address as in production, ending in `/gestor/API`. */
  url: string;
  port: number;
  /** Takes no more calls, lets those under way finish, closes the store. */
  close(): Promise<void>;
}

/** Adds hooks and addresses of one's own before the service's routes: how the sandbox is the same service and more. */
export type Extend = (app: FastifyInstance, context: Context) => void;

/** Starts the service. Throws {@link RegistryError} when `registro` cannot be used. */
export async function startGestor(options: GestorOptions, extend?: Extend): Promise<Gestor> {
  const store = await openStore(options.datos);
  const context: Context = {
    store,
    clock: options.clock ?? (() => new Date()),
    logger: options.logger ?? pino({ enabled: false }),
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    supuestos: supuestosWith(options.supuestos),
  };
  const app = buildApp(context, extend);
  app.addHook('onClose', () => store.close());
  try {
    await importGiven(options.registro, context);
    await app.listen({ host: options.host ?? '127.0.0.1', port: options.port ?? 0 });
  } catch (error) {
    await app.close();
    throw error;
  }
  const { address, port, family } = app.server.address() as AddressInfo;
  const host = family === 'IPv6' ? `[${address}]` : address;
  return { url: `http://${host}:${port}/gestor/API`, port, close: () => app.close() };
}

function buildApp(context: Context, extend?: Extend) {
  const app = Fastify({
    logger: false,
    bodyLimit: context.limits.cuerpo,
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    requestTimeout: 120_000,
    http: { headersTimeout: 20_000, connectionsCheckingInterval: 5_000 },
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  logRequests(app, context);
  answerErrors(app, context);
  extend?.(app, context);
  app.register(
    async (api) => {
      enviarAvance(api, context);
      historialEnvios(api, context);
    },
    { prefix: '/gestor/API' },
  );
  return app;
}

async function importGiven(
  registro: GestorOptions['registro'],
  { store, clock, logger }: Context,
): Promise<void> {
  if (registro === undefined) return;
  const content: unknown =
    typeof registro === 'string' ? JSON.parse(await readFile(registro, 'utf8')) : registro;
  const report = await importRegistry(store.db, readRegistry(content), { now: clock() });
  logger.info({ report }, 'registry imported');
}
