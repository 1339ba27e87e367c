import type { Issue } from '@puente-sic/protocol';
import type { Column } from './column-names.ts';
import { templateHeader } from './columns.ts';
import { error, several, warning } from './finding.ts';
import { type Grid, gridPlace, isBlank } from './grid.ts';
import type { Role } from './table.ts';

export function columnTwice(place: string, column: Column, names: string[]): Issue {
  const written = several(names.map((name) => `«${name}»`));
  return error({
    message: `${place} tiene ${names.length} columnas que dicen ser «${templateHeader(column)}»: ${written}. No se leyó, para no elegir la equivocada.`,
    fix: 'Deje una sola. Si una es del alumno y otra del módulo, llame a la del módulo con «modulo» delante, como «moduloPorcentajeAvance».',
    place,
  });
}

/** Two tables on one sheet: nearly every column is there twice. */
export function sideBySide(place: string, twice: [Column, string[]][]): Issue {
  return error({
    message: `${place} tiene más de una tabla, una al lado de la otra: están repetidas ${several(
      twice.map(([, names]) => `«${names[0]}»`),
      3,
    )}. No se leyó, para no mezclarlas.`,
    fix: 'Ponga las filas de la segunda tabla debajo de las de la primera, en las mismas columnas, o la segunda tabla en otra hoja.',
    place,
  });
}

/** One row per student, with the modules beside each other. */
export function modulesBeside(place: string, headers: string[]): Issue {
  return warning({
    message: `En ${place}, ${several(headers.map((name) => `«${name}»`))} parecen módulos uno al lado del otro, y no se leen: cada módulo va en su propia fila.`,
    fix: 'Haga una fila por alumno y módulo: copie las filas de los alumnos una vez por módulo y agregue las columnas «codigoModulo», «moduloTiempoConectividad», «moduloPorcentajeAvance», «moduloFechaInicio» y «moduloFechaFin». Con «puente plantilla» obtiene un ejemplo.',
    place,
  });
}

export function withoutHeader(grids: Grid[], file: string): Issue {
  const empty = grids.every(({ rows }) => rows.every(({ cells }) => cells.every(isBlank)));
  return error({
    message: empty
      ? `${file} está vacío.`
      : `En ${file} no se encontró la fila con los nombres de las columnas (rutAlumno, codigoModulo, porcentajeAvance…).`,
    fix: empty
      ? 'Revise que sea el archivo correcto y que se haya guardado con los datos.'
      : 'Ponga los nombres de las columnas en la primera fila. Con «puente plantilla» obtiene un ejemplo.',
    place: file,
  });
}

export function withoutRows(grid: Grid): Issue {
  const place = gridPlace(grid);
  return error({
    message: `${place} tiene los nombres de las columnas, pero ninguna fila con datos.`,
    fix: 'Revise que sea el archivo correcto y que se haya guardado con los datos.',
    place,
  });
}

export function missingColumns(grid: Grid, role: Role, missing: Column[]): Issue {
  const place = gridPlace(grid);
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
        : 'Se leyó como tabla de una fila por alumno y módulo.';
  return error({
    message: `${what} en ${place}; no se leyó ninguna de sus filas. ${why}`,
    fix: 'Agregue lo que falta con ese nombre en la fila de encabezados. Con «puente plantilla» obtiene un ejemplo con todas.',
    place,
  });
}

export function unusedColumns(place: string, unused: string[]): Issue {
  const names = several(unused.map((name) => `«${name}»`));
  return warning({
    message: `En ${place} no se ${unused.length === 1 ? 'usó la columna' : 'usaron las columnas'} ${names}: no se ${unused.length === 1 ? 'conoce ese nombre' : 'conocen esos nombres'}.`,
    fix: 'Si alguna trae datos que deben enviarse, cámbiele el nombre como en la plantilla («puente plantilla»).',
    place,
  });
}

export function withoutActividades(place: string): Issue {
  return warning({
    message: `${place} no tiene la columna «actividades»: los módulos se envían sin la lista de sus actividades.`,
    fix: 'Agregue la columna «actividades», con los nombres separados por «|».',
    place,
  });
}
