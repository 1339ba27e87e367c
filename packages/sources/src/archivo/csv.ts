import { CsvError, parse } from 'csv-parse/sync';
import { SourceError } from '../source.ts';
import { countRecognised } from './columns.ts';
import type { Grid, Row } from './grid.ts';
import { MAX_ROWS_PER_FILE, tooManyRows } from './row-count.ts';

const DELIMITERS = [';', ',', '\t', '|'];
/** Lines in which the header is looked for, to tell the delimiter. */
const LINES_TO_LOOK_AT = 30;

/** Rows of a CSV, numbered as Excel numbers them. Throws a {@link SourceError} where quotes are never closed. */
export function readCsv(text: string, file: string): Grid {
  // Excel's own first line that names the delimiter; it is no row of the sheet.
  const named = /^"?sep=([^\r\n])"?\r?\n/i.exec(text);
  const body = unwrapped(named ? text.slice(named[0].length) : text);
  const rows = rowsOf(body, named?.[1] ?? delimiterOf(body), file);
  return { file, sheet: null, unit: 'fila', rows, open: !/[\r\n]\s*$/.test(body) };
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
    return records.map((cells, index) => ({ number: index + 1, cells }));
  } catch (cause) {
    if (!(cause instanceof CsvError)) throw cause;
    throw new SourceError(
      'wrong',
      `No se pudo leer ${file}: hay comillas (") que se abren y no se cierran.`,
      'Busque la celda con una comilla suelta, bórrela o ciérrela, y guarde el archivo de nuevo.',
      { cause },
    );
  }
}

/** The delimiter with which some line shows most columns that we know; the semicolon of Spanish Excel when none does. */
export function delimiterOf(text: string): string {
  return best(text).delimiter;
}

function best(text: string): { delimiter: string; known: number } {
  const lines = text.slice(0, 200_000).split(/\r\n|\n|\r/, LINES_TO_LOOK_AT);
  const scored = DELIMITERS.map((delimiter) => {
    const split = lines.map((line) => line.split(delimiter).map((name) => name.replace(/^\s*"|"\s*$/g, '')));
    const known = Math.max(...split.map(countRecognised));
    const score = Math.max(...split.map((names) => countRecognised(names) * 1000 + names.length));
    return { delimiter, known, score };
  });
  const [first = { delimiter: ';', known: 0 }] = scored.sort((a, b) => b.score - a.score);
  return first;
}
