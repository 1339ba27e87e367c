import type { Issue } from '@puente-sic/protocol';
import { error, warning } from './finding.ts';
import { cellText, gridPlace, type Row, rowPlace } from './grid.ts';
import { isNobody, isNote } from './nobody.ts';
import type { Table } from './table-parts.ts';

/**
 * The last row of a text that was cut off in copying: no line end, and fewer cells than every other row. One that could
 * be about nobody is surely cut only where it begins as another row does.
 */
export function cutRow(table: Table): Issue | null {
  const { grid } = table;
  const last = halfRow(table);
  if (last === null || (isNobody(table, last) && !beginsAsAnother(table, last))) return null;
  return error({
    message: `${gridPlace(grid)} termina a la mitad de una fila (${grid.unit} ${last.number}): parece cortado al copiarlo, y no se sabe qué más traía.`,
    fix: CUT,
    place: rowPlace(grid, last.number),
  });
}

/** The same of one that is no sum, and may be a note. */
export function maybeCut(table: Table): { row: Row; issue: Issue } | null {
  const { grid } = table;
  const row = halfRow(table);
  if (row === null || !isNobody(table, row) || isNote(table, row)) return null;
  const said = row.cells.map(cellText);
  // What is left of a row is its beginning.
  if (said[0] === '') return null;
  const issue = warning({
    message: `${gridPlace(grid)} termina en la ${grid.unit} ${row.number} sin sus demás columnas («${said.filter(Boolean).join(', ')}»): parece cortado ahí.`,
    fix: `${CUT} Si es una nota, no hay nada que hacer.`,
    place: rowPlace(grid, row.number),
  });
  return { row, issue };
}

/** The last row of a text without a last line end, where it alone has fewer cells. */
export function halfRow({ grid, rows, width }: Table): Row | null {
  const last = rows.at(-1);
  if (!grid.open || last === undefined || last.cells.length >= width) return null;
  return rows.slice(0, -1).every(({ cells }) => cells.length >= width) ? last : null;
}

/** The same values up to the last cell, which begins as the other's. */
function beginsAsAnother({ rows }: Table, { cells }: Row): boolean {
  const said = cells.map(cellText);
  const [end = ''] = said.splice(-1);
  return rows.slice(0, -1).some((other) => {
    const whole = other.cells.map(cellText);
    return said.every((text, at) => text === whole[at]) && (whole[said.length] ?? '').startsWith(end);
  });
}

const CUT = 'Copie o exporte el archivo de nuevo, completo.';
