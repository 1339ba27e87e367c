import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import Fastify, { type FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { Context } from './context.ts';
import { serviceMetrics } from './http/counters.ts';
import { answerErrors, answerUnknown } from './http/errors.ts';
import { limitAddresses } from './http/limit.ts';
import { logRequests } from './http/log.ts';
import { endConnectionsOnClose } from './http/stop.ts';
import type { Maquina } from './maquina/maquina.ts';
import { prepareMonths, scheduleMonths } from './night/meses.ts';
import { scheduleNight } from './night/schedule.ts';
import { documentacion } from './openapi/routes.ts';
import { DEFAULT_LIMITS, type GestorOptions } from './options.ts';
import { pages } from './pages/routes.ts';
import { importRegistry } from './registry/import.ts';
import { readRegistry } from './registry/json.ts';
import { readRegistryFile } from './registry/read-file.ts';
import { admin } from './routes/admin.ts';
import { enviarAvance } from './routes/enviarAvance.ts';
import { historialEnvios } from './routes/historialEnvios.ts';
import { salud } from './routes/salud.ts';
import { sic } from './routes/sic.ts';
import { StartError } from './start-error.ts';
import { openStore } from './store/open.ts';
import { Pulso } from './store/pulso.ts';
import type { Store } from './store/store.ts';
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

/**
 * Starts the service. Throws {@link RegistryError} when `registro` cannot be used, {@link StartError} when `datos` or
 * `adminKey` cannot.
 * @param maquinaOf for one of several processes of a machine: see {@link startGestores}.
 */
export async function startGestor(
  options: GestorOptions,
  extend?: Extend,
  maquinaOf?: (own: Context) => Maquina,
): Promise<Gestor> {
  requireStrongKey(options.adminKey);
  const store = await openStore(options.datos);
  const context = makeContext(store, options);
  if (maquinaOf) context.maquina = maquinaOf(context);
  const app = buildApp(context, options.trustProxy ?? false, extend);
  const hora = options.horaPublicacion === undefined ? 1 : options.horaPublicacion;
  const stopNight = hora === null ? async () => {} : scheduleNight({ ...context, hora });
  const stopMonths = scheduleMonths(context);
  app.addHook('onClose', async () => {
    await stopNight();
    await stopMonths();
    await store.close();
  });
  try {
    await prepareMonths(context);
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

/** Who has the key sees and changes everything, and may try as often as the rate limit lets him. */
export function requireStrongKey(adminKey: string | undefined): void {
  if (!adminKey || adminKey.length >= 16) return;
  throw new StartError(
    'La clave de administración es demasiado corta.',
    'Use una de 16 signos o más, por ejemplo la que da «openssl rand -hex 16».',
  );
}

function makeContext(store: Store, options: GestorOptions): Context {
  const salida =
    options.salida ?? (store.dialect === 'sqlite' ? join(options.datos, 'publicado') : undefined);
  const clock = options.clock ?? (() => new Date());
  return {
    store,
    pulso: new Pulso(store, clock),
    clock,
    logger: options.logger ?? pino({ enabled: false }),
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    supuestos: supuestosWith(options.supuestos),
    metrics: serviceMetrics(),
    ...(options.adminKey ? { adminKey: options.adminKey } : {}),
    ...(salida === undefined ? {} : { salida }),
  };
}

function buildApp(context: Context, trustProxy: boolean, extend?: Extend): FastifyInstance {
  const app = Fastify({
    logger: false,
    trustProxy,
    bodyLimit: context.limits.cuerpo,
    // Stopping: calls under way finish, idle connections close, new calls hear 503.
    forceCloseConnections: 'idle',
    return503OnClosing: true,
    // A caller that dawdles over its headers or its body is cut off. Answers may take as long as the reader wants.
    requestTimeout: 120_000,
    http: { headersTimeout: 20_000, connectionsCheckingInterval: 5_000 },
  });
  // The service's own clock, by which callers set theirs; a sandbox moves it.
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('date', context.clock().toUTCString());
  });
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
  logRequests(app, context);
  answerErrors(app, context);
  limitAddresses(app, context);
  answerUnknown(app);
  endConnectionsOnClose(app);
  extend?.(app, context);

  app.register(async (api) => enviarAvance(api, context), { prefix: '/gestor/API' });
  app.register(async (api) => historialEnvios(api, context), { prefix: '/gestor/API' });
  app.register(async (api) => admin(api, context), { prefix: '/admin' });
  app.register(async (api) => sic(api, context));
  app.register(async (web) => pages(web, context));
  app.register(async (api) => salud(api, context));
  app.register(async (api) => documentacion(api));
  return app;
}

export async function importGiven(
  registro: GestorOptions['registro'],
  { store, clock, logger }: Pick<Context, 'store' | 'clock' | 'logger'>,
): Promise<void> {
  if (registro === undefined) return;
  const registry = typeof registro === 'string' ? await readRegistryFile(registro) : readRegistry(registro);
  const { avisos, ...changes } = await importRegistry(store, registry, { now: clock() });
  logger.info({ ...changes, warnings: avisos.length }, 'registry imported');
}
