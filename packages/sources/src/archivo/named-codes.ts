import { cellAt } from './cells.ts';
import { courseCodesIn, isTitle } from './course-codes.ts';
import type { CourseName } from './entry.ts';
import { cellText, type Row } from './grid.ts';
import { closes, isNote } from './nobody.ts';
import type { Table } from './table-parts.ts';

/** A line that names a course. */
interface Line {
  name: CourseName;
  number: number;
}

/**
 * What of a table names the course of its rows, where they have no code of their own: the nearest title above them, or
 * the total that closes their block (`Total CAP-26-01-13-0446`), which says nothing of the rows below it.
 */
export function courseNames(table: Table, separators: readonly Row[]): (row: Row) => CourseName | undefined {
  const { grid, rows, columns } = table;
  const modules = new Set(
    rows.map((row) => cellText(cellAt(table, row, 'modulo.codigoModulo')).toUpperCase()),
  );
  const nameIn = (text: string, said: string): CourseName | undefined => {
    const codes = courseCodesIn(text).filter((code) => !modules.has(code));
    return codes.length === 0 ? undefined : { codes, said };
  };
  const lineOf = (row: Row): Line[] => {
    const text = row.cells.map(cellText).join(' ').trim();
    const name = nameIn(text, `la ${grid.unit} ${row.number} dice «${text}»`);
    return name ? [{ name, number: row.number }] : [];
  };
  const first = rows[0]?.number ?? 0;
  const isEnd = (row: Row): boolean => row.number > first && (isNote(table, row) || closes(row));
  const titles = grid.rows
    .filter((row) => row.number < first || (separators.includes(row) && isTitle(row) && !isEnd(row)))
    .flatMap(lineOf);
  const ends = separators.filter(isEnd).flatMap(lineOf);
  const ofSheet = grid.sheet === null ? undefined : nameIn(grid.sheet, `su hoja se llama «${grid.sheet}»`);
  const own = columns.get('curso.codigoOferta');
  return (row) => {
    if (own !== undefined && cellText(cellAt(table, row, 'curso.codigoOferta')) !== '') return undefined;
    return ofBlock(row.number, titles, ends) ?? ofSheet;
  };
}

/** What names the block that a row stands in; below the last total of a table without a title, that total. */
function ofBlock(number: number, titles: readonly Line[], ends: readonly Line[]): CourseName | undefined {
  const above = titles.findLast((line) => line.number < number);
  const end = ends.find((line) => line.number > number);
  const before = ends.findLast((line) => line.number < number);
  const own = above !== undefined && above.number > (before?.number ?? 0) ? above : undefined;
  const next = titles.find((line) => line.number > number);
  const closing = end !== undefined && (next === undefined || end.number < next.number) ? end : undefined;
  return both(own, closing)?.name ?? (before ?? above)?.name;
}

/** A title and a total that do not say the same leave open whose the rows between them are. */
function both(title: Line | undefined, end: Line | undefined): Line | undefined {
  if (title === undefined || end === undefined) return title ?? end;
  const codes = [...new Set([...title.name.codes, ...end.name.codes])];
  return codes.length === title.name.codes.length
    ? title
    : { ...title, name: { codes, said: `${title.name.said}, y ${end.name.said}` } };
}
