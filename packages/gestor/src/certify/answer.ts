import { isObject } from '../judge/values.ts';
import { type Llamada, listOf, type Rechazo, type RespuestaVista, rutOf } from './call.ts';
import { AJENO } from './own-body.ts';

/** Refusals that are kept of one answer; more of them say nothing new. */
const MAX_RECHAZOS = 20;
/** Characters of an answer that is no answer of the service. */
const MAX_TEXTO = 300;

/** What the kit keeps of an answer: what it took, what it did not, and in short what it said. */
export function readRespuesta(
  status: number,
  texto: string,
  isOfSheet: (rut: string) => boolean,
): Pick<Llamada, 'aceptados' | 'rechazos'> & { respuesta: RespuestaVista } {
  const answer = parse(texto);
  const bare = (text: string) => text.replace(RUT, (rut) => (isOfSheet(rut) ? rut : AJENO));
  if (Array.isArray(answer)) {
    const summary = `historial de ${answer.length} procesos`;
    return {
      aceptados: [],
      rechazos: [],
      respuesta: { status, historial: status === 200, texto: summary },
    };
  }
  const rechazos = refusedIn(answer).map(
    (rechazo): Rechazo =>
      rechazo.rut === null || isOfSheet(rechazo.rut)
        ? rechazo
        : { ...rechazo, rut: AJENO, mensaje: 'El alumno no está en la hoja.' },
  );
  return {
    aceptados: acceptedIn(answer).filter((record) => isOfSheet(record.split(' ')[0] ?? '')),
    rechazos,
    respuesta: {
      status,
      historial: false,
      texto: bare(summaryOf(answer, rechazos) ?? texto.slice(0, MAX_TEXTO)),
    },
  };
}

/** An answer of enviarAvance without its echo; null where it is none. */
function summaryOf(answer: unknown, rechazos: readonly Rechazo[]): string | null {
  if (!isObject(answer) || answer.id_proceso === undefined) return null;
  const accepted = acceptedIn(answer).length;
  const errors = rechazos.map(({ codigo, mensaje }) => `[${codigo}] ${mensaje}`);
  return [`id_proceso ${answer.id_proceso}`, `${accepted} registros aceptados`, ...errors].join(' · ');
}

function refusedIn(answer: unknown): Rechazo[] {
  if (!isObject(answer)) return [];
  return listOf(answer.datosError)
    .slice(0, MAX_RECHAZOS)
    .map(({ alumno, codigo, mensaje, codigoModulo }) => ({
      rut: isObject(alumno) ? rutOf(alumno) : null,
      codigoModulo: typeof codigoModulo === 'string' ? codigoModulo : null,
      codigo: String(codigo),
      mensaje: String(mensaje),
    }));
}

function acceptedIn(answer: unknown): string[] {
  if (!isObject(answer)) return [];
  return listOf(answer.envio ?? answer.datosEnviados).flatMap((alumno) =>
    listOf(alumno.listaModulos).map(({ codigoModulo }) => `${rutOf(alumno)} ${codigoModulo}`),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const RUT = /\d{6,9}-?[\dkK]?/g;
