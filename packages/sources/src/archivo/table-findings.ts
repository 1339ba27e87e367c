import type { Issue } from '@puente-sic/protocol';
import type { Column } from './column-names.ts';
import { countRecognised, templateHeader } from './columns.ts';
import { error, several, warning } from './finding.ts';
import { cellText, type Grid, tablePlace } from './grid.ts';
import type { Role, Second } from './table-parts.ts';

/** Names that mean one column; `people` are those of the table, by name. */
export function columnsTwice(place: string, twice: [Column, string[]][], people: string[]): Issue {
  const which = twice.map(
    ([column, names]) => `«${templateHeader(column)}» (${several(names.map((name) => `«${name}»`))})`,
  );
  return error({
    message: `${place} tiene más de una columna que dice ser ${several(which, 4)}. No se leyó, para no elegir la equivocada.${whoIsThere(people)}`,
    fix: 'Deje una sola. Si una es del alumno y otra del módulo, llame a la del módulo con «modulo» delante, como «moduloPorcentajeAvance»; si son dos tablas, póngalas en hojas o archivos distintos.',
    place,
  });
}

function whoIsThere(people: string[]): string {
  return people.length === 0 ? '' : ` En ella están: ${several(people)}.`;
}

/** One row per student, with the modules beside each other. */
export function modulesBeside(place: string, headers: string[]): Issue {
  return warning({
    message: `En ${place}, ${several(headers.map((name) => `«${name}»`))} parecen módulos uno al lado del otro, y no se leen: de cada módulo se necesitan el avance y el tiempo.`,
    fix: 'Agregue la columna que falta de cada uno, como «Avance M1» y «Tiempo M1 (min)». O haga una fila por alumno y módulo: copie las filas de los alumnos una vez por módulo y agregue las columnas «codigoModulo», «moduloTiempoConectividad», «moduloPorcentajeAvance», «moduloFechaInicio» y «moduloFechaFin». Con «puente plantilla» obtiene un ejemplo.',
    place,
  });
}

export function withoutHeader(grids: Grid[], file: string): Issue {
  const lines = grids.flatMap(({ rows }) =>
    rows.map(({ cells }) => cells.map(cellText).filter((text) => text !== '')),
  );
  const filled = lines.filter((texts) => texts.length > 0);
  if (filled.length === 0)
    return error({
      message: `${file} está vacío.`,
      fix: 'Revise que sea el archivo correcto y que se haya guardado con los datos.',
      place: file,
    });
  const isJson = grids.some(({ unit }) => unit === 'elemento');
  const glued = isJson ? undefined : filled.flat().find((text) => separatorWithin(text) !== null);
  if (glued !== undefined)
    return error({
      message: `En ${file}, los nombres de las columnas están en una sola celda, separados por ${separatorWithin(glued)}: «${cutShort(glued)}». Así no se sabe dónde termina cada valor.`,
      fix: AS_TABLE,
      place: file,
    });
  const [first = []] = filled;
  return error({
    message: `En ${file} no se encontró la fila con los nombres de las columnas (rutAlumno, codigoModulo, porcentajeAvance…). Lo primero que dice es «${cutShort(several(first, 8))}».`,
    fix: isJson
      ? 'Deje en el archivo solo envíos con la forma de la API o filas con los nombres de la plantilla.'
      : 'Ponga los nombres de las columnas en la primera fila. Con «puente plantilla» obtiene un ejemplo.',
    place: file,
  });
}

const AS_TABLE =
  'Guárdelo desde el programa de origen como CSV separado por punto y coma, o como .xlsx con cada dato en su columna.';

/** What stands between names of columns within one cell, in Spanish; null where it holds no three of them. */
export function separatorWithin(text: string): string | null {
  const signs = new Set(text.match(/[^\p{L}\p{N}\s_%]/gu));
  for (const sign of signs) if (countRecognised(text.split(sign)) > 2) return `«${sign}»`;
  if (countRecognised(text.split(/\s{2,}/)) > 2 || countRecognised(text.split(/\s/)) > 2) return 'espacios';
  return null;
}

