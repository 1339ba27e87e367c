import type { Issue } from '@puente-sic/protocol';
import { error, several, warning } from '../finding.ts';
import { type Grid, type Row, tablePlace } from '../grid.ts';
import type { ModuleColumn } from './wide-header.ts';

/** Columns of one kind that say different units: read as one, a part of them would be another thing. */
export function mixedUnits(grid: Grid, columns: readonly ModuleColumn[]): Issue[] {
  const place = tablePlace(grid);
  const fields = new Set(columns.map(({ field }) => field));
  return [...fields].flatMap((field) => {
    const same = columns.filter((column) => column.field === field);
    if (new Set(same.map(({ said }) => said)).size < 2) return [];
    return error({
      message: `En ${place}, ${several(same.map(({ header }) => `«${header}»`))} no dicen todas en qué están, o dicen cosas distintas.`,
      fix: 'Escriba lo mismo en el nombre de todas, como «Tiempo M1 (min)» y «Tiempo M2 (min)».',
      place,
    });
  });
}

/** Columns of which the name says no more than a unit. */
export function timesByUnitAlone(grid: Grid, names: readonly string[]): Issue[] {
  if (names.length === 0) return [];
  const place = tablePlace(grid);
  return [
    warning({
      message: `En ${place}, ${several(names.map((name) => `«${name}»`))} se leyeron como tiempo de conexión: su nombre solo dice en qué está, y las personas tienen cifras distintas.`,
      fix: 'Si son otra cosa, como lo que dura el módulo, diga qué es cada una, o que no se usa.',
      place,
    }),
  ];
}

/** Two columns that say the same of one module. */
export function twiceOfAModule(grid: Grid, columns: readonly ModuleColumn[]): Issue[] {
  const place = tablePlace(grid);
  const same = columns.filter((column) =>
    columns.some(
      (other) => other !== column && other.field === column.field && other.module.key === column.module.key,
    ),
  );
  if (same.length === 0) return [];
  return [
    error({
      message: `${place} tiene más de una columna para el mismo dato de un módulo: ${several(same.map(({ header }) => `«${header}»`))}. No se leyó, para no elegir la equivocada.`,
      fix: 'Deje una sola, o diga que la otra no se usa.',
      place,
    }),
  ];
}

export function borrowedDates(grid: Grid, names: readonly string[]): Issue[] {
  if (names.length === 0) return [];
  const place = tablePlace(grid);
  const shown = several(names.map((name) => `«${name}»`));
  return [
    warning({
      message: `En ${place} no hay fechas para cada módulo: en ellos se ${names.length === 1 ? 'usa la del alumno' : 'usan las del alumno'} (${shown}).`,
      fix: 'Si los módulos tienen otras, agregue dos columnas por módulo, como «Inicio M1» y «Término M1».',
      place,
    }),
  ];
}

export function blankModules(grid: Grid, name: string, rows: readonly Row[]): Issue[] {
  const place = tablePlace(grid);
  const where = several(rows.map(({ number }) => String(number)));
  return [
    warning({
      message: `En ${place}, las columnas del módulo «${name}» vienen en blanco en ${rows.length === 1 ? `la ${grid.unit}` : `las ${grid.unit}s`} ${where}: ese módulo no se envía de ${rows.length === 1 ? 'ese alumno' : 'esos alumnos'}.`,
      fix: 'Si están en el módulo y aún no avanzan, escriba 0 en su avance y en su tiempo.',
      place,
    }),
  ];
}
