import { Readable } from 'node:stream';
import { messageOf, santiagoDate, santiagoDateTime } from '@puente-sic/protocol';
import type { FastifyInstance } from 'fastify';
import { type Respuesta, writeRespuesta } from '../answers/respuesta.ts';
import { authenticate } from '../auth/credentials.ts';
import type { Context } from '../context.ts';
import { readBody, readLongBody, requireSize } from '../http/body.ts';
import { isSame, readEntradas, SIN_CREDENCIALES } from '../http/entrada.ts';
import { limitOtecs } from '../http/limit.ts';
import { errorBody, Refusal } from '../http/refusal.ts';
import { Rueda } from '../http/rueda.ts';
import type { Condiciones } from '../judge/condiciones.ts';
import { judgeEnvio } from '../judge/curso.ts';
import { rutsOf } from '../judge/rut.ts';
import { figureText, type JsonObject, readCode, sentText } from '../judge/values.ts';
import type { Veredicto } from '../judge/veredicto.ts';
import { inTurns, type Steps } from '../steps.ts';
import type { CursoInscrito, Llamada } from '../store/recorder.ts';

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
    const condiciones = {
      hoy: santiagoDate(recibidoEn),
      ahora: santiagoDateTime(recibidoEn),
      supuestos: context.supuestos,
    };
    const otec =
      acreditada && isSame(envio, acreditada)
        ? acreditada.otec
        : await authenticate(context.store.db, envio, condiciones);
    if (!otec) return errorBody(messageOf('001'));
    limitOtec(otec.rut);
    requireSize(envio, context.limits);

    const llamada = shallow(() => readLlamada(envio, otec.rut, { recibidoEn, ...condiciones }));
    const { idProceso, veredicto } = await context.store.recorder.record(
      llamada,
      (curso) => judge(envio, curso, condiciones),
      turn,
    );
    countRegistros(context, veredicto);
    return send(veredicto.respuesta(idProceso));
  });
}

/** The verdict with its answer, which is written before it is stored. */
function* judge(envio: JsonObject, curso: CursoInscrito | null, condiciones: Condiciones): Steps<Juzgado> {
  try {
    const veredicto = yield* judgeEnvio(envio, curso, condiciones);
    return { ...veredicto, respuesta: yield* writeRespuesta(veredicto, condiciones) };
  } catch (error) {
    throw tooDeep(error);
  }
}

type Juzgado = Veredicto & { respuesta: Respuesta };

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

function shallow<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw tooDeep(error);
  }
}

/** Writing JSON of a value nested some thousand deep overflows the stack, which V8 reports as a RangeError. */
function tooDeep(error: unknown): unknown {
  if (!(error instanceof RangeError)) return error;
  return new Refusal(400, 'El cuerpo tiene demasiados niveles de anidamiento.');
}

/** Small answers go out at once; a big one in parts, as fast as the caller takes them. */
function send(parts: string[]): string | Readable {
  const length = parts.reduce((sum, part) => sum + part.length, 0);
  return length < 1024 * 1024 ? parts.join('') : Readable.from(parts);
}
