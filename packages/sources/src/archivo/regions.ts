import type { Column } from './column-names.ts';
import { countRecognised, meaningOf, normalise } from './columns.ts';
import { groupCodesIn, isTitle } from './course-codes.ts';
import { type Cell, cellText, type Grid, letters, type Row } from './grid.ts';

/** So many known columns, and who they are about, make a row of names; no row of data has them. */
const NAMES_OF_A_HEADER = 3;

/** The tables of a sheet as grids of their own: one below the other, or side by side. Most sheets are one. */
export function regionsOf(grid: Grid): Grid[] {
  return below(grid).flatMap(beside);
}

function below(grid: Grid): Grid[] {
  const headers = headerRows(grid);
  const [, ...others] = headers;
  if (others.length === 0) return [grid];
  const starts = headers.map((header) => titleOf(grid, header));
  return headers.map((header, index): Grid => {
    const next = starts[index + 1];
    const start = starts[index] ?? header.number;
    const rows = grid.rows.filter(
      ({ number }) => (index === 0 || number >= start) && (next === undefined || number < next),
    );
    const last = rows.at(-1)?.number ?? header.number;
    const { open, ...closed } = grid;
    return {
      ...(next === undefined ? grid : closed),
      rows,
      part: `${grid.unit}s ${header.number} a ${last}`,
    };
  });
}

/** Where a table begins: with what right above its names says whose it is, and over them the names of its modules. */
function titleOf({ rows }: Grid, header: Row): number {
  const at = rows.indexOf(header);
  const upper = rows[at - 1];
  const names = upper !== undefined && isHeader(upper) ? at - 1 : at;
  const above = rows.slice(0, names);
  const last = above.findLastIndex((row) => !isTitle(row) && !saysGroup(row));
  return above[last + 1]?.number ?? rows[names]?.number ?? header.number;
}

/** `Sección CAP-26-01-05-0787-2 | Desde 05-10-2026`, of a table below. */
function saysGroup({ cells }: Row): boolean {
  return groupCodesIn(cells.map(cellText).join(' ')).length > 0;
}

/** Rows that name columns otherwise than the one before; of two in a row (groups of columns) the one that names more. */
function headerRows(grid: Grid): Row[] {
  const found: Row[] = [];
  for (const row of grid.rows) {
    if (!isHeader(row)) continue;
    const before = found.at(-1);
    if (before !== undefined && isSame(before, row)) continue;
    if (before !== undefined && isNextTo(grid, before, row)) {
      if (count(row) > count(before)) found[found.length - 1] = row;
    } else found.push(row);
  }
  return found;
}

/** Whether a row names columns, wherever it stands. */
export function isHeader(row: Row): boolean {
  // Data has figures: most rows are told apart by one of their first cells.
  if (row.cells.some((cell) => isFigure(cell))) return false;
  return count(row) >= NAMES_OF_A_HEADER && row.cells.some((cell) => isAboutPeople(cellText(cell)));
}

function isFigure(cell: Cell | undefined): boolean {
  return cell !== undefined && cell !== null && (typeof cell !== 'string' || /^\s*\d/.test(cell));
}

function count(row: Row): number {
  return countRecognised(Array.from(row.cells, cellText));
}

function isAboutPeople(header: string): boolean {
  const column: Column | undefined = meaningOf(header)?.column;
  return column === 'alumno.rutAlumno' || column === 'modulo.codigoModulo';
}

function isSame(one: Row, other: Row): boolean {
  const width = Math.max(one.cells.length, other.cells.length);
  return Array.from({ length: width }).every(
    (_, index) => normalise(cellText(one.cells[index])) === normalise(cellText(other.cells[index])),
  );
}

function isNextTo(grid: Grid, one: Row, other: Row): boolean {
  return grid.rows.indexOf(other) - grid.rows.indexOf(one) === 1;
}

/** Blocks of columns that each name a RUT, between blank columns or where the names begin anew. */
function beside(grid: Grid): Grid[] {
  const header = grid.rows.find(isHeader);
  if (header === undefined) return [grid];
  const names = Array.from(header.cells, cellText);
  const blocks = [gaps(names), repeats(names)].map(standing).find((each) => each.length > 1);
  if (blocks === undefined) return [grid];
  return blocks.map(([from, to]) => ({
    ...grid,
    part: `columnas ${letters(from)} a ${letters(to - 1)}`,
    rows: grid.rows.map((row) => ({
      ...row,
      cells: row.cells.map((cell, index) => (index >= from && index < to ? cell : undefined)),
    })),
  }));
}

type Block = readonly [from: number, to: number, names: string[]];

function blocksAt(names: string[], starts: number[]): Block[] {
  return starts.map((from, index) => {
    const to = starts[index + 1] ?? names.length;
    return [from, to, names.slice(from, to)];
  });
}

function gaps(names: string[]): Block[] {
  const starts = names.flatMap((name, index) =>
    name !== '' && (names[index - 1] ?? '') === '' ? index : [],
  );
  return blocksAt(names, starts);
}

function repeats(names: string[]): Block[] {
  const first = names.find((name) => name !== '') ?? '';
  return blocksAt(
    names,
    names.flatMap((name, index) => (normalise(name) === normalise(first) && name !== '' ? index : [])),
  );
}

/** Blocks that are tables; what is none belongs to the one before it. Nothing where the first one is none. */
function standing(blocks: Block[]): Block[] {
  const tables: Block[] = [];
  for (const block of blocks) {
    const [from, to, names] = block;
    const stands = countRecognised(names) >= NAMES_OF_A_HEADER && names.some(isRut);
    const before = tables.at(-1);
    if (stands) tables.push(block);
    else if (before !== undefined) tables[tables.length - 1] = [before[0], to, [...before[2], ...names]];
    else tables.push([from, to, names]);
  }
  return tables.every(([, , names]) => names.some(isRut)) ? tables : [];
}

function isRut(header: string): boolean {
  return meaningOf(header)?.column === 'alumno.rutAlumno';
}
