import { type Issue, withPlainHyphens } from '@puente-sic/protocol';
import { error, several, warning } from './finding.ts';
import { cellText, gridPlace, type Row } from './grid.ts';
import { withoutRows } from './table-findings.ts';
import type { Table } from './table-parts.ts';

/** Rows of which so many are shown. */
const SHOWN = 3;

/**
 * Rows without a person; what they say is shown, so that one sees whether it is one, and always what holds a RUT. Where
 * there are no others (the empty sheet's example), the table is as good as empty.
 */
export function aboutNobody({ grid, rows: all }: Table, nobody: readonly Row[]): Issue[] {
  if (nobody.length === 0) return [];
  const rows = rowsText(grid.unit, nobody);
  const said = nobody.map(({ cells }) => ({
    text: several(
      cells.map(cellText).filter((text) => text !== ''),
      4,
    ),
    // A line to sign on says nothing.
    rank: cells.some((cell) => RUT.test(withPlainHyphens(cellText(cell))))
      ? 0
      : cells.some((cell) => /[\p{L}\p{N}]/u.test(cellText(cell)))
        ? 1
        : 2,
  }));
  const sorted = said.toSorted((a, b) => a.rank - b.rank);
  const most = Math.max(SHOWN, sorted.filter(({ rank }) => rank === 0).length);
  const different = [...new Set(sorted.map(({ text }) => `«${text}»`))];
  const told = warning({
    message: `En ${gridPlace(grid)} no se leyó (${rows}) lo que no es la fila de un alumno: ${several(different, most)}.`,
    fix: 'Si es un total o una nota, no hay nada que hacer; si es de un alumno, escríbalo en su fila, con su RUT y sus datos.',
    place: `${gridPlace(grid)}, ${rows}`,
  });
  return nobody.length === all.length ? [told, withoutRows(grid)] : [told];
}

const RUT = /(?<![\d.])\d{1,2}(?:\.?\d{3}){2}-[\dkK](?![\dkK])/;

/** Rows whose values all stand in one cell, with the RUT that each of them holds. */
export function aboutGlued({ grid }: Table, glued: ReadonlyMap<Row, string>): Issue {
  const rows = rowsText(grid.unit, [...glued.keys()]);
  return error({
    message: `En ${gridPlace(grid)} hay filas que quedaron enteras en una celda (${rows}), separadas con otro signo que el encabezado, y no se leyeron. En ellas están: ${several([...new Set(glued.values())])}.`,
    fix: 'Use en todo el archivo el mismo separador: guárdelo de nuevo desde Excel, como .xlsx o CSV.',
    place: `${gridPlace(grid)}, ${rows}`,
  });
}

/** A filter hides rows that are sent all the same. */
export function hiddenRows({ grid, rows }: Table): Issue[] {
  const hidden = rows.filter((row) => row.hidden && !row.again);
  if (hidden.length === 0) return [];
  const text = rowsText(grid.unit, hidden);
  return [
    warning({
      message: `En ${gridPlace(grid)} hay filas ocultas, por un filtro o a mano, y también se leen y se envían: ${text}.`,
      fix: 'Si no deben enviarse, bórrelas del archivo: ocultarlas no las quita.',
      place: `${gridPlace(grid)}, ${text}`,
    }),
  ];
}

/** A hidden sheet is sent as the others are; whoever opens the book does not see it. */
export function hiddenSheet({ grid }: Table): Issue[] {
  if (!grid.hidden) return [];
  return [
    warning({
      message: `La hoja ${grid.sheet} de ${grid.file} está oculta, y también se lee y se envía.`,
      fix: 'Si no debe enviarse, bórrela del libro: ocultarla no la quita. Para verla, haga clic derecho en el nombre de otra hoja y elija Mostrar.',
      place: gridPlace(grid),
    }),
  ];
}

/** A hidden column that is used. */
export function hiddenColumns({ grid, columns }: Table): Issue[] {
  const hidden = [...columns.values()].filter(({ index }) => grid.hiddenColumns?.has(index));
  if (hidden.length === 0) return [];
  const names = several(hidden.map(({ header }) => `«${header}»`));
  return [
    warning({
      message: `En ${gridPlace(grid)} se leyó también lo que está en columnas ocultas: ${names}.`,
      fix: 'Si no deben usarse, bórrelas del archivo: ocultarlas no las quita.',
      place: gridPlace(grid),
    }),
  ];
}

function rowsText(unit: string, rows: readonly Row[]): string {
  return `${rows.length === 1 ? unit : `${unit}s`} ${several(rows.map(({ number }) => String(number)))}`;
}