function cutShort(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

/** A header of which a part kept another separator. */
export function mixedHeader(grid: Grid, glued: string, people: string[]): Issue {
  const place = tablePlace(grid);
  return error({
    message: `En ${place}, la fila de los nombres de las columnas mezcla separadores: «${cutShort(glued)}» quedó en una sola celda. No se leyó ninguna de sus filas.${whoIsThere(people)}`,
    fix: AS_TABLE,
    place,
  });
}

export function withoutRows(grid: Grid): Issue {
  const place = tablePlace(grid);
  return error({
    message: `${place} tiene los nombres de las columnas, pero ninguna fila con datos.`,
    fix: 'Revise que sea el archivo correcto y que se haya guardado con los datos.',
    place,
  });
}

/** `unused`: the table's columns whose names are not known; one of them may be the missing one. */
export function missingColumns(
  grid: Grid,
  role: Role,
  missing: Column[],
  { people, unused }: { people: string[]; unused: string[] },
): Issue {
  const place = tablePlace(grid);
  const names = several(
    missing.map((column) => `«${templateHeader(column)}»`),
    12,
  );
  const what = missing.length === 1 ? `Falta la columna ${names}` : `Faltan las columnas ${names}`;
  const why =
    role === 'alumnos'
      ? 'Se leyó como tabla de alumnos, porque no tiene «codigoModulo».'
      : role === 'modulos'
        ? 'Se leyó como tabla de módulos, porque ninguna columna lleva «modulo» delante.'
        : grid.wide
          ? 'Se leyó como una fila por alumno, con sus módulos uno al lado del otro.'
          : 'Se leyó como tabla de una fila por alumno y módulo.';
  const others =
    unused.length === 0
      ? ''
      : ` Trae además, con ${unused.length === 1 ? 'un nombre que no se conoce' : 'nombres que no se conocen'}, ${several(unused.map((name) => `«${name}»`))}.`;
  return error({
    message: `${what} en ${place}; no se leyó ninguna de sus filas. ${why}${others}${whoIsThere(people)}`,
    fix: missing.includes('modulo.codigoModulo')
      ? ROW_PER_MODULE
      : grid.wide && missing.every((column) => column.startsWith('modulo.'))
        ? OF_EACH_MODULE
        : missingFix(missing, unused),
    place,
  });
}

/** A column of minutes that is given the name of one of seconds would be sent as seconds. */
function missingFix(missing: Column[], unused: string[]): string {
  const example = ' Con «puente plantilla» obtiene un ejemplo con todas.';
  if (unused.length === 0) return `Agregue lo que falta con ese nombre en la fila de encabezados.${example}`;
  const time = missing.find((column) => column.endsWith('.tiempoConectividad'));
  const unit =
    time === undefined
      ? ''
      : ` Si sus tiempos no están en segundos ni como HH:MM:SS, diga en qué están: «${templateHeader(time)} (minutos)» o «(horas)».`;
  return `Si una de esas columnas es la que falta, cámbiele el nombre por ese; si no, agréguela.${unit}${example}`;
}

/** `Avance Módulo 2`: a sheet with a column for each module; `Nota módulo 1 a 7` is a scale. */
const OF_ONE_MODULE = /m[oó]d(ulo)?s?\P{L}{0,3}\d(?![\d.,]*\s*(?:a|al|-|–)\s*\d)/iu;

const LOST_LETTER = /\uFFFD|\p{L}\?\p{L}/u;

export function unusedColumns(place: string, unused: string[]): Issue {
  const names = several(unused.map((name) => `«${name}»`));
  const one = unused.length === 1;
  return warning({
    message: `En ${place} no se ${one ? 'usó la columna' : 'usaron las columnas'} ${names}: no se ${one ? 'conoce ese nombre' : 'conocen esos nombres'}.`,
    fix: unused.some((name) => LOST_LETTER.test(name))
      ? 'Hay nombres con letras que se perdieron al guardar el archivo («?»): guárdelo de nuevo desde el programa de origen, como «CSV UTF-8» o .xlsx.'
      : unused.some((name) => OF_ONE_MODULE.test(name))
        ? ROW_PER_MODULE
        : 'Si alguna trae datos que deben enviarse, cámbiele el nombre como en la plantilla («puente plantilla»).',
    place,
  });
}

/** Columns that say the same as another one with more words (`Tiempo (hrs)` beside `Tiempo`), or otherwise. */
export function doubledColumns(place: string, doubled: Second[]): Issue {
  const pairs = doubled.map(({ header, used }) => `«${header}», porque se usó «${used.header}»`);
  return warning({
    message: `En ${place} no se usó ${several(pairs)}.`,
    fix: 'Si la que vale es la otra, deje solo esa.',
    place,
  });
}

/** What is of modules in a table of students, and the other way round. */
export function misplacedColumns(place: string, role: Role, names: string[]): Issue {
  const shown = several(names.map((name) => `«${name}»`));
  const of =
    role === 'alumnos'
      ? 'de los módulos, y la tabla no trae «codigoModulo»'
      : 'del alumno, y la tabla es de módulos';
  return warning({
    message: `En ${place} no se usó ${shown}: es ${of}.`,
    fix: `Si debe enviarse, póngalo en la tabla de ${role === 'alumnos' ? 'módulos' : 'alumnos'}.`,
    place,
  });
}

const ROW_PER_MODULE =
  'Se lee una fila por alumno y módulo, no una columna por módulo: repita al alumno en una fila por cada módulo, con el código en «codigoModulo» y su avance en «moduloPorcentajeAvance». Con «puente plantilla» obtiene un ejemplo.';

const OF_EACH_MODULE =
  'Agregue una columna por módulo con ese dato, llamada como las demás: «Avance M1» y «Tiempo M1 (min)», «Avance M2» y «Tiempo M2 (min)».';

/** A list of people beside the tables that tell their progress. */
export function roster(grid: Grid, people: string[]): Issue {
  const place = tablePlace(grid);
  return warning({
    message: `${place} dice quiénes son los alumnos, pero nada de su avance, y no se usó.${whoIsThere(people)}`,
    fix: 'Si es una nómina, puede quedarse ahí; si debía traer el avance, agregue esas columnas («puente plantilla»).',
    place,
  });
}

/** A table with a part of what others tell of the same people: a summary, an attendance list. */
export function summary(grid: Grid): Issue {
  const place = tablePlace(grid);
  return warning({
    message: `${place} no trae todas las columnas que se necesitan, y no se usó; todas sus personas están en otra tabla, que sí se lee.`,
    fix: 'Si es un resumen o una lista de asistencia, puede quedarse ahí.',
    place,
  });
}
