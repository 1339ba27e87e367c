import type { Issue } from '@puente-sic/protocol';
import { SourceError } from '../source.ts';
import { normalise } from './columns.ts';
import type { Doubt } from './entry.ts';
import { error, several, warning } from './finding.ts';
import type { JsonObject } from './json-object.ts';

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

/** Whether an object has a list of students, however its key is spelled; `alumnos` is one beside the code of a course. */
export function hasStudents(value: object): boolean {
  if (Object.hasOwn(value, 'listaAlumnos') || misspelt(value, ['listaAlumnos']).length > 0) return true;
  const list = Object.hasOwn(value, 'codigoOferta') ? otherList(value, 'listaAlumnos') : null;
  return peopleUnder(value, list ?? '').some((who) => who !== NOBODY);
}

/** The key under which an object has a list of objects where it should be in `name`: `alumnos`, `estudiantes`. */
export function otherList(value: unknown, name: string): string | null {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  const lists = entries.filter(
    ([key, list]) =>
      key !== name &&
      !LISTS.includes(key) &&
      Array.isArray(list) &&
      list.some((item) => typeof item === 'object' && item !== null),
  );
  return lists[0]?.[0] ?? null;
}

const LISTS = ['listaAlumnos', 'listaModulos', 'listaActividades'];

/** Why nobody can trust a record that has a list of its own under another name. */
export function otherListDoubts(value: unknown, name: string): Doubt[] {
  const written = otherList(value, name);
  return written === null
    ? []
    : [
        {
          message: `El servicio no lee «${written}», sino «${name}»: lo que dice (${shown(value, written)}) no se enviaría.`,
          fix: `En el sistema que escribe el archivo, escriba el nombre exactamente así: ${name}.`,
        },
      ];
}

/** What there is in place of a list: `es un texto`, `falta; sus claves son «a» y «b»`. */
export function insteadOfList(body: JsonObject, name: string): string {
  const people = [...new Set(peopleUnder(body, name))].filter((who) => who !== NOBODY);
  return `${whatIs(body, name)}${people.length > 0 ? `. Son: ${several(people, 20)}` : ''}`;
}

function whatIs(body: JsonObject, name: string): string {
  if (!Object.hasOwn(body, name)) {
    const keys = Object.keys(body).map((key) => `«${key}»`);
    return `«${name}» falta, y sus claves son ${several(keys, 8)}`;
  }
  const list = body[name];
  if (Array.isArray(list)) return `«${name}» está vacía`;
  if (typeof list === 'string') return `«${name}» es un texto, y debe ser una lista, entre [ ]`;
  return typeof list === 'object' && list !== null
    ? `«${name}» es un objeto, entre { }, y debe ser una lista, entre [ ]`
    : `«${name}» es ${JSON.stringify(list)}, y debe ser una lista, entre [ ]`;
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
  const people = ['listaAlumnos', written].flatMap((key) => peopleUnder(body, key));
  const both = Object.hasOwn(body, 'listaAlumnos');
  const message = `No se leyó el envío de ${place}: trae alumnos en «${written}», y el servicio solo lee «listaAlumnos»${both ? ', que también viene' : ''}.${people.length > 0 ? ` Son: ${several([...new Set(people)], 20)}.` : ''}`;
  const fix =
    'En el sistema que escribe el archivo, escriba el nombre exactamente así, y una sola vez: listaAlumnos.';
  if (both) throw new SourceError('wrong', message, fix);
  return error({ message, fix, place });
}

/** Who is in a list, or in what stands in place of one: `{ "1": {…} }`, `"[{…}]"`. */
function peopleUnder(value: object, key: string): string[] {
  const list: unknown = Object.entries(value).find(([name]) => name === key)?.[1];
  if (typeof list === 'string') return peopleUnder({ list: parsed(list) }, 'list');
  return typeof list === 'object' && list !== null ? Object.values(list).map(personIn) : [];
}

function parsed(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'string' ? null : value;
  } catch {
    return null;
  }
}

const NOBODY = 'alguien sin RUT';

function personIn(student: unknown): string {
  const fields = Object.entries(student ?? {});
  const find = (...names: string[]): string =>
    String(fields.find(([key]) => names.some((name) => normalise(key) === normalise(name)))?.[1] ?? '');
  const dv = find('dvAlumno', 'dv');
  return `${find('rutAlumno', 'rut', 'run') || NOBODY}${dv === '' ? '' : `-${dv}`}`;
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
