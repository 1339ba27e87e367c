import { type Cell, cellText, notStruck, type Row, strikeOut } from '../grid.ts';
import type { RowCount } from '../row-count.ts';
import { type Meaning, typedNumber } from './formats.ts';
import { corrupt } from './problems.ts';
import { isOn, type Struck } from './strikes.ts';
import { scanXml } from './xml.ts';

const MAX_COLUMNS = 16_384;
const MAX_ROWS = 1_048_576;
/** Cells that merged areas may fill; areas of an honest file never overlap, those of a bad one could for hours. */
const MAX_MERGED_CELLS = 2_000_000;

/** What a sheet needs of its workbook. */
export interface Book {
  file: string;
  strings: string[];
  meanings: Meaning[];
  struck: Struck;
  date1904: boolean;
}

/** Rows of a sheet that hold something, in order. What a merged area shows stands in each of the rows it spans. */
export function readSheet(
  xml: Uint8Array,
  book: Book,
  counted: RowCount,
): { rows: Row[]; hiddenColumns: ReadonlySet<number> } {
  const rows: Row[] = [];
  const hiddenColumns = new Set<number>();
  const merged: string[] = [];
  let row: Row | undefined;
  let column = 0;
  let raw: RawCell | undefined;
  let into: 'v' | 't' | 'f' | undefined;
  let phonetic = false;

  scanXml(xml, book.file, {
    open: (name, attributes) => {
      if (name === 'row') {
        row = {
          number: numberWithin(attributes.r, (rows.at(-1)?.number ?? 0) + 1, MAX_ROWS, book),
          cells: [],
          ...((isTrue(attributes.hidden) || isNothing(attributes.ht)) && { hidden: true }),
        };
        counted.add();
        rows.push(row);
        column = 0;
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r, book);
        raw = {
          type: attributes.t ?? 'n',
          style: Number(attributes.s ?? 0),
          value: '',
          formula: '',
          struck: false,
          kept: '',
          run: false,
        };
      } else if (name === 'v' || name === 't' || name === 'f') into = name;
      else if (name === 'rPh') phonetic = true;
      else if (name === 'r' && raw !== undefined) raw.run = false;
      else if (name === 'strike' && raw !== undefined && isOn(attributes.val)) raw.struck = raw.run = true;
      else if (name === 'col' && (isTrue(attributes.hidden) || isNothing(attributes.width)))
        hide(attributes, hiddenColumns);
      else if (name === 'mergeCell') merged.push(attributes.ref ?? '');
    },
    text: (text) => {
      if (raw === undefined || into === undefined || phonetic) return;
      if (into === 'f') raw.formula += text;
      else {
        raw.value += text;
        if (!raw.run) raw.kept += text;
      }
    },
    close: (name) => {
      if (name === 'c' && raw !== undefined) {
        const { struck, kept, value } = raw;
        const cell = cellOf(struck ? { ...raw, value: notStruck(kept, value) } : raw, book);
        if (cell !== null && row !== undefined) {
          row.cells[column - 1] = cell;
          const shown = shownStruck(raw, cell, book);
          if (shown !== null) strikeOut(row, column - 1, shown);
        }
        raw = undefined;
      } else if (name === into) into = undefined;
      else if (name === 'rPh') phonetic = false;
    },
  });
  rows.sort((a, b) => a.number - b.number);
  fillMerged(rows, merged, book);
  return { rows, hiddenColumns };
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}

/** A row or column that was dragged to no size at all is as hidden as one that was hidden. */
function isNothing(size: string | undefined): boolean {
  return size !== undefined && Number(size) === 0;
}

function hide({ min = '1', max = min }: Record<string, string>, hidden: Set<number>): void {
  for (let column = Number(min); column <= Math.min(Number(max), MAX_COLUMNS); column++)
    hidden.add(column - 1);
}

interface RawCell {
  type: string;
  style: number;
  value: string;
  formula: string;
  /** A part of its own text is crossed out; what is not; whether the part that is being read is. */
  struck: boolean;
  kept: string;
  run: boolean;
}

/** All that a cell shows of which something is crossed out; null where nothing is. */
function shownStruck({ type, style, value, struck }: RawCell, cell: Cell, book: Book): string | null {
  if (struck) return plainText(value);
  const shared = type === 's' ? book.struck.strings.get(Number(value)) : undefined;
  return shared ?? (book.struck.styles.has(style) ? cellText(cell) : null);
}

function cellOf({ type, style, value, formula }: RawCell, book: Book): Cell {
  if (value === '') return formula === '' || type === 'str' ? null : { kind: 'error', text: `=${formula}` };
  switch (type) {
    case 's': {
      const text = book.strings[Number(value)];
      if (text === undefined) throw corrupt(book.file);
      return text;
    }
    case 'str':
    case 'inlineStr':
      return plainText(value);
    case 'b':
      return value === '1';
    case 'e':
      return { kind: 'error', text: value };
    case 'd':
      return { kind: 'date', text: value.slice(0, 19).replace('T', ' ').replace(' 00:00:00', '') };
    default: {
      const number = Number(value);
      if (Number.isNaN(number)) throw corrupt(book.file);
      return typedNumber(number, book.meanings[style] ?? 'number', book.date1904);
    }
  }
}

/** Excel writes control characters as `_x000D_`. */
export function plainText(text: string): string {
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

function fillMerged(rows: Row[], merged: string[], book: Book): void {
  const byNumber = new Map(rows.map((row) => [row.number, row]));
  const last = rows.at(-1)?.number ?? 0;
  let filled = 0;
  for (const ref of merged) {
    const [from = '', to = from] = ref.split(':');
    const top = rowOf(from, book);
    const column = columnOf(from, book) - 1;
    const shown = byNumber.get(top)?.cells[column];
    if (shown === undefined) continue;
    for (let number = top + 1; number <= Math.min(rowOf(to, book), last); number++) {
      if (++filled > MAX_MERGED_CELLS) throw corrupt(book.file);
      const below = byNumber.get(number);
      // A row with nothing of its own stays blank: a title merged over an empty line is no data.
      if (below === undefined || below.cells.length === 0 || (below.cells[column] ?? null) !== null) continue;
      below.cells[column] = shown;
      const struck = byNumber.get(top)?.struck?.get(column);
      if (struck !== undefined) strikeOut(below, column, struck);
    }
  }
}

function rowOf(reference: string, book: Book): number {
  return numberWithin(/\d+$/.exec(reference)?.[0], 0, MAX_ROWS, book);
}

function columnOf(reference: string, book: Book): number {
  let column = 0;
  for (const letter of /^[A-Z]{1,3}/.exec(reference)?.[0] ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64;
  return numberWithin(column === 0 ? '' : String(column), 0, MAX_COLUMNS, book);
}

function numberWithin(text: string | undefined, otherwise: number, max: number, book: Book): number {
  const number = text === undefined ? otherwise : Number(text);
  if (!Number.isInteger(number) || number < 1 || number > max) throw corrupt(book.file);
  return number;
}
