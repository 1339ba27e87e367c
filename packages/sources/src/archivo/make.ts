import type { Asked, Made, ShownRow } from './asked.ts';
import { gridsOf, readDataFile } from './file.ts';
import { cellText } from './grid.ts';
import { seenSheet } from './seen-columns.ts';

/** Does what a thread is asked for, where it is called. Throws a {@link SourceError} for a file that cannot be read. */
export function make(asked: Asked): Made {
  switch (asked.what) {
    case 'reading': {
      const { entries, ...rest } = readDataFile(asked.bytes, asked.file, asked.deciding);
      return { items: entries, rest };
    }
    case 'columns':
      return { items: [], rest: seenSheet(asked.bytes, asked.file, asked.deciding) };
    case 'rows':
      return { items: rowsOf(asked.bytes, asked.file), rest: null };
  }
}

function rowsOf(bytes: Uint8Array, file: string): ShownRow[] {
  return gridsOf(bytes, file).flatMap(({ rows }) =>
    rows.map(({ cells }) => ({
      cells: Array.from(cells, cellText),
      dated: cells.some((cell) => typeof cell === 'object' && cell?.kind === 'date'),
    })),
  );
}
