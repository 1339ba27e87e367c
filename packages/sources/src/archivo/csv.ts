import { CsvError, parse } from 'csv-parse/sync';
import { SourceError } from '../source.ts';
import { countRecognised } from './columns.ts';
import type { Grid, Row } from './grid.ts';
import { MAX_ROWS_PER_FILE, tooManyRows } from './row-count.ts';

/** What programs put between cells, also those that no spreadsheet does. */
const DELIMITERS = [';', ',', '\t', '||', '::', '|', '^', '~', '¦', '\u001f', '\u0001'];
/** Line breaks in the names of one header. */
const MOST_BREAKS = 12;
/** Lines in which the header is looked for, to tell the delimiter. */
const LINES_TO_LOOK_AT = 30;

/** Rows of a CSV, numbered as Excel numbers them. Throws a {@link SourceError} where quotes are never closed. */
export function readCsv(text: string, file: string): Grid {
  // Excel's own first line that names the delimiter; it is no row of the sheet.
  const named = /^"?sep=([^\r\n])"?(?:\r\n|\n|\r)/i.exec(text);
  // DOS ends its texts with ^Z.
  const end = text.trimEnd();
  const whole = end.endsWith('\u001a') ? end.slice(0, -1) : text;
  const body = unwrapped(named ? whole.slice(named[0].length) : whole);
  const delimiter = separatorOf(body, named?.[1]);
  const rows = rowsOf(withOneDelimiter(body, delimiter), delimiter, file);
  const open = !/[\r\n]\s*$/.test(body);
  return { file, sheet: null, unit: 'fila', rows, open, commas: delimiter === ',' };
}

/** The delimiter that the file names, unless another one shows more columns that we know: then the line is wrong. */
function separatorOf(body: string, named: string | undefined): string {
  const found = best(body);
  return named === undefined || found.known > best(body, [named]).known ? found.delimiter : named;
}

