import { type Issue, readRut } from '@puente-sic/protocol';
import { EXAMPLE } from '../plantilla/example.ts';
import type { Entry } from './entry.ts';
import { warning } from './finding.ts';

/** What `puente plantilla` calls the example that it fills with invented people. */
const NAME = /^ejemplo-avance\.(csv|xlsx)$/i;
const PEOPLE = new Set(EXAMPLE.map(({ rutAlumno }) => numberOf(rutAlumno)));
const COURSES = new Set(EXAMPLE.map(({ codigoOferta }) => codigoOferta));

/** Whether a file of a folder is the filled example, of invented people only; who writes own people into it has data. */
export function isFilledExample(file: string, entries: readonly Entry[]): boolean {
  return (
    NAME.test(file) &&
    entries.length > 0 &&
    entries.every(
      ({ rut, curso }) => PEOPLE.has(Number(rut.rutAlumno)) && COURSES.has(curso.codigoOferta ?? ''),
    )
  );
}

export function exampleNotSent(file: string): Issue {
  return warning({
    message: `${file} es el ejemplo de «puente plantilla», con personas inventadas: no se usó.`,
    fix: 'Bórrelo de la carpeta, o cámbielo de nombre si ya trae los datos de sus alumnos.',
    place: file,
  });
}

function numberOf(rut: unknown): number | undefined {
  return readRut(String(rut))?.numero;
}
