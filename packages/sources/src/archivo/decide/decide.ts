import type { Issue } from '@puente-sic/protocol';
import type { Column } from '../column-names.ts';
import { several, warning } from '../finding.ts';
import { tablePlace } from '../grid.ts';
import type { Table } from '../table-parts.ts';
import { readActividades, readCount, readEstado } from '../values.ts';
import { type ColumnAnswers, nameOf } from './answers.ts';
import { type Beside, DATES, oneSign, shortSigns, TIMES } from './beside.ts';
import { codeReader } from './codes.ts';
import { dateEvidence } from './date-evidence.ts';
import { dateReader } from './dates.ts';
import type { Declared } from './declared-units.ts';
import { gradeReader } from './grades.ts';
import { type AskedMarks, markQuestions, type Question } from './mark-questions.ts';
import { moduleReader } from './module-codes.ts';
import { progressReader } from './progress.ts';
import type { Reader } from './reader.ts';
import { type Level, TableColumns } from './table-columns.ts';
import { timeReaders } from './times.ts';

export interface Decided {
  readers: Map<Column, Reader>;
  /** Of optional columns that nobody can read yet: they are left out. */
  findings: Issue[];
  questions: Question[];
}

export interface Deciding {
  answers: ColumnAnswers;
  /** Per cent that equals a 4.0. */
  exigencia?: number;
}

const LEVELS: readonly Level[] = ['alumno', 'modulo'];
const MARKS: Record<Level, Column> = { alumno: 'alumno.evaluacionFinal', modulo: 'modulo.notaModulo' };
/** Of the same table as its times, and so of one country's signs. */
const OTHERS: Column[] = [
  ...LEVELS.map((level): Column => `${level}.porcentajeAvance`),
  ...Object.values(MARKS),
];

/** How each column of a table is read, by all of its cells and by what was answered of it before. */
export function decideColumns(table: Table, deciding: Deciding, declared: Declared, beside: Beside): Decided {
  const columns = new TableColumns(table);
  const own = columns.sign(TIMES) ?? columns.sign(OTHERS);
  const sign = oneSign([own, ...shortSigns(columns)]);
  const marks = markReaders(table, columns, deciding);
  const readers = new Map<Column, Reader>([
    ...progressReaders(table, columns, deciding.answers),
    ...timeReaders(table, columns, deciding.answers, sign ?? beside.sign, declared),
    ...marks.readers,
    ...dateReaders(table, columns, deciding.answers, beside),
    ...otherReaders(table, columns),
  ]);
  const findings = marks.questions.map((question) => asFinding(question, table));
  return { readers, findings, questions: marks.questions };
}

function progressReaders(table: Table, columns: TableColumns, answers: ColumnAnswers): [Column, Reader][] {
  const asked = new Set<string>();
  return LEVELS.flatMap((level): [Column, Reader][] => {
    const column: Column = `${level}.porcentajeAvance`;
    const header = table.columns.get(column)?.header;
    if (header === undefined) return [];
    return [
      [column, progressReader(header, columns.figures(column), answers, nameOf(column, header), asked)],
    ];
  });
}

function markReaders(
  table: Table,
  columns: TableColumns,
  { answers, exigencia }: Deciding,
): { readers: [Column, Reader][]; questions: Question[] } {
  const asked: AskedMarks[] = [];
  const readers = LEVELS.flatMap((level): [Column, Reader][] => {
    const header = table.columns.get(MARKS[level])?.header;
    if (header === undefined) return [];
    const elsewhere = columns.highest(MARKS[level === 'alumno' ? 'modulo' : 'alumno']);
    const name = nameOf(MARKS[level], header);
    const known = { answers, elsewhere, name, ...(exigencia !== undefined && { exigencia }) };
    const { read, ...marks } = gradeReader(header, columns.marks(MARKS[level], level), known);
    asked.push(marks);
    return [[MARKS[level], read]];
  });
  return { readers, questions: markQuestions(asked, answers) };
}

function dateReaders(
  table: Table,
  columns: TableColumns,
  answers: ColumnAnswers,
  beside: Beside,
): [Column, Reader][] {
  const own = [...table.columns].filter(([column]) => DATES.has(column));
  const evidence = dateEvidence(
    own.map(([column]) => columns.dates(column)),
    beside.dates,
  );
  return own.flatMap(([column, { header }], index): [Column, Reader][] => {
    const proven = evidence[index];
    return proven ? [[column, dateReader(header, proven, table.grid.date1904, answers)]] : [];
  });
}

function otherReaders(table: Table, columns: TableColumns): [Column, Reader][] {
  return [...table.columns].flatMap(([column, { header }]): [Column, Reader][] => {
    if (/\.estado$/.test(column)) return [[column, (cell, tell) => ({ value: readEstado(cell, tell) })]];
    if (/\.cantActividad/.test(column)) return [[column, (cell, tell) => ({ value: readCount(cell, tell) })]];
    if (column === 'modulo.codigoModulo') {
      const codes = codeReader(header, columns.cells(column));
      return [[column, table.grid.wide ? moduleReader(table.grid.wide, codes) : codes]];
    }
    if (column === 'modulo.listaActividades')
      return [[column, (cell, tell) => ({ value: readActividades(cell, tell) })]];
    return [];
  });
}

function asFinding({ headers, message, fix }: Question, { grid }: Table): Issue {
  const where = several(headers.map((header) => `columna ${header}`));
  return warning({
    message: `En ${tablePlace(grid)}: ${message}`,
    fix,
    place: `${tablePlace(grid)}, ${where}`,
  });
}
