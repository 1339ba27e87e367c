import type { Column } from '../column-names.ts';
import type { Doubt } from '../entry.ts';
import type { Table } from '../table-parts.ts';
import { answersTo, type ColumnAnswers, nameOf, WHERE, written as writtenDown } from './answers.ts';
import type { Declared } from './declared-units.ts';
import { highest, type Reader } from './reader.ts';
import { TIME_UNITS } from './scales.ts';
import type { Level, TableColumns } from './table-columns.ts';
import { timeReader } from './time.ts';
import { INCREDIBLE, SECONDS } from './time-unit.ts';
import { readWrittenTime, type Sign } from './written.ts';

const COURSE: Column = 'alumno.tiempoConectividad';
const MODULES: Column = 'modulo.tiempoConectividad';
/** How many times the time of its modules that of a course can be: not all of it is spent in them. */
const COURSE_AT_MOST = 50;
/** And how many times its own that of its modules, which is a part of it. */
const MODULES_AT_MOST = 10;
/** So many times the time of all the modules, which somebody has come far in, is that of the course in another unit. */
const SHORT_MODULES = 30;

/** How the columns of times of a table are read; `sign` is the decimal sign that is proven outside each of them. */
export function timeReaders(
  table: Table,
  columns: TableColumns,
  answers: ColumnAnswers,
  sign: Sign | null,
  { said, maybe }: Pick<Declared, 'said' | 'maybe'>,
): Map<Column, Reader> {
  const readers = new Map<Column, Reader>();
  const asked = new Set<string>();
  // A line about another time: of no course's, or of another column's.
  const longest = Math.max(columns.highest(COURSE), columns.highest(MODULES));
  const possible = maybe !== null && longest * SECONDS[maybe.unit] <= INCREDIBLE ? maybe : null;
  for (const level of ['alumno', 'modulo'] as const) {
    const header = table.columns.get(columnOf(level))?.header;
    if (header === undefined) continue;
    const [column, trusted] = [columnOf(level), level === 'modulo' && columns.agree()];
    const name = nameOf(column, header);
    const known = { answers, name, table: sign, trusted, asked, said: said.get(column), maybe: possible };
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
  const [inCourse, inModules] = [secondsIn(columns, COURSE, course), secondsIn(columns, MODULES, modules)];
  const longest = highest(inCourse);
  const sums = columns.sumByStudent(inModules);
  const sum = highest(sums);
  if (longest === 0 || sum === 0) return readers;
  const answered = [isAnswered(answers, COURSE, ofCourse), isAnswered(answers, MODULES, ofModules)];
  const doubt = contradiction(ofCourse, ofModules);
  if (answered[0] && longest > COURSE_AT_MOST * sum) readers.set(COURSE, held(course, doubt));
  if (answered.includes(true) && sum > MODULES_AT_MOST * longest)
    readers.set(MODULES, held(modules, doubt)).set(COURSE, held(course, doubt));
  const own = answersTo(answers, 'unidadTiempo', nameOf(MODULES, ofModules), TIME_UNITS);
  const settled = own.own !== undefined || own.any === 'segundos';
  if (!settled && areShort(columns.highestByStudent(inCourse), sums) && columns.isAdvanced('modulo'))
    readers.set(
      MODULES,
      held(modules, perhapsMinutes(ofCourse, ofModules, nameOf(MODULES, ofModules), answers)),
    );
  return readers;
}

/** Whether what each student spent in the modules is next to nothing of the time of the course. */
function areShort(courses: readonly number[], sums: readonly number[]): boolean {
  const pairs = sums.flatMap((sum, index) =>
    sum > 0 && (courses[index] ?? 0) > 0 ? [[courses[index] ?? 0, sum] as const] : [],
  );
  return pairs.length > 0 && pairs.every(([course, sum]) => course >= SHORT_MODULES * sum);
}

function perhapsMinutes(course: string, modules: string, name: string, answers: ColumnAnswers): Doubt {
  const noted = (unit: string): string => writtenDown(answers, { [name]: unit });
  return {
    message: `No se sabe si los tiempos de «${modules}» son segundos: los de «${course}» son más de ${SHORT_MODULES} veces los de sus módulos, como si estos estuvieran en minutos.`,
    fix: `Escríbalos como HH:MM:SS. O anote en qué están, una vez, ${WHERE}: ${noted('minutos')}, o ${noted('segundos')} si son segundos.`,
    asks: [{ clave: name, opciones: ['minutos', 'segundos', 'horas'] }],
  };
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
    const plain = readWrittenTime(cell).kind !== 'time' && typeof one.value === 'number' && one.value > 0;
    return plain && one.doubt === undefined ? { ...one, doubt } : one;
  };
}

function contradiction(course: string, modules: string): Doubt {
  return {
    message: `Con lo anotado en «columnas», los tiempos de «${course}» y los de «${modules}» no pueden ser del mismo curso: unos resultan muchas veces los otros.`,
    fix: `Revíselo ${WHERE}: puede faltar en qué está una de las dos columnas. Si este archivo sale de otro programa que los demás, póngalo en una fuente aparte, o escriba sus tiempos como HH:MM:SS.`,
  };
}
