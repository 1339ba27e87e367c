import { Readable } from 'node:stream';
import { messageOf, santiagoDate, santiagoDateTime } from '@puente-sic/protocol';
import type { FastifyInstance } from 'fastify';
import { writeRespuesta } from '../answers/respuesta.ts';
import { authenticate } from '../auth/credentials.ts';
import type { Context } from '../context.ts';
import { readBody, requireSize } from '../http/body.ts';
import { isSame, readEntradas, SIN_CREDENCIALES } from '../http/entrada.ts';
import { limitOtecs } from '../http/limit.ts';
import { errorBody, Refusal } from '../http/refusal.ts';
import type { Condiciones } from '../judge/condiciones.ts';
import { judgeEnvio } from '../judge/curso.ts';
import { rutsOf } from '../judge/rut.ts';
import { figureText, type JsonObject, readCode, sentText } from '../judge/values.ts';
import type { Veredicto } from '../judge/veredicto.ts';
import type { CursoInscrito, Llamada } from '../store/recorder.ts';

/** `POST /avance-sic/enviarAvance`: judges one course's progress, stores it, answers. [S] */
export function enviarAvance(app: FastifyInstance, context: Context): void {
  const limitOtec = limitOtecs(context);
  const acreditadaOf = readEntradas(app, context);
  app.post('/avance-sic/enviarAvance', async (request, reply) => {
    reply.type('application/json; charset=utf-8');
    if (request.body === SIN_CREDENCIALES) return errorBody(messageOf('001'));
    const envio = readBody(request.body);
    const recibidoEn = context.clock();
    const condiciones = {
      hoy: santiagoDate(recibidoEn),
      ahora: santiagoDateTime(recibidoEn),
      supuestos: context.supuestos,
    };
    const acreditada = acreditadaOf(request);
    const otec =
      acreditada && isSame(envio, acreditada)
        ? acreditada.otec
        : await authenticate(context.store.db, envio, condiciones);
    if (!otec) return errorBody(messageOf('001'));
    limitOtec(otec.rut);
    requireSize(envio, context.limits);

    const judge = (curso: CursoInscrito | null) => {
      const veredicto = judgeEnvio(envio, curso, condiciones);
      return { ...veredicto, respuesta: writeRespuesta(veredicto, condiciones) };
    };
    const llamada = shallow(() => readLlamada(envio, otec.rut, { recibidoEn, ...condiciones }));
    const { idProceso, veredicto } = await context.store.recorder.record(llamada, (curso) =>
      shallow(() => judge(curso)),
    );
    countRegistros(context, veredicto);
    return send(veredicto.respuesta(idProceso));
  });
}

function readLlamada(
  envio: JsonObject,
  rutOtec: number,
  { recibidoEn, hoy, supuestos }: Condiciones & Pick<Llamada, 'recibidoEn'>,
): Llamada {
  return {
    recibidoEn,
    dia: hoy,
    avancesAntesDe: supuestos.avancePorDia ? hoy : null,
    rutOtec,
    codigoOferta: sentText(readCode(envio.codigoOferta)),
    codigoGrupo: sentText(readCode(envio.codigoGrupo)),
    codigoEnvio: sentText(envio.codigoEnvio),
    cantActividadSincronica: figureText(envio.cantActividadSincronica),
    cantActividadAsincronica: figureText(envio.cantActividadAsincronica),
    ruts: rutsOf(envio.listaAlumnos),
  };
}

function countRegistros({ metrics }: Context, { alumnos }: Veredicto): void {
  for (const { modulos } of alumnos) {
    for (const { avance } of modulos) metrics.registros.add({ result: avance ? 'accepted' : 'rejected' });
  }
}

/** Writing JSON of a value nested some thousand deep overflows the stack, which V8 reports as a RangeError. */
function shallow<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    if (error instanceof RangeError)
      throw new Refusal(400, 'El cuerpo tiene demasiados niveles de anidamiento.');
    throw error;
  }
}

/** Small answers go out at once; a big one in parts, as fast as the caller takes them. */
function send(parts: string[]): string | Readable {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return length < 1024 * 1024 ? parts.join('') : Readable.from(parts);
}
