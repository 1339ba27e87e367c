import type { Issue } from '@puente-sic/protocol';
import { SourceError } from '../source.ts';
import type { JsonObject } from './body.ts';
import { normalise } from './columns.ts';
import type { Doubt } from './entry.ts';
import { error, several, warning } from './finding.ts';

/** A key that is one of the service's but for its capitals or signs (`ListaAlumnos`, `codigo_oferta`). */
interface Misspelt {
  written: string;
  meant: string;
}

/** The service reads keys as it spells them, and so do we: what stands under another spelling is told, never dropped. */
export function misspelt(value: unknown, names: readonly string[]): Misspelt[] {
  if (typeof value !== 'object' || value === null) return [];
  const known = new Map(names.map((name) => [normalise(name), name]));
  return Object.keys(value).flatMap((written) => {
    const meant = known.get(normalise(written));
    return meant === undefined || meant === written ? [] : { written, meant };
  });
}

/** Whether an object has a list of students, however its key is spelled. */
export function hasStudents(value: object): boolean {
  return Object.hasOwn(value, 'listaAlumnos') || misspelt(value, ['listaAlumnos']).length > 0;
}

/** Why nobody can trust a record with such a key. */
export function misspeltDoubts(value: unknown, names: readonly string[]): Doubt[] {
  return misspelt(value, names).map(({ written, meant }) => ({
    message: `El servicio no lee «${written}», sino «${meant}»: lo que dice (${shown(value, written)}) no se enviaría.`,
    fix: `En el sistema que escribe el archivo, escriba el nombre exactamente así: ${meant}.`,
  }));
}

function shown(value: unknown, key: string): string {
  const field: unknown = Object.entries(value ?? {}).find(([name]) => name === key)?.[1];
  const text = Array.isArray(field) ? `una lista de ${field.length}` : JSON.stringify(field);
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}

/**
 * A body whose students stand under another key: all of them are named. Throws a {@link SourceError} where the right
 * key is there too, as for one that is there twice.
 */
export function misspeltList(body: JsonObject, written: string, place: string): Issue {
  const lists = [body.listaAlumnos, body[written]];
  const people = lists.flatMap((list): unknown[] => (Array.isArray(list) ? list : [])).map(personIn);
  const both = Object.hasOwn(body, 'listaAlumnos');
  const message = `No se leyó el envío de ${place}: trae alumnos en «${written}», y el servicio solo lee «listaAlumnos»${both ? ', que también viene' : ''}.${people.length > 0 ? ` Son: ${several([...new Set(people)], 20)}.` : ''}`;
  const fix =
    'En el sistema que escribe el archivo, escriba el nombre exactamente así, y una sola vez: listaAlumnos.';
  if (both) throw new SourceError('wrong', message, fix);
  return error({ message, fix, place });
}

function personIn(student: unknown): string {
  const fields = Object.entries(student ?? {});
  const find = (name: string): string =>
    String(fields.find(([key]) => normalise(key) === normalise(name))?.[1] ?? '');
  const dv = find('dvAlumno');
  return `${find('rutAlumno') || 'alguien sin RUT'}${dv === '' ? '' : `-${dv}`}`;
}

/** Keys of the course itself; what cannot be done without them is told by who needs it. */
export function misspeltOfCourse(others: readonly Misspelt[], place: string): Issue[] {
  if (others.length === 0) return [];
  const names = several(others.map(({ written, meant }) => `«${written}» por «${meant}»`));
  return [
    warning({
      message: `En el envío de ${place} hay claves que el servicio no lee, y no se usaron: ${names}.`,
      fix: 'En el sistema que escribe el archivo, escriba los nombres exactamente como el servicio.',
      place,
    }),
  ];
}
