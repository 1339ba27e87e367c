import type { Column } from '../column-names.ts';
import type { Table } from '../table-parts.ts';
import type { WrittenDate } from './date-evidence.ts';
import { TableColumns } from './table-columns.ts';
import { shortSign } from './time-sign.ts';
import { decimalSign, type Sign } from './written.ts';

/** What the tables of a file, which one program or one person has written, say of each other's values. */
export interface Beside {
  /** The decimal sign that its figures prove; null where they prove none, or both. */
  sign: Sign | null;
  dates: WrittenDate[];
}

export const TIMES = ['alumno.tiempoConectividad', 'modulo.tiempoConectividad'] as const satisfies Column[];
/** Not the day of the night that is reported: no file says it. */
export const DATES: ReadonlySet<Column> = new Set<Column>([
  'alumno.fechaInicio',
  'alumno.fechaFin',
  'modulo.fechaInicio',
  'modulo.fechaFin',
]);
const FIGURES: Column[] = [
  ...TIMES,
  'alumno.porcentajeAvance',
  'modulo.porcentajeAvance',
  'alumno.evaluacionFinal',
  'modulo.notaModulo',
];

export function besideOf(tables: readonly Table[]): Beside {
  const all = tables.map((table) => new TableColumns(table));
  const proven = decimalSign(all.flatMap((columns) => FIGURES.flatMap((column) => columns.written(column))));
  return {
    sign: oneSign([proven, ...all.flatMap(shortSigns)]),
    dates: tables.flatMap((table, index) =>
      [...table.columns.keys()].flatMap((column) =>
        DATES.has(column) ? (all[index]?.dates(column) ?? []) : [],
      ),
    ),
  };
}

/** What each of the columns of times proves by its short figures. */
export function shortSigns(columns: TableColumns): (Sign | null)[] {
  return TIMES.map((column) => shortSign(columns.written(column)));
}

/** The one that all agree on who know one. */
export function oneSign(signs: readonly (Sign | null)[]): Sign | null {
  const [sign = null, ...others] = new Set(signs.filter((each) => each !== null));
  return others.length === 0 ? sign : null;
}
