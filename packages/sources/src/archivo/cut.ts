import type { Issue } from '@puente-sic/protocol';
import { error } from './finding.ts';
import { gridPlace, rowPlace } from './grid.ts';
import { isNobody } from './nobody.ts';
import type { Table } from './table.ts';

/** The last row of a text that was cut off in copying: no line end, and fewer cells than every other row. */
export function cutRow(table: Table): Issue | null {
  const { grid, rows, width } = table;
  const last = rows.at(-1);
  if (!grid.open || last === undefined || isNobody(table, last)) return null;
  const others = rows.slice(0, -1);
  if (last.cells.length >= width || others.some(({ cells }) => cells.length < width)) return null;
  return error({
    message: `${gridPlace(grid)} termina a la mitad de una fila (${grid.unit} ${last.number}): parece cortado al copiarlo, y no se sabe qué más traía.`,
    fix: 'Copie o exporte el archivo de nuevo, completo.',
    place: rowPlace(grid, last.number),
  });
}
