import { checkDigit } from '@puente-sic/protocol';
import { isObject, type JsonObject } from '../judge/values.ts';

/** Which token a call came with; the token itself is never kept. */
export type TokenVisto = 'correcto' | 'en-minusculas' | 'de-prueba-malo' | 'otro' | 'ausente';

/** One call that the kit saw. What the scenarios judge, and all that is kept. */
export interface Llamada {
  n: number;
  /** By the kit's clock, ISO 8601 in UTC. */
  recibida: string;
  endpoint: 'enviarAvance' | 'historialEnvios';
  token: TokenVisto;
  /** The Content-Type of a POST as it came; null where there was none. */
  tipoContenido: string | null;
  /** Names of the parameters in the address of a POST, which has none by right. */
  enDireccion: string[];
  /** The body of a POST without its token and without what is not the kit's; null for a GET or for no JSON object. */
  cuerpo: JsonObject | null;
  /** Fields that the API does not name, as `alumno.correo`; what they held is not kept. */
  camposAjenos: string[];
  /** The parameters of a GET without its token. */
  consulta: Record<string, string>;
  /** The fault that the kit made. */
  falla: string | null;
  /** What went out; null when the kit cut the connection, or the sender left before. */
  respuesta: RespuestaVista | null;
  /** The sender closed the connection before it was answered. */
  rendida: boolean;
  /** Real seconds from the call to its end. */
  segundos: number;
  /** The last call that had begun when this one's answer was ready: what is later knew the answer, or that none came. */
  hasta: number;
  /** Records that the service took, `rut codigoModulo`. */
  aceptados: string[];
  /** What the service said of those that it did not take. */
  rechazos: Rechazo[];
}

/** An answer as it is kept: without its echo, which holds what was sent. */
export interface RespuestaVista {
  status: number;
  /** It is a history, of whatever length. */
  historial: boolean;
  texto: string;
}

export interface Rechazo {
  rut: string | null;
  codigoModulo: string | null;
  codigo: string;
  mensaje: string;
}

/** `11222333-K` of each student of a POST, in order. */
export function alumnosOf({ cuerpo }: Llamada): string[] {
  return listOf(cuerpo?.listaAlumnos).map(rutOf);
}

/** Every student × module of a POST, `rut codigoModulo`. */
export function recordsOf({ cuerpo }: Llamada): string[] {
  return listOf(cuerpo?.listaAlumnos).flatMap((alumno) =>
    listOf(alumno.listaModulos).map(({ codigoModulo }) => `${rutOf(alumno)} ${codigoModulo}`),
  );
}

/** The modules of one student in a POST; none where it is not in it. */
export function modulosOf({ cuerpo }: Llamada, rut: string): JsonObject[] {
  return listOf(cuerpo?.listaAlumnos)
    .filter((alumno) => rutOf(alumno) === rut)
    .flatMap(({ listaModulos }) => listOf(listaModulos));
}

/** The objects of a list; anything else in it is left aside. */
export function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

/** `31500001-5`, by the number alone; what is no RUT as it came. */
export function rutOf({ rutAlumno }: JsonObject): string {
  const numero = Number(rutAlumno);
  return Number.isInteger(numero) && numero > 0 ? `${numero}-${checkDigit(numero)}` : String(rutAlumno);
}
