import type { Doubt } from './entry.ts';
import { cellText, type Row } from './grid.ts';
import type { Table } from './table-parts.ts';

/**
 * Rows of a CSV with commas whose last two cells may be one figure with a decimal comma and no quotes (`…,45,5`): the
 * last column is blank in all other rows, and who wrote this one left out its comma.
 */
export function splitDecimals({ grid, rows, width }: Table): Map<Row, Doubt> {
  const last = width - 1;
  const filled = rows.filter(({ cells }) => cellText(cells[last]) !== '');
  const [row, ...others] = filled;
  if (!grid.commas || row === undefined || others.length > 0 || rows.length < 2) return new Map();
  const [whole, decimals] = [cellText(row.cells[last - 1]), cellText(row.cells[last])];
  if (!/^\d+$/.test(whole) || !/^\d{1,2}$/.test(decimals)) return new Map();
  return new Map([
    [
      row,
      {
        message: `La fila termina en «${whole},${decimals}», y ninguna otra trae un valor en la última columna: puede ser un solo número con decimales.`,
        fix: `Si lo es, escríbalo entre comillas («"${whole},${decimals}"») o con punto; si son dos valores, guarde el archivo con punto y coma, o como .xlsx.`,
      },
    ],
  ]);
}

/** Rows of a CSV with more cells than their header: a separator inside a value that is not in quotes moved the rest. */
export function longRows({ grid, rows, width }: Table): Set<Row> {
  if (grid.sheet !== null) return new Set();
  return new Set(rows.filter(({ cells }) => cells.slice(width).some((cell) => cellText(cell) !== '')));
}

export function movedDoubt(): Doubt {
  return {
    message: 'La fila tiene más celdas que el encabezado, así que no se sabe qué valor es de cada columna.',
    fix: 'Suele ser una coma o un punto y coma dentro de un valor: escriba ese valor entre comillas o quítelos.',
  };
}
