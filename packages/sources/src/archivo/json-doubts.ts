import { type Issue, type JsonDoubt, jsonDoubts } from '@puente-sic/protocol';
import { SourceError } from '../source.ts';
import { ALUMNO_FIELDS, MODULO_FIELDS } from './body.ts';
import { meaningOf } from './columns.ts';
import type { Doubt, Entry } from './entry.ts';
import { several, warning } from './finding.ts';

/**
 * Holds back what a JSON text says twice with two values, and numbers with more digits than JSON keeps; what no record
 * is about is told. Throws a {@link SourceError} where what would be lost is more than a record: a second list of
 * students, another code of the course.
 */
export function withJsonDoubts(
  entries: Entry[],
  text: string,
  file: string,
): { entries: Entry[]; findings: Issue[] } {
  const held = new Map<string, Doubt[]>();
  const told: string[] = [];
  for (const doubt of jsonDoubts(text)) {
    const place = `${file}, ${doubt.place}`;
    const where = recordOf(doubt.path, file);
    if (isSame(doubt) || !isRead(doubt)) told.push(`«${doubt.path.at(-1)}» (${doubt.place})`);
    else if (where === null) throw ambiguous(doubt, file);
    else held.set(where, [...(held.get(where) ?? []), { ...textOf(doubt), place }]);
  }
  if (held.size === 0 && told.length === 0) return { entries, findings: [] };
  return {
    entries: entries.map((entry) => {
      const module = held.get(entry.moduloPlace.text) ?? [];
      if (entry.moduloPlace.text === entry.place.text)
        return { ...entry, doubts: [...entry.doubts, ...module] };
      const doubts = [...entry.doubts, ...(held.get(entry.place.text) ?? [])];
      return { ...entry, doubts, moduloDoubts: [...entry.moduloDoubts, ...module] };
    }),
    findings: told.length === 0 ? [] : [repeated(told, file)],
  };
}

function isSame({ kind, values }: JsonDoubt): boolean {
  return kind === 'twice' && new Set(values.map((value) => value.replace(/\s/g, ''))).size === 1;
}

/** Whether puente would read it at all. */
function isRead({ path, values }: JsonDoubt): boolean {
  const names = path.filter((step) => typeof step === 'string');
  const key = names.at(-1) ?? '';
  const known = [...ALUMNO_FIELDS, ...MODULO_FIELDS, ...OF_BODY].includes(key);
  return known || meaningOf(key) !== undefined || /^[[{]/.test(values[0] ?? '');
}

const OF_BODY = [
  ...['rutOtec', 'codigoOferta', 'codigoGrupo', 'cantActividadSincronica', 'cantActividadAsincronica'],
  ...['listaAlumnos', 'rutAlumno', 'dvAlumno', 'listaModulos', 'listaActividades', 'codigoActividad'],
];

/** The place of the student, the module or the row that a path is within, as its entry names it. */
function recordOf(path: JsonDoubt['path'], file: string): string | null {
  const students = path.indexOf('listaAlumnos');
  if (students < 0) {
    const [first, second] = path;
    if (typeof first === 'number') return `${file}, elemento ${first + 1}`;
    return typeof second === 'number' ? `${file}, hoja ${first}, elemento ${second + 1}` : null;
  }
  const student = path[students + 1];
  if (student === undefined) return null;
  // An envelope around the bodies is no part of their places.
  const before = path[students - 1];
  const body = typeof before === 'number' ? `[${before}].` : '';
  const modulo = path[students + 2] === 'listaModulos' ? path[students + 3] : undefined;
  return `${file}, ${body}listaAlumnos[${student}]${modulo === undefined ? '' : `.listaModulos[${modulo}]`}`;
}

function textOf({ kind, path, values }: JsonDoubt): Pick<Doubt, 'message' | 'fix'> {
  const shown = values.map((value) => (value.length > 40 ? `${value.slice(0, 40)}…` : value));
  return kind === 'twice'
    ? {
        message: `«${path.at(-1)}» está ${values.length === 2 ? 'dos' : values.length} veces en el mismo objeto, con ${several(shown)}, y no se sabe cuál vale.`,
        fix: 'Deje la clave una sola vez, en el sistema que escribe el archivo.',
      }
    : {
        message: `El número ${shown[0]} de «${path.at(-1)}» tiene más cifras de las que guarda un número en JSON: se leería otro.`,
        fix: 'Escríbalo como texto, entre comillas, en el sistema que escribe el archivo.',
      };
}

function ambiguous(doubt: JsonDoubt, file: string): SourceError {
  const { message, fix } = textOf(doubt);
  return new SourceError('wrong', `No se leyó ${file} (${doubt.place}): ${message}`, fix);
}

function repeated(told: string[], file: string): Issue {
  return warning({
    message: `En ${file} hay claves repetidas en un mismo objeto, que dicen lo mismo o no se usan: ${several(told, 3)}.`,
    fix: 'Deje cada clave una sola vez, en el sistema que escribe el archivo.',
    place: file,
  });
}
