import { isValidRut, type Rut, readRut } from '@puente-sic/protocol';
import { isObject, type JsonObject } from './values.ts';

/** A student's RUT; null where it is missing, not well formed, or its check digit is not modulo 11's. [S, A 5] */
export function readAlumnoRut(alumno: JsonObject): Rut | null {
  const { rutAlumno, dvAlumno } = alumno;
  const numero = typeof rutAlumno === 'number' ? String(rutAlumno) : rutAlumno;
  if (typeof numero !== 'string' || !/^\d{1,9}$/.test(numero)) return null;
  const dv = typeof dvAlumno === 'number' ? String(dvAlumno) : dvAlumno;
  if (typeof dv !== 'string' || !/^[\dkK]$/.test(dv)) return null;
  const rut = readRut(`${numero}-${dv}`);
  return rut && isValidRut(rut) ? rut : null;
}

/** How messages write a student: with the check digit, as sent. [S] */
export function nameAlumno(alumno: unknown): string {
  if (!isObject(alumno)) return '';
  const part = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 20) : '';
  const numero = part(alumno.rutAlumno);
  const dv = part(alumno.dvAlumno);
  return dv ? `${numero}-${dv}` : numero;
}

/** Every well-formed RUT of a call, once. */
export function rutsOf(listaAlumnos: unknown): number[] {
  if (!Array.isArray(listaAlumnos)) return [];
  const ruts = new Set<number>();
  for (const alumno of listaAlumnos) {
    const rut = isObject(alumno) ? readAlumnoRut(alumno) : null;
    if (rut) ruts.add(rut.numero);
  }
  return [...ruts];
}
