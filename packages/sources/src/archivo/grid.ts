/** A cell as its file has it. Excel's own types are kept: whether 0.45 means 45 % stands only in the cell's format. */
export type Cell =
  | string
  | number
  | boolean
  | null
  /** Shown with a percent sign; `value` is 45.5 for 45,5 %. */
  | { kind: 'percent'; value: number }
  /** A number with what its format shows: 446 as `0446`, 3.5 as `3.5 h`. */
  | { kind: 'shown'; value: number; text: string }
  /** A length of time, `[h]:mm:ss`; `shows`: what the sheet shows of one that its format leaves days or hours out of. */
  | { kind: 'duration'; seconds: number; shows?: string }
  /** `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, no zone: what the sheet shows; `dayless`: but for its day. */
  | { kind: 'date'; text: string; dayless?: true }
  /** What cannot be used: `#N/A`, or the text of a formula that was never calculated. */
  | { kind: 'error'; text: string }
  /** Several texts in one cell; only JSON has it. */
  | { kind: 'list'; items: string[] };

export interface Row {
  /** As the person sees it, from 1. */
  number: number;
  /** Sparse: a column that is not there is blank. */
  cells: (Cell | undefined)[];
  /** Nobody sees it: a filter, or by hand. */
  hidden?: true;
  /** One of several that a row with its modules side by side was taken apart into, and not the first of them. */
  again?: true;
  /** How the file calls a column of this row, where its table has several under one name. */
  names?: ReadonlyMap<number, string>;
  /** Columns (from 0) of which the text is crossed out, all of it or a part, and all that each shows. */
  struck?: Map<number, string>;
}

/** One sheet, or one CSV: rows without any meaning yet. */
export interface Grid {
  file: string;
  /** Null where the file has no sheets. */
  sheet: string | null;
  /** What a row is called. */
  unit: 'fila' | 'elemento';
  rows: Row[];
  /** One of several tables of its sheet: `filas 4 a 9`. Left out: all of it. */
  part?: string;
  /** The whole sheet is hidden in its workbook. */
  hidden?: boolean;
  /** Columns (from 0) that nobody sees. */
  hiddenColumns?: ReadonlySet<number>;
  /** The workbook counts days from 1904. */
  date1904?: boolean;
  /** The file ends without the line end of its last row. */
  open?: boolean;
  /** Commas stand between its cells. */
  commas?: boolean;
  /** Its modules stood side by side. */
  wide?: Wide;
  /** Names of the template that a person gave to columns → what the file calls them. */
  called?: ReadonlyMap<string, string>;
}

/** What is known of a sheet that had a row per student, with the modules side by side. */
export interface Wide {
  /** As the file calls its columns, those of the modules too. */
  names: readonly string[];
  columns: readonly { index: number; module: string; field: string }[];
  /** Modules by the name that the sheet gives them; null: nobody has said what code it is. */
  codes: ReadonlyMap<string, string | null>;
  /** Columns (from 0) that say of each module what another one says of its student. */
  borrowed: ReadonlySet<number>;
}

/**
 * A cell of the row is crossed out, or a part of it.
 * @param shown all that it shows: the cell itself has what is not crossed out, where there is any.
 */
export function strikeOut(row: Row, column: number, shown: string): void {
  const struck = row.struck ?? new Map<number, string>();
  row.struck = struck.set(column, shown);
}

/** What is left of a cell's text when a part of it is crossed out; all of it where that is all. */
export function notStruck(kept: string, whole: string): string {
  return kept.trim() === '' ? whole : kept;
}

/** `avance.xlsx, hoja Alumnos`. */
export function gridPlace({ file, sheet, hidden }: Pick<Grid, 'file' | 'sheet' | 'hidden'>): string {
  return sheet === null ? file : `${file}, hoja ${sheet}${hidden ? ' (oculta)' : ''}`;
}

/** Where a table stands: `avance.xlsx, hoja Alumnos, filas 4 a 9` where the sheet has several. */
export function tablePlace(grid: Grid): string {
  return grid.part === undefined ? gridPlace(grid) : `${gridPlace(grid)}, ${grid.part}`;
}

/** `avance.xlsx, hoja Alumnos, fila 12`. */
export function rowPlace(grid: Grid, row: number): string {
  return `${gridPlace(grid)}, ${grid.unit} ${row}`;
}

/** The cell as a person would read it aloud; `` for a blank one. */
export function cellText(cell: Cell | undefined): string {
  if (cell === undefined || cell === null) return '';
  if (typeof cell !== 'object') return String(cell).trim();
  switch (cell.kind) {
    case 'percent':
      return `${cell.value}%`;
    case 'duration':
      return clock(cell.seconds);
    case 'list':
      return cell.items.join(' | ');
    default:
      return cell.text;
  }
}

export function isBlank(cell: Cell | undefined): boolean {
  return cellText(cell) === '';
}

/** `27:30:00`. */
export function clock(seconds: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** `T`, `AK`: a column as Excel calls it, from 0. */
export function letters(index: number): string {
  const rest = Math.floor(index / 26);
  return `${rest > 0 ? letters(rest - 1) : ''}${String.fromCharCode(65 + (index % 26))}`;
}
