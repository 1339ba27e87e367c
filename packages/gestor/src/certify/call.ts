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
  /** The body of a POST without its token; null for a GET or for what is no JSON object. */
  cuerpo: JsonObject | null;
  /** The parameters of a GET without its token. */
  consulta: Record<string, string>;
  /** The fault that the kit made. */
  falla: string | null;
  /** What went out; null when the kit cut the connection, or the sender left before. */
  respuesta: { status: number; texto: string } | null;
  /** The sender closed the connection before it was answered. */
  rendida: boolean;
  /** Real seconds from the call to its end. */
  segundos: number;
  /** Records that the service took, `rut codigoModulo`. */
  aceptados: string[];
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

/** The module of one student in a POST, where it is in it. */
export function moduloOf({ cuerpo }: Llamada, rut: string, codigoModulo: string): JsonObject | undefined {
  return listOf(cuerpo?.listaAlumnos)
    .filter((alumno) => rutOf(alumno) === rut)
    .flatMap(({ listaModulos }) => listOf(listaModulos))
    .find((modulo) => modulo.codigoModulo === codigoModulo);
}

/** What an answer of the service says it took. */
export function acceptedIn(answer: unknown): string[] {
  if (!isObject(answer)) return [];
  return listOf(answer.envio ?? answer.datosEnviados).flatMap((alumno) =>
    listOf(alumno.listaModulos).map(({ codigoModulo }) => `${rutOf(alumno)} ${codigoModulo}`),
  );
}

/** The objects of a list; anything else in it is left aside. */
export function listOf(value: unknown): JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}

function rutOf({ rutAlumno }: JsonObject): string {
  const numero = Number(rutAlumno);
  return Number.isInteger(numero) && numero > 0 ? `${numero}-${checkDigit(numero)}` : String(rutAlumno);
}
