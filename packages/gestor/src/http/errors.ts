import type { FastifyError, FastifyInstance } from 'fastify';
import type { Context } from '../context.ts';
import { RegistryError } from '../registry/registry.ts';
import { isUnavailable } from '../store/unavailable.ts';
import { errorBody, Refusal, tooBig } from './refusal.ts';

/** The one place where a failure becomes an answer: always JSON, in Spanish, without a word of what is inside. */
export function answerErrors(app: FastifyInstance, { logger, pulso, supuestos }: Context): void {
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    reply.type('application/json; charset=utf-8');
    if (error instanceof Refusal) {
      if (error.status === 429) reply.header('retry-after', '1');
      if (error.status === 401)
        reply.header('www-authenticate', 'Basic realm="Gestor Intermedio", charset="UTF-8"');
      const isOfficial = request.routeOptions.url?.startsWith('/gestor/API') === true;
      const status = error.status === 400 && isOfficial ? supuestos.estadoIlegible : error.status;
      return reply.code(status).send(errorBody(error.message));
    }
    if (error instanceof RegistryError) return reply.code(400).send(errorBody(error.message));
    if ('statusCode' in error && error.statusCode !== undefined && error.statusCode < 500) {
      return reply.code(error.statusCode).send(errorBody(clientMistake(error.statusCode)));
    }
    const unavailable = isUnavailable(error);
    if (unavailable) pulso.doubt();
    logger.error(
      { err: error, path: request.routeOptions.url },
      unavailable ? 'store unavailable' : 'request failed',
    );
    return reply
      .code(unavailable ? 503 : 500)
      .send(
        errorBody(
          unavailable
            ? 'El servicio no alcanza su almacén de datos en este momento. Espere unos minutos y, antes de repetir un envío, revise en el historial si alcanzó a quedar registrado.'
            : 'Error interno del servicio.',
        ),
      );
  });
}

/** What is sent to an address that is not there is answered before its body is read. Register after the limits. */
export function answerUnknown(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.is404) return;
    reply.code(404).type('application/json; charset=utf-8');
    return reply.send(errorBody('No existe esta dirección en el servicio.'));
  });
}

function clientMistake(status: number): string {
  if (status === 413) return tooBig().message;
  if (status === 415) return 'No se acepta este tipo de contenido: envíe application/json sin comprimir.';
  return 'La solicitud no se puede leer.';
}
