import { cellAt } from '../cells.ts';
import type { Column } from '../column-names.ts';
import { type Cell, cellText } from '../grid.ts';
import type { Table } from '../table-parts.ts';
import { readEstado } from '../values.ts';
import { readDate, type WrittenDate } from './date-evidence.ts';
import type { MarkCell } from './mark-scale.ts';
import { plainOf } from './progress.ts';
import { highest } from './reader.ts';
import type { TimeCell } from './time-column.ts';
import { ADVANCED } from './time-unit.ts';
import { decimalSign, readWritten, readWrittenTime, type Sign, type Written } from './written.ts';

export type Level = 'alumno' | 'modulo';

/** The cells of a table, column by column. */
export class TableColumns {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  /** One per row; undefined where it is blank, or crossed out: a value that may not hold proves nothing of the others. */
  cells(column: Column): (Cell | undefined)[] {
    const at = this.#table.columns.get(column)?.index ?? -1;
    const { rows } = this.#table;
    const left = rows.some((row) => !row.struck?.has(at) && cellAt(this.#table, row, column) !== undefined);
    return rows.map((row) => (left && row.struck?.has(at) ? undefined : cellAt(this.#table, row, column)));
  }

  /** One per row; a blank cell is no figure. */
  written(column: Column): Written[] {
    return this.cells(column).map((cell) =>
      cell === undefined ? { kind: 'other', value: undefined } : readWritten(cell),
    );
  }

  sign(columns: readonly Column[]): Sign | null {
    return decimalSign(columns.flatMap((column) => this.written(column)));
  }

  figures(column: Column): Written[] {
    return this.written(column).filter(({ kind }) => kind !== 'other');
  }

  times(level: Level): TimeCell[] {
    const progress = this.#progress(level);
    return this.cells(`${level}.tiempoConectividad`).map((cell, index) => ({
      written: cell === undefined ? { kind: 'other', value: undefined } : readWrittenTime(cell),
      progress: progress[index] ?? null,
    }));
  }

  marks(column: Column, level: Level): MarkCell[] {
    const estados = this.cells(`${level}.estado`);
    return this.written(column).map((written, index) => ({
      written,
      estado: readEstado(estados[index] ?? '', () => {}),
    }));
  }

  /** The highest figure of a column, with or without a percent sign. */
  highest(column: Column): number {
    return highest(
      this.written(column).map((written) =>
        written.kind === 'percent' ? written.value : (plainOf(written) ?? 0),
      ),
    );
  }

  dates(column: Column): WrittenDate[] {
    const date1904 = this.#table.grid.date1904 ?? false;
    return this.cells(column).flatMap((cell) => (cell === undefined ? [] : (readDate(cell, date1904) ?? [])));
  }

  /** Of each student, what the values of the rows (one per row) come to. */
  sumByStudent(values: readonly number[]): number[] {
    return this.#byStudent(values, (sum, value) => sum + value);
  }

  highestByStudent(values: readonly number[]): number[] {
    return this.#byStudent(values, Math.max);
  }

  #byStudent(values: readonly number[], joined: (before: number, value: number) => number): number[] {
    const all = new Map<string, number>();
    for (const [index, cell] of this.cells('alumno.rutAlumno').entries()) {
      const rut = cellText(cell);
      all.set(rut, joined(all.get(rut) ?? 0, values[index] ?? 0));
    }
    return [...all.values()];
  }

  /** Whether somebody has come so far that it takes time. */
  isAdvanced(level: Level): boolean {
    return this.#progress(level).some((progress) => (progress ?? 0) >= ADVANCED);
  }

  /** Whether the times of the modules come, student by student, to about those of the course, which are seconds. */
  agree(): boolean {
    const seconds = (written: Written): number =>
      written.kind === 'time' ? written.seconds : (plainOf(written) ?? 0);
    const longest = highest(this.written('alumno.tiempoConectividad').map(seconds));
    const sums = this.sumByStudent(this.written('modulo.tiempoConectividad').map(seconds));
    return longest >= 300 && longest <= 20 * highest(sums);
  }

  #progress(level: Level): (number | null)[] {
    const all = this.written(`${level}.porcentajeAvance`);
    const plain = all.flatMap((written) => plainOf(written) ?? []);
    const factor = plain.every((value) => value <= 1) ? 100 : 1;
    return all.map((written) => {
      if (written.kind === 'percent') return written.value;
      const value = plainOf(written);
      return value === null ? null : value * factor;
    });
  }
}
