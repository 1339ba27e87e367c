import type { Column } from './column-names.ts';
import { templateHeader } from './columns.ts';
import { besideOf } from './decide/beside.ts';
import type { Deciding } from './decide/decide.ts';
import type { Entry } from './entry.ts';
import { gridsOf } from './file.ts';
import { cellText, type Grid, gridPlace, letters, type Row, rowPlace } from './grid.ts';
import { withNamedColumns } from './named-columns.ts';
import { Notes } from './notes.ts';
import { type AskedColumn, questionsOf } from './questions.ts';
import { readRows } from './rows.ts';
import { columnsIn, headerOf, recogniseTables } from './table.ts';
import type { Table } from './table-parts.ts';
import { isToldAbove } from './told-above.ts';
import { withModulesBelow } from './wide/unfold.ts';

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
  /** The module that it is of, as the sheet calls it, where the modules stand side by side. */
  modulo?: string;
  /** How the example was read, as it would be sent; null: the table cannot be read yet. */
  leido: string | null;
}

/** What is seen of the columns of a file before anything of it is kept. */
export interface SeenSheet {
  columnas: SeenColumn[];
  /** Modules of sheets that have them side by side: how the sheet calls each, and its code; null: nobody has said it. */
  modulos: { nombre: string; codigo: string | null }[];
  /** What is asked about the columns, once for all. */
  preguntas: AskedColumn[];
}

/** The columns of a file, sheet by sheet; none where it is no table (a JSON body). */
export function seenSheet(bytes: Uint8Array, file: string, deciding: Deciding): SeenSheet {
  const given = gridsOf(bytes, file);
  const { grids } = withModulesBelow(withNamedColumns(given, deciding.answers), deciding.answers);
  const { tables } = recogniseTables(grids);
  const beside = besideOf(tables);
  const readings = tables.map((table) => ({ table, ...readRows(table, new Notes(file), deciding, beside) }));
  const told = readings.flatMap(({ table, entries }) => columnsOf(table, given, entries));
  return {
    // A sheet that cannot be used yet is the one to be asked about.
    columnas: told.length > 0 ? told : grids.flatMap((grid) => columnsOfGrid(grid, given)),
    modulos: modulesOf(grids),
    preguntas: questionsOf(readings),
  };
}

function modulesOf(grids: readonly Grid[]): SeenSheet['modulos'] {
  const all = new Map(grids.flatMap(({ wide }) => [...(wide?.codes ?? [])]));
  return [...all].map(([nombre, codigo]) => ({ nombre, codigo }));
}

function columnsOf({ grid, columns, rows }: Table, given: readonly Grid[], entries: readonly Entry[]) {
  const [entry] = entries;
  const row = rows.find(({ number }) => entry?.moduloPlace.text === rowPlace(grid, number)) ?? rows[0];
  if (grid.wide !== undefined) return seenWide(grid, { given, columns, row, entries });
  return seen(grid, given, { columns, row, entry });
}

function columnsOfGrid(grid: Grid, given: readonly Grid[]): SeenColumn[] {
  const header = headerOf(grid);
  const row = grid.rows.find(
    ({ number, cells }) => number > (header?.number ?? 0) && cells.some((cell) => cellText(cell) !== ''),
  );
  if (header === null) return [];
  const columns = columnsIn(header);
  if (grid.wide !== undefined) return seenWide(grid, { given, columns, row, entries: [] });
  return seen(grid, given, { columns, row, entry: undefined });
}

function seen(
  grid: Grid,
  given: readonly Grid[],
  { columns, row, entry }: { columns: Table['columns']; row: Row | undefined; entry: Entry | undefined },
): SeenColumn[] {
  const header = headerOf(grid);
  const place = gridPlace(grid);
  const asWritten = rowAsGiven(grid, given, header?.number);
  const fields = new Map([...columns].map(([column, { index }]) => [index, column]));
  return Array.from(header?.cells ?? [], (cell, index): SeenColumn => {
    const column = fields.get(index) ?? null;
    if (isToldAbove(grid.called?.get(cellText(cell)) ?? '')) return NO_COLUMN;
    return {
      ...{ tabla: place, letra: letters(index), ejemplo: cellText(row?.cells[index]) },
      encabezado: cellText(asWritten?.cells[index]) || cellText(cell),
      campo: column && templateHeader(column),
      leido: column && entry ? readOf(entry, column) : null,
    };
  }).filter(({ encabezado }) => encabezado !== '');
}

const NO_COLUMN: SeenColumn = { tabla: '', letra: '', encabezado: '', ejemplo: '', campo: null, leido: null };

/** As the file has them: the columns of each module with what stands in the first row that has it. */
function seenWide(
  grid: Grid,
  {
    given,
    columns,
    row,
    entries,
  }: { given: readonly Grid[]; columns: Table['columns']; row: Row | undefined; entries: readonly Entry[] },
): SeenColumn[] {
  const { names = [], columns: ofModules = [], codes } = grid.wide ?? {};
  const fields = new Map([...columns].map(([column, { index }]) => [index, column]));
  const asWritten = rowAsGiven(grid, given, row?.number);
  const [first] = entries;
  return names.flatMap((encabezado, index): SeenColumn[] => {
    if (encabezado === '' || isToldAbove(encabezado)) return [];
    const place = { tabla: gridPlace(grid), letra: letters(index), encabezado };
    const ejemplo = cellText(asWritten?.cells[index]);
    const own = ofModules.find((one) => one.index === index);
    if (own === undefined) {
      const column = fields.get(index) ?? null;
      const leido = column && first ? readOf(first, column) : null;
      return [{ ...place, ejemplo, campo: column && templateHeader(column), leido }];
    }
    const code = codes?.get(own.module) ?? own.module;
    const entry = entries.find(
      ({ modulo, moduloPlace }) =>
        modulo?.codigoModulo === code && moduloPlace.text === first?.moduloPlace.text,
    );
    const field = [...columns.keys()].find((column) => templateHeader(column) === own.field);
    return [
      {
        ...{ ...place, ejemplo, campo: own.field, modulo: own.module },
        leido: field && entry ? readOf(entry, field) : null,
      },
    ];
  });
}

function rowAsGiven(grid: Grid, given: readonly Grid[], number: number | undefined): Row | undefined {
  const place = gridPlace(grid);
  return given.find((one) => gridPlace(one) === place)?.rows.find((row) => row.number === number);
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
  if (field === 'rutAlumno' && rut.dvAlumno !== undefined) return `${String(value)}-${String(rut.dvAlumno)}`;
  // Held: nothing of it is read as seconds.
  if (field === 'tiempoConectividad' && typeof value !== 'number') return null;
  if (field === 'tiempoConectividad') return `${String(value)} s${inMinutes(value)}`;
  if (field === 'porcentajeAvance') return `${String(value).replace('.', ',')} %`;
  if (Array.isArray(value)) return value.length === 1 ? '1 actividad' : `${value.length} actividades`;
  return String(value);
}

/** Who sees 147 minutes read as seconds may overlook it, and not «2 min 27 s». */
function inMinutes(seconds: unknown): string {
  if (typeof seconds !== 'number' || seconds < 60) return '';
  const [hours, minutes, rest] = [
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    Math.round(seconds % 60),
  ];
  return ` (${hours > 0 ? `${hours} h ${minutes} min` : `${minutes} min ${rest} s`})`;
}
