import type { Column } from './column-names.ts';
import type { Cell, Row } from './grid.ts';
import type { NoteKind } from './notes.ts';
import type { Table } from './table-parts.ts';

/** What people draw where there is nothing; no word about it. */
const DASH = /^[-–—]+$/;
/** What databases and people write where there is nothing. */
const NOTHING = /^(n\/a|n\.a\.|\(?null\)?|nan|none|\\n|s\/[ind]|sin (nota|datos?|informaci[oó]n))$/i;

/** A cell of a table without what programs wrap around it. Blank cells are undefined. */
export function plainCell(cell: Cell | undefined): { cell: Cell | undefined; unwrapped?: NoteKind } {
  if (typeof cell !== 'string') return { cell: cell ?? undefined };
  const text = cell.trim();
  const inner = /^="(.*)"$/s.exec(text)?.[1];
  if (inner !== undefined) return { cell: blankless(inner.replaceAll('""', '"')), unwrapped: 'equals' };
  if (DASH.test(text)) return { cell: undefined };
  if (NOTHING.test(text)) return { cell: undefined, unwrapped: 'nothing' };
  return { cell: blankless(cell) };
}

/** The cell of a row in a column, see {@link plainCell}. */
export function cellAt({ columns }: Table, { cells }: Row, column: Column): Cell | undefined {
  const index = columns.get(column)?.index;
  return index === undefined ? undefined : plainCell(cells[index]).cell;
}

function blankless(text: string): string | undefined {
  return text.trim() === '' ? undefined : text;
}
