import type { Column } from './column-names.ts';
import { templateHeader } from './columns.ts';
import { besideOf } from './decide/beside.ts';
import type { Deciding } from './decide/decide.ts';
import type { Entry } from './entry.ts';
import { gridsOf } from './file.ts';
import { cellText, type Grid, gridPlace, letters, type Row, rowPlace } from './grid.ts';
import { withNamedColumns } from './named-columns.ts';
import { Notes } from './notes.ts';
import { readRows } from './rows.ts';
import { columnsIn, headerOf, recogniseTables, type Table } from './table.ts';

/** One column of a sheet as a person sees it, and what puente takes it for. */
export interface SeenColumn {
  /** Where its table stands: `avance.xlsx, hoja Alumnos`. */
  tabla: string;
  /** As a spreadsheet calls it: `A`, `AB`. */
  letra: string;
  encabezado: string;
  /** The first thing that stands below; empty: nothing does. */
  ejemplo: string;
  /** The template's name of what it is; null: it is not used. */
  campo: string | null;
  /** How the example was read, as it would be sent; null: the table cannot be read yet. */
  leido: string | null;
}

/** The columns of a file, sheet by sheet; none where it is no table (a JSON body). */
export function seenColumns(bytes: Uint8Array, file: string, deciding: Deciding): SeenColumn[] {
  const given = gridsOf(bytes, file);
  const grids = withNamedColumns(given, deciding.answers);
  const { tables } = recogniseTables(grids);
  const beside = besideOf(tables);
  const told = tables.flatMap((table) => {
    const { entries } = readRows(table, new Notes(file), deciding, beside);
    return columnsOf(table, given, entries);
  });
  // A sheet that cannot be used yet is the one to be asked about.
  return told.length > 0 ? told : grids.flatMap((grid) => columnsOfGrid(grid, given));
}

function columnsOf({ grid, columns, rows }: Table, given: readonly Grid[], entries: readonly Entry[]) {
  const [entry] = entries;
  const row = rows.find(({ number }) => entry?.moduloPlace.text === rowPlace(grid, number)) ?? rows[0];
  return seen(grid, given, { columns, row, entry });
}

function columnsOfGrid(grid: Grid, given: readonly Grid[]): SeenColumn[] {
  const header = headerOf(grid);
  const row = grid.rows.find(
    ({ number, cells }) => number > (header?.number ?? 0) && cells.some((cell) => cellText(cell) !== ''),
  );
  return header === null ? [] : seen(grid, given, { columns: columnsIn(header), row, entry: undefined });
}

function seen(
  grid: Grid,
  given: readonly Grid[],
  { columns, row, entry }: { columns: Table['columns']; row: Row | undefined; entry: Entry | undefined },
): SeenColumn[] {
  const header = headerOf(grid);
  const place = gridPlace(grid);
  const asWritten = given
    .find((one) => gridPlace(one) === place)
    ?.rows.find(({ number }) => number === header?.number);
  const fields = new Map([...columns].map(([column, { index }]) => [index, column]));
  return Array.from(header?.cells ?? [], (cell, index): SeenColumn => {
    const column = fields.get(index) ?? null;
    return {
      ...{ tabla: place, letra: letters(index), ejemplo: cellText(row?.cells[index]) },
      encabezado: cellText(asWritten?.cells[index]) || cellText(cell),
      campo: column && templateHeader(column),
      leido: column && entry ? readOf(entry, column) : null,
    };
  }).filter(({ encabezado }) => encabezado !== '');
}

/** As it would be sent, in words where a unit is to be seen; null: it is not sent. */
function readOf({ alumno, modulo, curso, rut, name }: Entry, column: Column): string | null {
  const [level, field = ''] = column.split('.');
  const values: Record<string, unknown> =
    level === 'curso'
      ? { ...curso }
      : level === 'modulo'
        ? { ...modulo }
        : { ...alumno, ...rut, nombre: name };
  const value = values[field];
  if (value === undefined || value === null) return null;
  if (field === 'tiempoConectividad') return `${String(value)} s`;
  if (field === 'porcentajeAvance') return `${String(value)} %`;
  if (Array.isArray(value)) return value.length === 1 ? '1 actividad' : `${value.length} actividades`;
  return String(value);
}
