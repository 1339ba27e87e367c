import { GestorError } from '../gestor-error.ts';

/** What is looked at, and what we take the service to do: in Spanish, for the file that is published. */
export const SUPONE = {
  consulta: 'La consulta al historial responde HTTP 200 y una lista de procesos.',
  'token-malo-consulta':
    'Una consulta con un token malo responde HTTP 200 con los 40 bytes de «Token invalido».',
  'token-malo-envio': 'Un envío con un token malo responde HTTP 200 con los 40 bytes de «Token invalido».',
  'envio-aceptado': 'El envío de la prueba oficial se acepta entero, con HTTP 200 y su id_proceso.',
  'eco-fecha': 'El eco agrega fechaEjecucion después de fechaFin, como en el ejemplo oficial.',
  'porcentaje-igual': 'Un porcentaje igual al último se acepta.',
  'alumno-desconocido': 'Un alumno que SENCE no conoce se rechaza con 012, y los demás entran.',
  'eco-parcial': 'En una respuesta con errores, datosEnviados nombra a los que entraron.',
  'curso-desconocido':
    'Un curso que SENCE no conoce responde datosError con el código 003 y el alumno en null.',
  'historial-codigo': 'El historial se filtra por codigo_externo y lo devuelve tal como se envió.',
  'historial-seccion': 'seccion_cod es el grupo.',
  'historial-hora': 'La fecha del historial es hora de Santiago.',
  'historial-decimales': 'Los porcentajes vienen como texto con cinco decimales.',
  'historial-rechazo': 'Un rechazo queda como registro 3 con su código entre corchetes.',
} as const;

export type FindingId = keyof typeof SUPONE;

/** One assumption and what the service showed of it. */
export interface Finding {
  id: FindingId;
  /** What we take the service to do, in Spanish. */
  supone: string;
  resultado: 'se cumple' | 'no se cumple' | 'no se pudo ver';
  /** What was seen, in Spanish, without anybody's data. */
  observado: string;
}

/** What came of a call: its answer, or why there is none. */
export type Seen<T> = T | GestorError;

export function finding(id: FindingId, holds: boolean, observado: string): Finding {
  return { id, supone: SUPONE[id], resultado: holds ? 'se cumple' : 'no se cumple', observado };
}

export function unseen(id: FindingId, observado: string): Finding {
  return { id, supone: SUPONE[id], resultado: 'no se pudo ver', observado };
}

/** None of these could be seen, for one reason. */
export function allUnseen(ids: readonly FindingId[], why: GestorError | string): Finding[] {
  return ids.map((id) => unseen(id, why instanceof GestorError ? describeError(why) : why));
}

/** A call that brought no answer of the service: what came instead, and nothing of what it said. */
export function describeError({ code, status, body }: GestorError): string {
  return status === null
    ? `Sin respuesta (${code}).`
    : `No respondió el servicio (${code}): ${describeBody(status, body ?? '')}`;
}

/** What kind of body came, by its looks. */
export function describeBody(status: number, body: string): string {
  return `HTTP ${status}, ${kindOf(body.trimStart())}, ${Buffer.byteLength(body)} bytes.`;
}

function kindOf(body: string): string {
  if (body === '') return 'cuerpo vacío';
  if (body.startsWith('<')) return 'HTML';
  try {
    JSON.parse(body);
    return 'JSON';
  } catch {
    return /^[[{]/.test(body) ? 'JSON roto' : 'otro texto';
  }
}

/** A value of the service, short; whatever could be a RUT, a token or a name is left out. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nada';
  return JSON.stringify(value)
    .slice(0, 60)
    .replace(/[\p{L}\p{N}-]{6,}/gu, '…');
}
