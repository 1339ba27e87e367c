import type { Column } from '../column-names.ts';
import type { Doubt } from '../entry.ts';
import type { Table } from '../table.ts';
import { answersTo, type ColumnAnswers, nameOf, TIME_UNITS, WHERE } from './answers.ts';
import type { Declared } from './declared-units.ts';
import { highest, type Reader } from './reader.ts';
import type { Level, TableColumns } from './table-columns.ts';
import { timeReader } from './time.ts';
import { readWritten, type Sign } from './written.ts';

const COURSE: Column = 'alumno.tiempoConectividad';
const MODULES: Column = 'modulo.tiempoConectividad';
/** How many times the time of its modules that of a course can be: not all of it is spent in them. */
const COURSE_AT_MOST = 50;
/** And how many times its own that of its modules, which is a part of it. */
const MODULES_AT_MOST = 10;

/** How the columns of times of a table are read; `others` is the decimal sign of its other columns. */
export function timeReaders(
  table: Table,
  columns: TableColumns,
  answers: ColumnAnswers,
  others: Sign | null,
  { said, maybe }: Pick<Declared, 'said' | 'maybe'>,
): Map<Column, Reader> {
  const sign = columns.sign([COURSE, MODULES]) ?? others;
  const readers = new Map<Column, Reader>();
  const asked = new Set<string>();
  for (const level of ['alumno', 'modulo'] as const) {
    const header = table.columns.get(columnOf(level))?.header;
    if (header === undefined) continue;
    const [column, trusted] = [columnOf(level), level === 'modulo' && columns.agree()];
    const name = nameOf(column, header);
    const known = { answers, name, table: sign, trusted, asked, said: said.get(column), maybe };
    readers.set(column, timeReader(header, columns.times(level), known));
  }
  return withoutContradiction(table, columns, answers, readers);
}

function columnOf(level: Level): Column {
  return level === 'alumno' ? COURSE : MODULES;
}

/** An answer that makes the time of the course another thing than that of its modules is for another table. */
function withoutContradiction(
  table: Table,
  columns: TableColumns,
  answers: ColumnAnswers,
  readers: Map<Column, Reader>,
): Map<Column, Reader> {
  const [course, modules] = [readers.get(COURSE), readers.get(MODULES)];
  const [ofCourse, ofModules] = [table.columns.get(COURSE)?.header, table.columns.get(MODULES)?.header];
  if (!course || !modules || ofCourse === undefined || ofModules === undefined) return readers;
  const longest = highest(secondsIn(columns, COURSE, course));
  const sum = highest(columns.sumByStudent(secondsIn(columns, MODULES, modules)));
  if (longest === 0 || sum === 0) return readers;
  const answered = [isAnswered(answers, COURSE, ofCourse), isAnswered(answers, MODULES, ofModules)];
  const doubt = contradiction(ofCourse, ofModules);
  if (answered[0] && longest > COURSE_AT_MOST * sum) readers.set(COURSE, held(course, doubt));
  if (answered.includes(true) && sum > MODULES_AT_MOST * longest)
    readers.set(MODULES, held(modules, doubt)).set(COURSE, held(course, doubt));
  return readers;
}

function secondsIn(columns: TableColumns, column: Column, read: Reader): number[] {
  return columns.cells(column).map((cell) => {
    const { value, doubt } =
      cell === undefined ? { value: 0 } : { doubt: undefined, ...read(cell, () => {}) };
    return typeof value === 'number' && doubt === undefined ? value : 0;
  });
}

function isAnswered(answers: ColumnAnswers, column: Column, header: string): boolean {
  const { own, any } = answersTo(answers, 'unidadTiempo', nameOf(column, header), TIME_UNITS);
  return own !== undefined || any !== undefined;
}

/** With every plain number in doubt; clocks are what they are. */
function held(read: Reader, doubt: Doubt): Reader {
  return (cell, tell) => {
    const one = read(cell, tell);
    const plain = readWritten(cell).kind !== 'time' && typeof one.value === 'number' && one.value > 0;
    return plain && one.doubt === undefined ? { ...one, doubt } : one;
  };
}

function contradiction(course: string, modules: string): Doubt {
  return {
    message: `Con lo anotado en «columnas», los tiempos de «${course}» y los de «${modules}» no pueden ser del mismo curso: unos resultan muchas veces los otros.`,
    fix: `Revíselo ${WHERE}: puede faltar en qué está una de las dos columnas. Si este archivo sale de otro programa que los demás, póngalo en una fuente aparte, o escriba sus tiempos como HH:MM:SS.`,
  };
}
