import {
  type Issue,
  isValidRut,
  readFigure,
  readingOfRut,
  showInvisible,
  withoutInvisible,
} from '@puente-sic/protocol';
import { figureText, highest } from './decide/reader.ts';
import type { Entry } from './entry.ts';
import { several, warning } from './finding.ts';
import type { JsonObject } from './json-object.ts';

/**
 * Figures of API bodies that are in the service's own shape, but hardly in its units: told, and sent as they stand.
 * One finding per file and kind.
 */
export function oddFigures(entries: readonly Entry[], file: string): Issue[] {
  const parts = entries.flatMap(({ alumno, modulo, place, moduloPlace }) => [
    { fields: alumno ?? {}, place: place.text },
    { fields: modulo ?? {}, place: moduloPlace.text },
  ]);
  const figures = (...names: string[]) =>
    parts.flatMap(({ fields, place }) =>
      names.flatMap((name) => {
        const value = readFigure(fields[name]);
        return value !== null && value > 0 ? { name, value, place, fields } : [];
      }),
    );
  const marks = figures('evaluacionFinal', 'notaModulo');
  const progress = figures('porcentajeAvance');
  const times = figures('tiempoConectividad');
  const complete = times.some(({ fields }) => readFigure(fields.porcentajeAvance) === 100);
  return [
    ...told(
      file,
      marks.filter(({ value, fields }) => value <= 7 && Number(fields.estado) === 2),
      7,
      true,
      {
        what: 'hay aprobados cuya nota no pasa de 7: parece de 1,0 a 7,0',
        fix: 'El servicio espera notas de 0 a 100: conviértalas en el sistema que escribe el archivo.',
      },
    ),
    ...told(
      file,
      progress,
      1,
      progress.some(({ value }) => value < 1),
      {
        what: 'ningún avance pasa de 1: parecen fracciones, y 0,45 se envía como 0,45 %',
        fix: 'El servicio espera porcentajes de 0 a 100: conviértalos en el sistema que escribe el archivo.',
      },
    ),
    ...told(
      file,
      progress.filter(({ value }) => value < 1),
      1,
      progress.some(({ value }) => value > 1),
      {
        what: 'hay avances menores que 1 entre otros mayores: si alguno es una fracción, 0,85 se envía como 0,85 %, no como 85 %',
        fix: 'Si son porcentajes de 0 a 100, no hay nada que hacer; si no, conviértalos en el sistema que escribe el archivo.',
      },
    ),
    ...told(file, times, 299, complete, {
      what: 'ningún tiempo llega a 300 segundos y hay avances de 100 %: parecen minutos u horas',
      fix: 'El servicio espera segundos: conviértalos en el sistema que escribe el archivo.',
    }),
  ];
}

/** `98765433` and `3`, which may be 9876543-3: told, and sent as they stand. */
export function doubleDigits(entries: readonly Entry[], file: string): Issue[] {
  const seen = new Map<string, string>();
  for (const { rut, place } of entries) {
    const [number, dv] = [String(rut.rutAlumno ?? ''), String(rut.dvAlumno ?? '').toUpperCase()];
    const reading = readingOfRut(number);
    if (reading.kind === 'either' && reading.rut.dv === dv && isValidRut(reading.rut))
      seen.set(`${number} y ${dv}`, place.text);
  }
  if (seen.size === 0) return [];
  const shown = [...seen].map(([written, place]) => `«${written}» (${place})`);
  return [
    warning({
      message: `En ${file} hay un RUT que puede llevar su dígito verificador dos veces, y se envía como está: ${several(shown, 3)}.`,
      fix: 'Revise que rutAlumno traiga el número sin su dígito verificador; si es así, no hay nada que hacer.',
      place: file,
    }),
  ];
}

/** Characters that nobody sees in the names of activities, told and sent as they stand. */
export function unseenInActivities(entries: readonly Entry[], file: string): Issue[] {
  const seen = entries.flatMap(({ modulo, moduloPlace }) => {
    const names: unknown = modulo?.listaActividades;
    return (Array.isArray(names) ? names : []).flatMap(({ codigoActividad: name }: JsonObject) =>
      typeof name === 'string' && withoutInvisible(name) !== name
        ? `«${showInvisible(name)}» (${moduloPlace.text})`
        : [],
    );
  });
  if (seen.length === 0) return [];
  return [
    warning({
      message: `En ${file} hay actividades con signos que no se ven, y se envían como están: ${several(seen, 3)}.`,
      fix: 'Quítelos en el sistema que escribe el archivo.',
      place: file,
    }),
  ];
}

interface Figure {
  name: string;
  value: number;
  place: string;
}

function told(
  file: string,
  all: readonly Figure[],
  limit: number,
  odd: boolean,
  { what, fix }: { what: string; fix: string },
): Issue[] {
  if (!odd || all.length === 0 || highest(all.map(({ value }) => value)) > limit) return [];
  const first = all.slice(0, 3).map(({ name, value, place }) => `${name} ${figureText(value)} (${place})`);
  const rest = all.length > 3 ? ` y ${all.length - 3} más` : '';
  return [
    warning({
      message: `En ${file}, ${what}: ${rest ? first.join(', ') + rest : several(first)}.`,
      fix,
      place: file,
    }),
  ];
}
