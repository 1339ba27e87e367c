import { CsvError, parse } from 'csv-parse/sync';
import { SourceError } from '../source.ts';
import { countRecognised } from './columns.ts';
import type { Grid, Row } from './grid.ts';

const DELIMITERS = [';', ',', '\t'];
/** Lines in which the header is looked for, to tell the delimiter. */
const LINES_TO_LOOK_AT = 30;

/** Rows of a CSV, numbered as Excel numbers them. Throws a {@link SourceError} where quotes are never closed. */
export function readCsv(text: string, file: string): Grid {
  // Excel's own first line that names the delimiter; it is no row of the sheet.
  const named = /^"?sep=([^\r\n])"?\r?\n/i.exec(text);
  const body = named ? text.slice(named[0].length) : text;
  return { file, sheet: null, unit: 'fila', rows: rowsOf(body, named?.[1] ?? delimiterOf(body), file) };
}

function rowsOf(text: string, delimiter: string, file: string): Row[] {
  try {
    const records = parse(text, {
      delimiter,
      record_delimiter: ['\r\n', '\n', '\r'],
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: false,
    });
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
  const lines = text.slice(0, 200_000).split(/\r\n|\n|\r/, LINES_TO_LOOK_AT);
  const scores = DELIMITERS.map((delimiter) => {
    const split = lines.map((line) => line.split(delimiter).map((name) => name.replace(/^\s*"|"\s*$/g, '')));
    return Math.max(...split.map((names) => countRecognised(names) * 1000 + names.length));
  });
  return DELIMITERS[scores.indexOf(Math.max(...scores))] ?? ';';
}
