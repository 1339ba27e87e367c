import { isJsonObject, type JsonObject, own, ownList, readCode } from './json.ts';
import type { Position } from './position.ts';
import { formatRut, readRutAlumno, readServiceRut } from './rut.ts';

/** One student × module of a list of students, sent or echoed. */
export interface WireRecord {
  alumno: JsonObject;
  modulo: JsonObject;
  /** Key of the student, see {@link rutKey}. */
  rut: string;
  codigoModulo: string;
  /** Where in the list. */
  position: Position;
}

/**
 * Every student × module of a list, in order. A student that is no object has no records; a module that is none has
 * one without a code, since the service counts it too.
 */
export function recordsOf(listaAlumnos: readonly unknown[]): WireRecord[] {
  return listaAlumnos.flatMap((alumno, index) => {
    if (!isJsonObject(alumno)) return [];
    const rut = rutKey(alumno);
    return (ownList(alumno, 'listaModulos') ?? []).map((item, at) => {
      const modulo = isJsonObject(item) ? item : {};
      return { alumno, modulo, rut, codigoModulo: moduleKey(modulo), position: [index, at] };
    });
  });
}

/**
 * What a student goes by: `11222333-K` where it can be read, also without its check digit or as one text with it;
 * else both fields as written.
 */
export function rutKey(alumno: unknown): string {
  if (typeof alumno === 'string' || typeof alumno === 'number') {
    const rut = readServiceRut(String(alumno));
    return rut ? formatRut(rut) : String(alumno);
  }
  const rutAlumno = own(alumno, 'rutAlumno');
  const dvAlumno = own(alumno, 'dvAlumno');
  const rut = readRutAlumno(rutAlumno, dvAlumno);
  if (rut) return formatRut(rut);
  return [rutAlumno, dvAlumno].map(written).filter(Boolean).join('-').toUpperCase();
}

function moduleKey(modulo: JsonObject): string {
  return readCode(own(modulo, 'codigoModulo')) ?? '';
}

function written(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
}
