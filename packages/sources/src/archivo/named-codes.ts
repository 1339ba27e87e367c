import { cellAt } from './cells.ts';
import { courseCodesIn, isTitle } from './course-codes.ts';
import type { CourseName } from './entry.ts';
import { cellText, type Row } from './grid.ts';
import { isNote } from './nobody.ts';
import type { Table } from './table.ts';

/** What of a table names the course of its rows, where they have no code of their own: the nearest of all. */
export function courseNames(table: Table, separators: readonly Row[]): (row: Row) => CourseName | undefined {
  const { grid, rows, columns } = table;
  const modules = new Set(
    rows.map((row) => cellText(cellAt(table, row, 'modulo.codigoModulo')).toUpperCase()),
  );
  const nameIn = (text: string, said: string): CourseName | undefined => {
    const codes = courseCodesIn(text).filter((code) => !modules.has(code));
    return codes.length === 0 ? undefined : { codes, said };
  };
  const first = rows[0]?.number ?? 0;
  const lines = grid.rows
    .filter((row) => row.number < first || (separators.includes(row) && isTitle(row) && !isNote(table, row)))
    .flatMap((row) => {
      const text = row.cells.map(cellText).join(' ').trim();
      const name = nameIn(text, `la ${grid.unit} ${row.number} dice «${text}»`);
      return name ? [{ name, number: row.number }] : [];
    })
    .toReversed();
  const ofSheet = grid.sheet === null ? undefined : nameIn(grid.sheet, `su hoja se llama «${grid.sheet}»`);
  const own = columns.get('curso.codigoOferta');
  return (row) => {
    if (own !== undefined && cellText(cellAt(table, row, 'curso.codigoOferta')) !== '') return undefined;
    return lines.find(({ number }) => number < row.number)?.name ?? ofSheet;
  };
}
