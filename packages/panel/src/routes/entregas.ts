import type { Entregas } from '@puente-sic/app';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ENTREGAS, LIMITE_BYTES, LIMITE_POR_MINUTO, RESULTADO } from '../api/entregas.ts';
import { fallaOf, Refusal } from '../http/refusal.ts';

/**
 * What platforms deliver to sources of `tipo: push`: behind keys of their own that can do nothing else, so that it
 * stands beside the panel's routes and not among them.
 */
export function entregas(app: FastifyInstance, where: Entregas, clock: () => Date): void {
  app.register(async (scope) => {
    // Read by whoever takes it: what is large would hold everybody up here.
    scope.removeContentTypeParser('application/json');
    scope.addContentTypeParser(
      ['application/json', ...LINES],
      { parseAs: 'buffer' },
      async (_: unknown, body: Buffer) => body,
    );
    scope.addHook('onRequest', async ({ headers }) => {
      if ((headers['content-encoding'] ?? 'identity') !== 'identity') throw compressed();
    });
    scope.setErrorHandler((error: FastifyError, _, reply) => answer(error, reply));
    const limits = new Limits(clock);
    const guesses = new Limits(clock);
    const good = new Set<string>();
    // Before a byte of the body is read.
    scope.addHook('onRequest', async (request) => {
      const key = keyOf(request);
      limits.count(key);
      // Whoever tries key after key is not looked up each time, and keeps nobody else at that address out.
      if (!good.has(key)) guesses.assertMore(request.ip);
      if (await where.admits(key)) return void good.add(key);
      good.delete(key);
      guesses.count(request.ip);
      throw noKey();
    });
    for (const { metodo, ruta, de } of Object.values(ENTREGAS)) {
      scope.route({
        method: metodo,
        url: ruta,
        bodyLimit: LIMITE_BYTES,
        handler: async (request, reply) => {
          const { curso = '' } = request.params as { curso?: string };
          const own = { de, curso, ...bodyOf(request), ...idempotencyOf(request) };
          const recibo = await where.receive(keyOf(request), own);
          if (recibo === null) throw noKey();
          return reply.code(recibo.estado === 'retenido' ? 202 : 200).send(recibo);
        },
      });
    }
    scope.get(RESULTADO.ruta, async (request) => {
      const { curso = '' } = request.params as { curso?: string };
      const found = await where.result(keyOf(request), curso.trim());
      if (found === null) throw noKey();
      if (found.result === null) throw notDelivered();
      return found.result;
    });
  });
}

/** So many requests of one key (of one address: with keys that are nobody's) in a minute; the next one waits. */
class Limits {
  readonly #clock: () => Date;
  readonly #seen = new Map<string, number>();
  #minute = 0;

  constructor(clock: () => Date) {
    this.#clock = clock;
  }

  count(key: string): void {
    this.assertMore(key);
    this.#seen.set(key, (this.#seen.get(key) ?? 0) + 1);
  }

  /** Whether one more may be made; nothing is counted. @throws Refusal with how long to wait. */
  assertMore(key: string): void {
    const now = this.#clock().getTime();
    const minute = Math.floor(now / 60_000);
    if (minute !== this.#minute) this.#seen.clear();
    this.#minute = minute;
    if ((this.#seen.get(key) ?? 0) < LIMITE_POR_MINUTO) return;
    const wait = Math.ceil(((minute + 1) * 60_000 - now) / 1000);
    throw new Refusal(
      429,
      'limite',
      `Se hicieron más de ${LIMITE_POR_MINUTO} llamadas en un minuto.`,
      'Espere lo que dice Retry-After, y junte más filas en cada entrega.',
      wait,
    );
  }
}

function keyOf({ headers: { authorization = '' } }: FastifyRequest): string {
  const key = /^Bearer (entrega_[\w-]{43})$/.exec(authorization)?.[1];
  if (key === undefined) throw noKey();
  return key;
}

function idempotencyOf({ headers }: FastifyRequest): { idempotencyKey?: string } {
  const key = headers['idempotency-key'];
  if (typeof key !== 'string' || key === '') return {};
  if (key.length > 200)
    throw new Refusal(400, 'solicitud', 'La Idempotency-Key tiene más de 200 signos.', 'Use una más corta.');
  return { idempotencyKey: key };
}

const LINES = ['application/x-ndjson', 'application/ndjson'];

function bodyOf({ body, headers }: FastifyRequest): { cuerpo: Buffer; lineas: boolean } {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  const cuerpo = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  return { cuerpo, lineas: LINES.includes(type.trim().toLowerCase()) };
}

const STATUS: Record<string, number> = {
  forma: 400,
  datos: 422,
  ajeno: 403,
  'clave-repetida': 409,
  demasiado: 413,
};

function answer(error: FastifyError, reply: FastifyReply): FastifyReply {
  if (isRejection(error)) {
    const { codigo, message, queHacer, errores } = error;
    return reply.code(STATUS[codigo] ?? 400).send({ ...fallaOf(codigo, message, queHacer), errores });
  }
  if (error.statusCode === 413)
    return reply
      .code(413)
      .send(
        fallaOf(
          'demasiado',
          `La entrega pesa más de ${LIMITE_BYTES / 1024 / 1024} MB.`,
          'Divídala en entregas más chicas.',
        ),
      );
  if (error.statusCode === 415)
    return reply
      .code(415)
      .send(
        fallaOf(
          'solicitud',
          'El cuerpo no viene en una forma que se lea.',
          'Mande JSON con Content-Type: application/json (los clics, también como application/x-ndjson).',
        ),
      );
  // Told as everywhere else.
  throw error;
}

/** By name: what reads deliveries is loaded when the first comes. */
function isRejection(
  error: Error,
): error is Error & { codigo: string; queHacer: string; errores: readonly object[] } {
  return error.name === 'Rejection' && 'codigo' in error && 'errores' in error;
}

function noKey(): Refusal {
  return new Refusal(
    401,
    'sin-clave',
    'Falta una clave de entrega, o la que hay no sirve.',
    'Cree una con «puente fuente clave» y mándela así: Authorization: Bearer entrega_…',
  );
}

function compressed(): Refusal {
  return new Refusal(
    415,
    'solicitud',
    'El cuerpo viene comprimido, y no se lee así.',
    'Mándelo sin Content-Encoding; si es muy grande, divídalo.',
  );
}

function notDelivered(): Refusal {
  return new Refusal(
    404,
    'no-existe',
    'Ese curso no se ha entregado a esta fuente.',
    'Entréguelo con PUT /v1/cursos/{curso}; lo que pasó con él se sabe después de la noche siguiente.',
  );
}
