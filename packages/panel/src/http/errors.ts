import { isOfLedger, isTold } from '@puente-sic/app';
import type { FastifyError, FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { fallaOf, Refusal } from './refusal.ts';

/** The one place where a failure becomes an answer: JSON, in Spanish, without a word of what is inside. */
export function answerErrors(app: FastifyInstance, logger: Logger): void {
  app.setErrorHandler((error: FastifyError | Refusal, request, reply) => {
    if (error instanceof Refusal) {
      if (error.retryAfter !== null) reply.header('retry-after', String(error.retryAfter));
      return reply.code(error.status).send(fallaOf(error.codigo, error.message, error.queHacer));
    }
    if (isOfLedger(error)) {
      logger.error({ err: error, path: request.routeOptions.url }, 'the ledger cannot be used');
      return reply.code(503).send(fallaOf('sin-registro', WITHOUT_LEDGER.mensaje, WITHOUT_LEDGER.queHacer));
    }
    // Whatever the rest of the program cannot do says why and what to do: EngineFailure, SourceError, the program's own.
    if (isTold(error)) {
      return reply.code(409).send(fallaOf('no-se-puede', error.message, error.fix));
    }
    if (error.statusCode !== undefined && error.statusCode < 500) {
      return reply.code(error.statusCode).send(fallaOf('solicitud', 'La solicitud no se puede leer.'));
    }
    logger.error({ err: error, path: request.routeOptions.url }, 'request failed');
    return reply
      .code(500)
      .send(
        fallaOf(
          'interno',
          'puente tuvo un error interno.',
          'Vuelva a intentarlo. Si se repite, avise a quien lo instaló: el detalle quedó en el registro de puente.',
        ),
      );
  });
}

/** Its file is for whoever reads the log: anybody may ask. */
const WITHOUT_LEDGER = {
  mensaje: 'puente no puede usar su registro de lo enviado en este momento.',
  queHacer: 'Vuelva a intentarlo en un minuto. Si sigue así, avise a quien administra puente.',
};
