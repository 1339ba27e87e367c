import { isValidRut, readingOfRut } from '@puente-sic/protocol';
import { cellText, type Row } from './grid.ts';
import type { Table } from './table-parts.ts';

/**
 * Rows of another table that stand below one without names that we know: their RUT is in a column where the table has
 * none. What the blank line before them separates, a title and names of columns without any figure, is theirs too.
 */
export function foreignRows({ rows, columns }: Table): Row[] {
  const own = columns.get('alumno.rutAlumno')?.index ?? -1;
  const isOwn = ({ cells }: Row): boolean =>
    readingOfRut(cellText(cells[own])).kind !== 'other' && cellText(cells[own]).replace(/\D/g, '').length > 5;
  const others = new Set(rows.filter(isOwn).flatMap(({ cells }) => rutColumns(cells)));
  const isForeign = (row: Row): boolean =>
    own >= 0 && !isOwn(row) && rutColumns(row.cells).some((at) => !others.has(at));
  return rows.filter((row, index) => {
    if (isForeign(row)) return true;
    const next = rows.slice(index).find((each) => each.cells.some((cell) => /\d/.test(cellText(cell))));
    return next !== undefined && next !== row && isForeign(next);
  });
}

function rutColumns(cells: Row['cells']): number[] {
  return Array.from(cells, (cell, index) => (isWholeRut(cell) ? index : -1)).filter((index) => index >= 0);
}

function isWholeRut(cell: Row['cells'][number]): boolean {
  const reading = readingOfRut(cellText(cell));
  return reading.kind === 'rut' && isValidRut(reading.rut) && cellText(cell).includes('-');
}
