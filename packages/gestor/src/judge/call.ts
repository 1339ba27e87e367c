import { santiagoDate, santiagoDateTime } from '@puente-sic/protocol';
import { type Respuesta, writeRespuesta } from '../answers/respuesta.ts';
import { Refusal } from '../http/refusal.ts';
import type { Steps } from '../steps.ts';
import type { CursoInscrito, Llamada } from '../store/recorder.ts';
import type { Supuestos } from '../supuestos.ts';
import type { Condiciones } from './condiciones.ts';
import { judgeEnvio } from './curso.ts';
import { rutsOf } from './rut.ts';
import { figureText, type JsonObject, readCode, sentText } from './values.ts';
import type { Veredicto } from './veredicto.ts';

/** The verdict on a call with its answer, which is written before it is stored. */
export type Juzgado = Veredicto & { respuesta: Respuesta };

/** What a call that arrives at this instant is judged by. */
export function condicionesAt(recibidoEn: Date, supuestos: Supuestos): Condiciones {
  return { hoy: santiagoDate(recibidoEn), ahora: santiagoDateTime(recibidoEn), supuestos };
}

/**
 * An authenticated call as far as the store must know it.
 * @throws Refusal (400) where a code is nested too deep to be kept as text.
 */
export function readLlamada(
  envio: JsonObject,
  rutOtec: number,
  { recibidoEn, hoy, supuestos }: Condiciones & Pick<Llamada, 'recibidoEn'>,
): Llamada {
  try {
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
  } catch (error) {
    throw tooDeep(error);
  }
}

/** Judges a call and writes its answer. */
export function* judgeCall(
  envio: JsonObject,
  curso: CursoInscrito | null,
  condiciones: Condiciones,
): Steps<Juzgado> {
  try {
    const veredicto = yield* judgeEnvio(envio, curso, condiciones);
    return { ...veredicto, respuesta: yield* writeRespuesta(veredicto, condiciones) };
  } catch (error) {
    throw tooDeep(error);
  }
}

/** Writing JSON of a value nested some thousand deep overflows the stack, which V8 reports as a RangeError. */
function tooDeep(error: unknown): unknown {
  if (!(error instanceof RangeError)) return error;
  return new Refusal(400, 'El cuerpo tiene demasiados niveles de anidamiento.');
}
