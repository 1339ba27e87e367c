import { explainJsonFault, type Issue, isNestedTooDeep } from '@puente-sic/protocol';
import { SourceError } from '../source.ts';
import { type FileReading, readBody } from './body.ts';
import { doubleDigits, oddFigures, unseenInActivities } from './body-figures.ts';
import { meaningOf } from './columns.ts';
import { error, several } from './finding.ts';
import type { Cell, Grid, Row } from './grid.ts';
import { isObject, type JsonObject } from './json-object.ts';
import { hasStudents } from './misspelt.ts';

/** A JSON file: API bodies, and whatever in it is a table. Throws a {@link SourceError} when it is no JSON. */
export function readJson(text: string, file: string): FileReading & { grids: Grid[] } {
  const whole = parse(text, file);
  if (isNestedTooDeep(whole)) return { entries: [], findings: [nestedTooDeep(file)], grids: [] };
  const value = withoutEnvelope(whole);
  if (isObject(value) && !isBody(value)) {
    const sheets = Object.entries(value).filter((pair): pair is [string, unknown[]] =>
      Array.isArray(pair[1]),
    );
    const grids = sheets.flatMap(([sheet, items]) => gridOf(items.filter(isObject), file, sheet));
    if (grids.length > 0) return { entries: [], findings: [], grids };
  }

  const lists = gridsOfLists(value, file);
  if (lists !== null) return { entries: [], findings: [], grids: lists };

  const items = Array.isArray(value) ? value : [value];
  const rows = items.map((item, index) => ({ item, number: index + 1 }));
  const readings = rows.flatMap(({ item, number }) =>
    isObject(item) && isBody(item)
      ? readBody(item, file, Array.isArray(value) ? `[${number - 1}].` : '')
      : [],
  );
  const entries = readings.flatMap((reading) => reading.entries);
  const flat = rows.filter(({ item }) => isObject(item) && !isBody(item));
  const others = rows.filter(({ item }) => !isObject(item)).map(({ number }) => number);
  return {
    entries,
    findings: [
      ...readings.flatMap(({ findings }) => findings),
      ...oddFigures(entries, file),
      ...doubleDigits(entries, file),
      ...unseenInActivities(entries, file),
      ...noObjects(others, file),
      ...noItems(items, file),
    ],
    grids: gridOf(
      flat.map(({ item }) => item).filter(isObject),
      file,
      null,
      flat.map(({ number }) => number),
    ),
  };
}

/** Rows as lists instead of objects, in one sheet or, as Moodle downloads its reports, in a list of sheets. */
function gridsOfLists(value: unknown, file: string): Grid[] | null {
  if (!Array.isArray(value) || value.length === 0 || !value.every(Array.isArray)) return null;
  const lists: unknown[][] = value;
  const isSheets = lists.every(
    (list) => list.length > 0 && list.every((row) => Array.isArray(row) || isObject(row)),
  );
  const sheets: unknown[][] = isSheets ? lists : [lists];
  return sheets.flatMap((rows, index): Grid[] => {
    const sheet = sheets.length > 1 ? String(index + 1) : null;
    if (!rows.every(Array.isArray)) return gridOf(rows.filter(isObject), file, sheet);
    const cells = rows.map((row: unknown[]) => row.map(cellOf));
    return [
      { file, sheet, unit: 'elemento', rows: cells.map((each, at) => ({ number: at + 1, cells: each })) },
    ];
  });
}

/** Envelopes in envelopes: `{ "result": { "cursos": […] } }`. */
const MOST_ENVELOPES = 3;

/** API bodies that a program has put into an envelope, `{ "data": { … } }`: what is in it. Anything else as it is. */
export function withoutEnvelope(value: unknown, most = MOST_ENVELOPES): unknown {
  if (!isObject(value) || isBody(value) || most === 0) return value;
  const holds = (item: unknown): boolean => isObject(item) && hasStudents(item);
  const inside = Object.values(value)
    .map((each) => withoutEnvelope(each, most - 1))
    .filter((each) => (Array.isArray(each) ? each.some(holds) : holds(each)));
  return inside.length === 1 ? inside[0] : value;
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new SourceError(
      'wrong',
      `No se pudo leer ${file}: no es un JSON bien escrito: ${explainJsonFault(text, cause)}.`,
      'Revise que el archivo esté completo; suele faltar o sobrar una coma, una comilla o una llave.',
      { cause },
    );
  }
}

/** An API body names a course and its students in a list; a flat row names a student itself. */
function isBody(value: JsonObject): boolean {
  return hasStudents(value) || (Object.hasOwn(value, 'codigoOferta') && !isJsonRow(value));
}

/** Whether an object is a row of a table: a key of it, under any of its names, says whose row or which module's it is. */
export function isJsonRow(value: object): boolean {
  if (hasStudents(value)) return false;
  return Object.keys(flatten({ ...value })).some((key) => {
    const column = meaningOf(key)?.column;
    return column === 'alumno.rutAlumno' || column === 'modulo.codigoModulo';
  });
}

/** Objects as a table: their keys are the columns, `modulo: { estado }` is `modulo.estado`. */
function gridOf(objects: JsonObject[], file: string, sheet: string | null, numbers?: number[]): Grid[] {
  if (objects.length === 0) return [];
  const flat = objects.map(flatten);
  const headers = [...new Set(flat.flatMap((object) => Object.keys(object)))];
  const rows: Row[] = flat.map((object, index) => ({
    number: numbers?.[index] ?? index + 1,
    cells: headers.map((header) => (Object.hasOwn(object, header) ? cellOf(object[header]) : null)),
  }));
  return [{ file, sheet, unit: 'elemento', rows: [{ number: 0, cells: headers }, ...rows] }];
}

function flatten(object: JsonObject): JsonObject {
  const pairs = Object.entries(object).flatMap(([key, value]): [string, unknown][] =>
    isObject(value)
      ? Object.entries(value).map(([inner, each]) => [`${key}.${inner}`, each])
      : [[key, value]],
  );
  return Object.fromEntries(pairs);
}

function cellOf(value: unknown): Cell {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (!Array.isArray(value)) return JSON.stringify(value) ?? null;
  return {
    kind: 'list',
    items: value.map((item) => {
      const text: unknown = isObject(item) ? item.codigoActividad : item;
      return typeof text === 'string' ? text : (JSON.stringify(item) ?? '');
    }),
  };
}

function nestedTooDeep(file: string): Issue {
  return error({
    message: `${file} trae listas dentro de listas, más hondo de lo que ningún dato lo está.`,
    fix: 'Revise el programa que lo escribió: parece haberse repetido dentro de sí mismo.',
    place: file,
  });
}

function noObjects(numbers: number[], file: string): Issue[] {
  if (numbers.length === 0) return [];
  return [
    error({
      message: `En ${file}, ${numbers.length === 1 ? 'el elemento' : 'los elementos'} ${several(numbers.map(String))} no ${numbers.length === 1 ? 'es' : 'son'} ni un envío ni una fila de datos.`,
      fix: 'Deje en el archivo solo envíos con la forma de la API o filas con los nombres de la plantilla.',
      place: file,
    }),
  ];
}

function noItems(items: unknown[], file: string): Issue[] {
  if (items.length > 0) return [];
  return [
    error({
      message: `${file} no trae ningún dato: es una lista vacía.`,
      fix: 'Revise que sea el archivo correcto y que se haya guardado con los datos.',
      place: file,
    }),
  ];
}
