import type { Issue } from '@puente-sic/protocol';
import { cellAt } from '../cells.ts';
import type { Column } from '../column-names.ts';
import { several, warning } from '../finding.ts';
import { type Cell, cellText, gridPlace } from '../grid.ts';
import type { Table } from '../table.ts';
import { readActividades, readCount, readEstado } from '../values.ts';
import type { ColumnAnswers } from './answers.ts';
import { codeReader } from './codes.ts';
import { dateReader, isMonthFirst } from './dates.ts';
import { type AskedMarks, askedMarks, gradeReader } from './grades.ts';
import { plainOf, progressReader } from './progress.ts';
import { highest, type Reader } from './reader.ts';
import { type TimeCell, timeReader } from './time.ts';
import { decimalSign, readWritten, type Sign, type Written } from './written.ts';

export interface Decided {
  readers: Map<Column, Reader>;
  /** Of optional columns that nobody can read yet: they are left out. */
  findings: Issue[];
}

export interface Deciding {
  answers: ColumnAnswers;
  /** Per cent that equals a 4.0. */
  exigencia?: number;
}

type Level = 'alumno' | 'modulo';

/** How each column of a table is read, by all of its cells and by what was answered before. */
export function decideColumns(table: Table, { answers, exigencia }: Deciding): Decided {
  const readers = new Map<Column, Reader>();
  const findings: Issue[] = [];
  const header = (column: Column): string => table.columns.get(column)?.header ?? column;
  const set = (column: Column, make: () => Reader): void => {
    if (table.columns.has(column)) readers.set(column, make());
  };

  const columns = new TableColumns(table);
  const sign = columns.sign(TIMES) ?? columns.sign(OTHERS);
  const monthFirst = columns.monthFirst();
  const asked: AskedMarks[] = [];
  for (const level of ['alumno', 'modulo'] as const) {
    const progress: Column = `${level}.porcentajeAvance`;
    const time: Column = `${level}.tiempoConectividad`;
    set(progress, () => progressReader(header(progress), columns.figures(progress), answers));
    set(time, () =>
      timeReader(header(time), columns.times(level), answers, sign, level === 'modulo' && columns.agree()),
    );
    set(`${level}.estado`, () => (cell, tell) => ({ value: readEstado(cell, tell) }));
    const mark: Column = level === 'alumno' ? 'alumno.evaluacionFinal' : 'modulo.notaModulo';
    set(mark, () => {
      const grades = gradeReader(columns.written(mark), columns.approved(level), answers, exigencia);
      if (grades.asked.length > 0) asked.push({ ...grades, header: header(mark) });
      return grades.read;
    });
  }
  for (const column of table.columns.keys()) {
    if (/\.fecha/.test(column))
      set(column, () => dateReader(header(column), monthFirst, table.grid.date1904 ?? false));
    if (/\.cantActividad/.test(column)) set(column, () => (cell) => ({ value: readCount(cell) }));
  }
  const code: Column = 'modulo.codigoModulo';
  set(code, () => codeReader(header(code), columns.cells(code)));
  set('modulo.listaActividades', () => (cell) => ({ value: readActividades(cell) }));

  for (const question of askedMarks(asked))
    findings.push(
      warning({
        ...question,
        message: `En ${gridPlace(table.grid)}: ${question.message}`,
        place: `${gridPlace(table.grid)}, ${several(asked.map((each) => `columna ${each.header}`))}`,
      }),
    );
  return { readers, findings };
}

/** Written alike. */
const TIMES: Column[] = ['alumno.tiempoConectividad', 'modulo.tiempoConectividad'];
/** Of the same table, and so of one country's signs. */
const OTHERS: Column[] = [
  'alumno.porcentajeAvance',
  'modulo.porcentajeAvance',
  'alumno.evaluacionFinal',
  'modulo.notaModulo',
];

/** The cells of a table, column by column; blank ones are left out of `figures` only. */
class TableColumns {
  readonly #table: Table;

  constructor(table: Table) {
    this.#table = table;
  }

  cells(column: Column): (Cell | undefined)[] {
    return this.#table.rows.map((row) => cellAt(this.#table, row, column));
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
    return this.written(`${level}.tiempoConectividad`).map((written, index) => ({
      written,
      progress: progress[index] ?? null,
    }));
  }

  approved(level: Level): boolean[] {
    return this.cells(`${level}.estado`).map(
      (cell) => cell !== undefined && readEstado(cell, () => {}) === 2,
    );
  }

  /** A date that can only have its month first, as proof; null where the table proves that the day is. */
  monthFirst(): string | null {
    const dates = [...this.#table.columns.keys()].filter((column) => /\.fecha/.test(column));
    const proof = dates.flatMap((column) => this.cells(column)).find((cell) => isMonthFirst(cell ?? null));
    return proof === undefined ? null : cellText(proof);
  }

  /** Whether the times of the modules come, student by student, to about those of the course, which are seconds. */
  agree(): boolean {
    const seconds = (written: Written | undefined): number =>
      written?.kind === 'time' ? written.seconds : written ? (plainOf(written) ?? 0) : 0;
    const ofCourse = this.written('alumno.tiempoConectividad');
    const sums = new Map<string, number>();
    for (const [index, written] of this.written('modulo.tiempoConectividad').entries()) {
      const row = this.#table.rows[index];
      const rut = row === undefined ? '' : cellText(cellAt(this.#table, row, 'alumno.rutAlumno'));
      sums.set(rut, (sums.get(rut) ?? 0) + seconds(written));
    }
    const longest = highest(ofCourse.map(seconds));
    return longest >= 300 && longest <= 20 * highest(sums.values());
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
