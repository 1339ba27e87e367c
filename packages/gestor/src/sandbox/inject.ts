import { once } from 'node:events';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '@puente-sic/protocol';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { errorBody } from '../http/refusal.ts';
import type { Endpoint, FallaPedida } from './fallas.ts';

/** What PHP prints before the body when a notice leaks. [O] */
export const LEAKED_HTML =
  '<div style="border:1px solid #990000;padding-left:20px;margin:0 0 10px 0;">\n<h4>A PHP Error was encountered</h4>\n<p>Severity: Notice</p>\n<p>Message:  Undefined index: evaluacionFinal</p>\n</div>';

/** What a call meets. */
export type Falla = Pick<FallaPedida, 'tipo' | 'segundos'>;

/** The fault of a call whose body has arrived; null for a call that goes well. */
export type ChooseFalla = (endpoint: Endpoint, request: FastifyRequest, reply: FastifyReply) => Falla | null;

/** Makes the calls of the official endpoints fail as chosen. Register before the routes. */
export function injectFallas(app: FastifyInstance, choose: ChooseFalla): void {
  const hit = new WeakMap<FastifyRequest, Falla>();
  const closing = new AbortController();
  app.addHook('preClose', async () => closing.abort());

  app.addHook('preHandler', async (request, reply) => {
    const endpoint = endpointOf(request);
    const falla = endpoint && choose(endpoint, request, reply);
    if (!falla) return;
    hit.set(request, falla);
    return before(falla, reply, closing.signal);
  });

  app.addHook('onSend', async (request, reply, payload: unknown) => {
    const falla = hit.get(request);
    return falla ? after(falla, reply, payload, closing.signal) : payload;
  });
}

/** Which of the official endpoints is called; null for any other address. */
export function endpointOf({ routeOptions }: FastifyRequest): Endpoint | null {
  if (routeOptions.url?.endsWith('/enviarAvance')) return 'enviarAvance';
  return /\/historial(Envios|-envios)$/.test(routeOptions.url ?? '') ? 'historialEnvios' : null;
}

async function before({ tipo, segundos }: Falla, reply: FastifyReply, closing: AbortSignal) {
  switch (tipo) {
    case 'codigo-001':
      return json(reply).send(errorBody(messageOf('001')));
    case 'codigo-002':
      return json(reply).send(
        errorBody(
          messageOf('002', { descripcion: 'No fue posible conectar con el servicio de autenticacion' }),
        ),
      );
    case 'http-503':
      return reply
        .code(503)
        .header('retry-after', String(segundos))
        .type('text/html; charset=utf-8')
        .send('<html><head><title>503 Service Temporarily Unavailable</title></head><body></body></html>');
    case 'corte-antes':
      return cut(reply);
    case 'demora':
      await sleep(segundos * 1000, undefined, { signal: closing }).catch(() => undefined);
      return;
    default:
      return;
  }
}

async function after(
  { tipo, segundos }: Falla,
  reply: FastifyReply,
  payload: unknown,
  closing: AbortSignal,
): Promise<unknown> {
  switch (tipo) {
    case 'corte-despues':
      reply.raw.destroy();
      return payload;
    case 'respuesta-perdida':
      await once(reply.raw, 'close', { signal: closing }).catch(() => undefined);
      reply.raw.destroy();
      return payload;
    case 'html-delante':
      reply.removeHeader('content-length');
      reply.type('text/html; charset=UTF-8');
      return Readable.from(prefixed(LEAKED_HTML, payload));
    case 'goteo':
      reply.removeHeader('content-length');
      return Readable.from(dripped(payload, segundos, closing));
    default:
      return payload;
  }
}

function cut(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.destroy();
  return reply;
}

function json(reply: FastifyReply): FastifyReply {
  return reply.type('application/json; charset=utf-8');
}

async function* prefixed(prefix: string, payload: unknown): AsyncGenerator<Buffer> {
  yield Buffer.from(prefix);
  yield* partsOf(payload);
}

/** The answer in twenty parts over the time given. */
async function* dripped(payload: unknown, segundos: number, closing: AbortSignal): AsyncGenerator<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of partsOf(payload)) parts.push(part);
  const whole = Buffer.concat(parts);
  const step = Math.max(1, Math.ceil(whole.length / DROPS));
  for (let at = 0; at < whole.length; at += step) {
    await sleep((segundos * 1000) / DROPS, undefined, { signal: closing }).catch(() => undefined);
    yield whole.subarray(at, at + step);
  }
}

const DROPS = 20;

/** A payload in parts, whatever a route gave. */
export async function* partsOf(payload: unknown): AsyncGenerator<Buffer> {
  if (payload instanceof Readable) {
    for await (const part of payload) yield Buffer.from(part);
  } else if (typeof payload === 'string' || payload instanceof Uint8Array) {
    yield Buffer.from(payload);
  }
}
