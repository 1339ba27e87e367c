import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../http/refusal.ts';
import { isObject, type JsonObject } from '../judge/values.ts';
import { isForm, readFields } from '../pages/form.ts';
import { sendPage } from '../pages/layout.ts';
import type { ImportReport } from '../registry/report.ts';
import type { Diario } from './diario.ts';
import { type Endpoint, FALLAS, type FallaPedida, type FallaQueue, isFallaTipo } from './fallas.ts';
import { guardSandbox } from './guard.ts';
import { callsPage } from './llamadas.ts';
import { MAGICOS } from './magicos.ts';
import { sandboxPage } from './pagina.ts';
import type { Reloj } from './reloj.ts';

interface SandboxContext {
  queue: FallaQueue;
  reloj: Reloj;
  diario: Diario;
  /** Adds what a registry file holds. */
  seed: (registro: unknown) => Promise<ImportReport>;
  /** Everything as it was at the start. */
  reset: () => Promise<void>;
}

/** The sandbox's own addresses, which the real service does not have. `docs/sandbox.md` tells them. */
export function sandboxRoutes(app: FastifyInstance, context: SandboxContext): void {
  const { queue, reloj, diario, seed, reset } = context;
  const state = () => ({
    noExisteEnElServicioReal: true,
    reloj: { ahora: reloj.now().toISOString(), movido: reloj.moved },
    fallas: queue.list(),
    fallasPosibles: FALLAS,
    llamadas: diario.list().length,
    rutMagicos: MAGICOS,
  });
  const done = (request: FastifyRequest, reply: FastifyReply) =>
    isForm(request) ? reply.redirect('/sandbox', 303) : reply.send(state());

  guardSandbox(app);
  app.get('/sandbox', (request, reply) =>
    request.headers.accept?.includes('text/html')
      ? sendPage(reply, sandboxPage(queue.list(), reloj))
      : reply.send(state()),
  );
  app.post('/sandbox/fallas', (request, reply) => {
    queue.add(readFalla(readFields(request)));
    return done(request, reply);
  });
  app.post('/sandbox/fallas/limpiar', (request, reply) => {
    queue.clear();
    return done(request, reply);
  });
  app.post('/sandbox/reloj', (request, reply) => {
    moveReloj(reloj, readFields(request));
    return done(request, reply);
  });
  app.post('/sandbox/reiniciar', async (request, reply) => {
    await reset();
    return done(request, reply);
  });
  app.post('/sandbox/sembrar', async (request) => seed(readFields(request)));
  app.get('/sandbox/diario', ({ query }) => {
    const { endpoint, codigoOferta, rutOtec } = isObject(query) ? query : {};
    return diario
      .list()
      .filter((llamada) => (endpoint ?? llamada.endpoint) === llamada.endpoint)
      .filter((llamada) => (codigoOferta ?? llamada.codigoOferta) === llamada.codigoOferta)
      .filter((llamada) => (rutOtec ?? llamada.rutOtec) === llamada.rutOtec);
  });
  app.get('/sandbox/llamadas', ({ query }, reply) => {
    const isLive = !(isObject(query) && 'pausa' in query);
    if (isLive) reply.header('refresh', '3');
    return sendPage(reply, callsPage(diario.list(), isLive));
  });
}

function readFalla(fields: JsonObject): FallaPedida {
  const { falla, veces = 1, endpoint = 'enviarAvance', segundos, rutOtec, codigoOferta } = fields;
  if (!isFallaTipo(falla)) {
    const kinds = Object.keys(FALLAS).join(', ');
    throw new Refusal(400, `Diga cuál en «falla», por ejemplo {"falla":"http-503"}. Las que hay: ${kinds}.`);
  }
  if (!isEndpoint(endpoint)) throw new Refusal(400, 'endpoint debe ser enviarAvance o historialEnvios.');
  return {
    tipo: falla,
    veces: readWhole(veces, 'veces', 1, 1000),
    endpoint,
    segundos: readWhole(segundos ?? (falla === 'http-503' ? 5 : 60), 'segundos', 0, 900),
    rutOtec: readOptional(rutOtec),
    codigoOferta: readOptional(codigoOferta),
  };
}

/** A form sends what was left empty as an empty text. */
function readOptional(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

function isEndpoint(text: unknown): text is Endpoint {
  return text === 'enviarAvance' || text === 'historialEnvios';
}

function readWhole(value: unknown, name: string, minimum: number, maximum: number): number {
  const figure = Number(value);
  if (Number.isInteger(figure) && figure >= minimum && figure <= maximum) return figure;
  throw new Refusal(400, `${name} debe ser un número entero entre ${minimum} y ${maximum}.`);
}

/** Moves the test clock as a form or a program asks. Throws {@link Refusal} for what is no moment. */
export function moveReloj(reloj: Reloj, { ahora, avanzar, real }: JsonObject): void {
  if (real !== undefined) reloj.reset();
  else if (avanzar !== undefined) reloj.advance(readWhole(avanzar, 'avanzar', -315_360_000, 315_360_000));
  else reloj.set(readInstant(ahora));
}

function readInstant(text: unknown): Date {
  const instant = new Date(typeof text === 'string' && HAS_ZONE.test(text) ? text : Number.NaN);
  if (!Number.isNaN(instant.getTime())) return instant;
  throw new Refusal(
    400,
    'Diga ahora (una fecha con su zona, como 2026-04-04T23:30:00-03:00), avanzar (segundos) o real.',
  );
}

const HAS_ZONE = /T.*(Z|[+-]\d{2}:?\d{2})$/;
