import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { SourceError } from '../source.ts';
import type { Entity } from './contract.ts';
import type { EntityTable } from './tables.ts';
import { textOf } from './text-file.ts';

/** A CSV file as an entity's table, read as it streams. */
export function csvTable(entity: Entity, path: string, name: string): EntityTable {
  return {
    entity,
    place: name,
    async read(sink, { signal }) {
      const pieces = textOf(path, name, signal);
      const first = await pieces.next();
      const start = first.done ? '' : first.value;
      const records = parse({
        delimiter: delimiterOf(start),
        record_delimiter: ['\r\n', '\n', '\r'],
        relax_column_count: true,
        relax_quotes: true,
      });
      // Its end and its failure come out of the records.
      pipeline(Readable.from(joined(start, pieces)), records, () => {});
      let number = 0;
      let isHeader = true;
      try {
        for await (const cells of records as AsyncIterable<string[]>) {
          number++;
          if (number % 1024 === 0) signal?.throwIfAborted();
          if (cells.every((cell) => cell.trim() === '') || isOfTool(cells)) continue;
          if (isHeader) sink.columns(cells);
          else sink.row(cells, number);
          isHeader = false;
        }
      } catch (error) {
        throw error instanceof CsvError ? openQuotes(name, number, error) : error;
      }
      if (isHeader) sink.columns([]);
    },
  };
}

/** What a database's own program writes around the rows: a line of dashes, and how many there were. */
function isOfTool(cells: readonly string[]): boolean {
  if (cells.every((cell) => /^-+$/.test(cell.trim()))) return true;
  return (
    cells.length === 1 && /^\(?\d+ (rows?|filas?)( (affected|afectadas?))?\)?$/i.test((cells[0] ?? '').trim())
  );
}

async function* joined(start: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  yield start;
  yield* rest;
}

/** What the header has most of outside quotes; the semicolon of Spanish Excel where it has none. */
function delimiterOf(text: string): string {
  const header = (/^[^\r\n]*/.exec(text.trimStart())?.[0] ?? '').replace(/"[^"]*"/g, '');
  const counts = [';', ',', '\t', '|'].map((delimiter) => ({
    delimiter,
    count: header.split(delimiter).length,
  }));
  return counts.reduce((best, one) => (one.count > best.count ? one : best)).delimiter;
}

function openQuotes(name: string, row: number, cause: CsvError): SourceError {
  return new SourceError(
    'wrong',
    `No se pudo leer ${name}: después de la fila ${row} hay comillas (") que se abren y no se cierran donde deben.`,
    'Busque la celda con una comilla suelta, bórrela o ciérrela, y guarde el archivo de nuevo.',
    { cause },
  );
}
