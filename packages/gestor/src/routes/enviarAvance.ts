import { Readable } from 'node:stream';
import { messageOf } from '@puente-sic/protocol';
import type { FastifyInstance } from 'fastify';
import { authenticate } from '../auth/credentials.ts';
import type { Context } from '../context.ts';
import { readBody, readLongBody, requireSize } from '../http/body.ts';
import { isSame, readEntradas, SIN_CREDENCIALES } from '../http/entrada.ts';
import { limitOtecs } from '../http/limit.ts';
import { errorBody } from '../http/refusal.ts';
import { Rueda } from '../http/rueda.ts';
import { condicionesAt, judgeCall, readLlamada } from '../judge/call.ts';
import type { Veredicto } from '../judge/veredicto.ts';
import { inTurns } from '../steps.ts';

/** `POST /avance-sic/enviarAvance`: judges one course's progress, stores it, answers. [S] */
export function enviarAvance(app: FastifyInstance, context: Context): void {
  const limitOtec = limitOtecs(context);
  const rueda = new Rueda();
  const acreditadaOf = readEntradas(app, context);
  app.post('/avance-sic/enviarAvance', async (request, reply) => {
    reply.type('application/json; charset=utf-8');
    if (request.body === SIN_CREDENCIALES) return errorBody(messageOf('001'));
    const acreditada = acreditadaOf(request);
    const turn = acreditada?.scan ? rueda.turnOf(acreditada.otec.rut) : undefined;
    const envio =
      acreditada?.scan && turn && Buffer.isBuffer(request.body)
        ? await inTurns(readLongBody(request.body, acreditada.scan), turn)
        : readBody(request.body);
    const recibidoEn = context.clock();
    const condiciones = condicionesAt(recibidoEn, context.supuestos);
    const otec =
      acreditada && isSame(envio, acreditada)
        ? acreditada.otec
        : await authenticate(context.store.db, envio, condiciones);
    if (!otec) return errorBody(messageOf('001'));
    await limitOtec(otec.rut);
    requireSize(envio, context.limits);

    const { idProceso, veredicto } = await context.store.recorder.record(
      readLlamada(envio, otec.rut, { recibidoEn, ...condiciones }),
      (curso) => judgeCall(envio, curso, condiciones),
      turn,
    );
    countRegistros(context, veredicto);
    return send(veredicto.respuesta(idProceso));
  });
}

function countRegistros({ metrics }: Context, { alumnos }: Veredicto): void {
  for (const { modulos } of alumnos) {
    for (const { avance } of modulos) metrics.registros.add({ result: avance ? 'accepted' : 'rejected' });
  }
}

/** Small answers go out at once; a big one in parts, as fast as the caller takes them. */
function send(parts: string[]): string | Readable {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return length < 1024 * 1024 ? parts.join('') : Readable.from(parts);
}
