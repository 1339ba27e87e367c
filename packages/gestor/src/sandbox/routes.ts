import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Refusal } from '../http/refusal.ts';
import type { JsonObject } from '../judge/values.ts';
import { isForm, readFields } from '../pages/form.ts';
import { sendPage } from '../pages/layout.ts';
import { type Endpoint, FALLAS, type FallaPedida, type FallaQueue, isFallaTipo } from './fallas.ts';
import { sandboxPage } from './pagina.ts';
import type { Reloj } from './reloj.ts';

/** The sandbox's own addresses, which the real service does not have: faults on demand and the test clock. */
export function sandboxRoutes(app: FastifyInstance, queue: FallaQueue, reloj: Reloj): void {
  const state = () => ({
    noExisteEnElServicioReal: true,
    reloj: { ahora: reloj.now().toISOString(), movido: reloj.moved },
    fallas: queue.list(),
    fallasPosibles: FALLAS,
  });
  const done = (request: FastifyRequest, reply: FastifyReply) =>
    isForm(request) ? reply.redirect('/sandbox', 303) : reply.send(state());

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
}

function readFalla({ falla, veces = 1, endpoint = 'enviarAvance', segundos }: JsonObject): FallaPedida {
  if (!isFallaTipo(falla)) {
    throw new Refusal(400, `No existe esa falla. Las que hay: ${Object.keys(FALLAS).join(', ')}.`);
  }
  if (!isEndpoint(endpoint)) throw new Refusal(400, 'endpoint debe ser enviarAvance o historialEnvios.');
  return {
    tipo: falla,
    veces: readWhole(veces, 'veces', 1, 1000),
    endpoint,
    segundos: readWhole(segundos ?? (falla === 'http-503' ? 5 : 60), 'segundos', 0, 900),
  };
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
