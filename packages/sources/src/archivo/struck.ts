import { cellAt } from './cells.ts';
import type { Column } from './column-names.ts';
import type { Doubt } from './entry.ts';
import { cellText, type Row } from './grid.ts';
import type { Table } from './table-parts.ts';

/** What a row of a table has crossed out. */
export interface StruckRow {
  /** Columns that the row uses. */
  columns: ReadonlySet<Column>;
  /** Whom it is about is crossed out, or nearly everything. */
  whole: boolean;
  /** The person has rows that are not: it is about the module alone. */
  onlyModule: boolean;
}

const WHO = [
  'alumno.rutAlumno',
  'alumno.dvAlumno',
  'alumno.nombre',
  'alumno.apellidos',
] as const satisfies Column[];
/** Of the cells of a row, crossed out: more than people correct in one. */
const NEARLY_ALL = 0.7;

/**
 * What is crossed out in the rows of a table. A coordinator strikes out who has left, or a figure that no longer holds;
 * or has forgotten that the line is there. Nobody but that person knows, so that none of it is sent as if it were not.
 */
export function struckRows(table: Table): ReadonlyMap<Row, StruckRow> {
  const found = new Map<Row, StruckRow>();
  if (table.rows.every(({ struck }) => struck === undefined)) return found;
  const whole = new Set(table.rows.filter((row) => isWhole(table, row)));
  const others = new Set(table.rows.filter((row) => !whole.has(row)).map((row) => rutOf(table, row)));
  for (const row of table.rows) {
    const columns = struckColumns(table, row);
    if (columns.size === 0) continue;
    const onlyModule = table.role !== 'alumnos' && whole.has(row) && others.has(rutOf(table, row));
    found.set(row, { columns, whole: whole.has(row), onlyModule });
  }
  return found;
}

function struckColumns({ columns }: Table, { struck, cells }: Row): Set<Column> {
  return new Set(
    [...columns].flatMap(([column, { index }]) =>
      struck?.has(index) && cellText(cells[index]) !== '' ? column : [],
    ),
  );
}

function isWhole(table: Table, row: Row): boolean {
  const struck = struckColumns(table, row);
  const filled = [...table.columns.values()].filter(({ index }) => cellText(row.cells[index]) !== '');
  return WHO.some((column) => struck.has(column)) || struck.size > NEARLY_ALL * filled.length;
}

function rutOf(table: Table, row: Row): string {
  return cellText(cellAt(table, row, 'alumno.rutAlumno'));
}

/** A row that is crossed out. */
export function struckRowDoubt(name: string): Doubt {
  return {
    message: `La fila está tachada${name === '' ? '' : ` («${name}»)`}, y no se sabe si debe enviarse.`,
    fix: 'Si no debe enviarse, bórrela del archivo; si debe, quítele el tachado y guárdelo.',
  };
}

/** A value that is crossed out, or has a part that is. */
export function struckValueDoubt(text: string, header: string): Doubt {
  return {
    message: `En la columna «${header}» hay algo tachado («${text}»), y no se sabe si vale.`,
    fix: 'Si vale, quítele el tachado; si no, borre lo tachado, o escriba el valor que corresponde sin tachar.',
  };
}