/** Some exporters put each whole line in quotes: the separators inside are the table's. */
function unwrapped(text: string): string {
  const lines = text.split(/\r\n|\n|\r/);
  const filled = lines.filter((line) => line.trim() !== '');
  const inner = (line: string): string | null => {
    const content = /^\s*"(.*)"[;,\s]*$/.exec(line)?.[1];
    return content === undefined || /(^|[^"])"("")*([^"]|$)/.test(content)
      ? null
      : content.replaceAll('""', '"');
  };
  const all = filled.map(inner);
  if (filled.length === 0 || all.includes(null)) return text;
  const body = lines.map((line) => (line.trim() === '' ? line : (inner(line) ?? line))).join('\n');
  return best(body).known > 1 ? body : text;
}

function rowsOf(text: string, delimiter: string, file: string): Row[] {
  try {
    const records = parse(text, {
      delimiter,
      to: MAX_ROWS_PER_FILE + 1,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    });
    if (records.length > MAX_ROWS_PER_FILE) throw tooManyRows(file);
    const width = records.reduce((most, cells) => Math.max(most, cells.length), 0);
    const swallowed = records.findIndex((cells) => cells.some((cell) => holdsRows(cell, delimiter, width)));
    if (swallowed >= 0) throw openQuotes(file, swallowed + 1);
    return withWholeHeader(records.map((cells, index) => ({ number: index + 1, cells })));
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw openQuotes(file, typeof cause.records === 'number' ? cause.records + 1 : null, cause);
  }
}

/**
 * A name with a line break that is not in quotes ends its row: the parts are joined where together they have as many
 * cells as the rows below, and alone fewer, and know more columns than any of them.
 */
function withWholeHeader(rows: TextRow[]): TextRow[] {
  for (const [start, first] of rows.slice(0, LINES_TO_LOOK_AT).entries()) {
    let cells = first.cells;
    let most = countRecognised(cells);
    const below = rows.slice(start + 1, start + 2 + MOST_BREAKS);
    const width = Math.max(...below.map((row) => row.cells.length));
    for (const [index, { cells: part }] of below.entries()) {
      if (cells.length >= width || part.length >= width) break;
      most = Math.max(most, countRecognised(part));
      cells = [...cells.slice(0, -1), [cells.at(-1), part[0]].join(' ').trim(), ...part.slice(1)];
      if (cells.length === width && countRecognised(cells) > most)
        return [...rows.slice(0, start), { number: first.number, cells }, ...rows.slice(start + 2 + index)];
    }
  }
  return rows;
}

interface TextRow extends Row {
  cells: string[];
}

/** A quote that opens in one row and closes in another has made a value of the rows between. */
function holdsRows(cell: string, delimiter: string, width: number): boolean {
  const ends = cell.match(/\r\n|\n|\r/g)?.length ?? 0;
  return ends > 0 && width > 5 && cell.split(delimiter).length - 1 >= (ends * (width - 1)) / 2;
}

/**
 * Lines of another export, pasted below: where the delimiter of the others makes one cell of a line, and another one as
 * many as the header has, or a header, the line is written as the others are.
 */
function withOneDelimiter(text: string, delimiter: string): string {
  if (text.split(/[\r\n]/, 2 * MAX_ROWS_PER_FILE).length === 2 * MAX_ROWS_PER_FILE) return text;
  const pieces = text.split(/(\r\n|\n|\r)/);
  const beginning = pieces.slice(0, 2 * LINES_TO_LOOK_AT);
  const width = Math.max(...beginning.map((line) => cellsOf(line, delimiter).length));
  if (width < 4) return text;
  const others = DELIMITERS.filter((other) => other !== delimiter);
  return pieces
    .map((line) => {
      const here = line.split(delimiter).length;
      if (here >= width / 2 || !others.some((other) => line.includes(other))) return line;
      const cells = others.filter((other) => line.includes(other)).map((other) => cellsOf(line, other));
      // A comma of the other delimiter's figures may stand in it.
      const own = cells.find((each) => each.length === width || (here === 1 && countRecognised(each) > 2));
      return own?.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(delimiter) ?? line;
    })
    .join('');
}

function cellsOf(line: string, delimiter: string): string[] {
  try {
    const [cells = []] = parse(line, { delimiter, relax_column_count: true, relax_quotes: true });
    return cells;
  } catch {
    return []; // a part of a cell that goes on in the next line
  }
}

function openQuotes(file: string, row: number | null, cause?: unknown): SourceError {
  return new SourceError(
    'wrong',
    `No se pudo leer ${file}: ${row === null ? '' : `en la fila ${row} `}hay comillas (") que se abren y no se cierran${cause === undefined ? ' donde deben: se tragan las filas que siguen' : ''}.`,
    'Busque la celda con una comilla suelta, bórrela o ciérrela, y guarde el archivo de nuevo.',
    { cause },
  );
}

/** The delimiter with which some line shows most columns that we know; the semicolon of Spanish Excel when none does. */
function best(text: string, delimiters = DELIMITERS): { delimiter: string; known: number } {
  const lines = text.slice(0, 200_000).split(/\r\n|\n|\r/, LINES_TO_LOOK_AT);
  const scored = delimiters.map((delimiter) => {
    const split = lines.map((line) => line.split(delimiter).map((name) => name.replace(/^\s*"|"\s*$/g, '')));
    const known = Math.max(...split.map(countRecognised));
    const score = Math.max(...split.map(scoreOf));
    return { delimiter, known, score };
  });
  const [first = { delimiter: ';', known: 0 }] = scored.sort((a, b) => b.score - a.score);
  return first;
}

/** Of what a line becomes: the columns that we know; of two alike, the one that leaves no blanks between them. */
function scoreOf(names: string[]): number {
  const known = countRecognised(names);
  const blanks = known > 0 ? names.filter((name) => name.trim() === '').length : 0;
  return known * 1000 + names.length - 2 * blanks;
}
