import { dayOf, isFecha, santiagoDateTime, withoutInvisible } from '@puente-sic/protocol';
import type { Doubt } from '../entry.ts';
import { type Cell, cellText } from '../grid.ts';
import { type ColumnAnswers, WHERE, written } from './answers.ts';
import { type DateEvidence, provenOrder, readDate, serialOf, type WrittenDate } from './date-evidence.ts';
import { dateInWords } from './month-words.ts';
import type { Read, Reader, Tell } from './reader.ts';

/**
 * A date as the service takes it: `YYYY-MM-DD` or with a time. Day-month-year with `-`, `/` or `.` is turned round,
 * which is told where nothing proves it, never month-day-year: in a table that proves to write so what can be both is
 * held back, as are dates that a spreadsheet may have turned. What was answered is heeded where nothing proves the contrary. A two-digit year is not guessed, and a program's
 * zero date (`1970-01-01`) is none. A month in words (`05-oct-2026`) says itself which part it is. Instants with a zone
 * become Santiago's, which is told where that is another day; midnight of a zone is the day that it names, also told.
 */
export function dateReader(
  header: string,
  evidence: DateEvidence,
  date1904 = false,
  answers: ColumnAnswers = {},
): Reader {
  return (cell, tell) => {
    const read = readOne(cell, { header, evidence, date1904, answers }, tell);
    if (typeof cell === 'object' && cell?.kind === 'date' && cell.dayless && / *-01$/.test(cell.text))
      return { value: cell.text, doubt: daylessDoubt(cell.text, header) };
    return isZeroDate(read.value) ? { value: read.value, doubt: zeroDoubt(cellText(cell), header) } : read;
  };
}

/** `oct-26` typed alone: the spreadsheet makes it the first of October. */
function daylessDoubt(text: string, header: string): Doubt {
  return {
    message: `La hoja muestra solo el mes (${text.slice(0, 7)}), y la celda vale el día 1, que el programa pone cuando se escribe un mes sin día.`,
    fix: `Escriba la fecha completa en la columna «${header}», como AAAA-MM-DD; si es el día 1, dé a la columna un formato que lo muestre.`,
  };
}

/** What programs write where there is no date: the day from which they count. */
function isZeroDate(value: unknown): boolean {
  if (!isFecha(value)) return false;
  const day = dayOf(value);
  return day <= '1904-01-01' || ['1969-12-31', '1970-01-01', '1980-01-01'].includes(day);
}

function zeroDoubt(text: string, header: string): Doubt {
  return {
    message: `«${text}» es lo que un programa escribe donde no hay fecha.`,
    fix: `Escriba la fecha que corresponde en la columna «${header}», como AAAA-MM-DD.`,
  };
}

interface DateColumn {
  header: string;
  evidence: DateEvidence;
  date1904: boolean;
  answers: ColumnAnswers;
}

function readOne(cell: Cell, column: DateColumn, tell: Tell): Read {
  const { evidence, date1904 } = column;
  const date = readDate(cell, date1904);
  if (date?.kind === 'parts') return ofParts(date, column, tell);
  if (date === null) return ofText(cell, tell);
  if (evidence.turned !== null && swappedDay(date.text) !== null)
    return { value: date.text, doubt: turnedDoubt(date.text, evidence.turned) };
  const serial = serialOf(cell, date1904);
  if (serial !== null) tell('serials', String(serial), date.text);
  return { value: date.text };
}

/** What is neither a day's parts nor as the service takes it. */
function ofText(cell: Cell, tell: Tell): Read {
  if (typeof cell === 'number' || typeof cell === 'boolean') return { value: cell };
  const text = withoutInvisible(cellText(cell)).trim();
  const zoned = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.test(text)
    ? new Date(text.replace(' ', 'T'))
    : null;
  if (zoned !== null && !Number.isNaN(zoned.getTime())) return { value: ofInstant(text, zoned, tell) };
  const inWords = dateInWords(text);
  if (inWords !== null)
    return { value: joined(inWords.year, inWords.month, inWords.day, inWords.time) ?? text };
  const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]+(\d{1,2}:\d\d(?::\d\d)?)(?:\.\d+)?)?$/.exec(
    text,
  );
  const [, year = '', , month = '', day = '', time] = yearFirst ?? [];
  return { value: yearFirst ? (joined(year, month, day, time) ?? text) : text };
}

/** Midnight of any zone is how programs write a day without a time: turned into Santiago's it would be the day before. */
function ofInstant(text: string, instant: Date, tell: Tell): string {
  const santiago = santiagoDateTime(instant).replace(' 00:00:00', '');
  const day = text.slice(0, 10);
  const midnight = isFecha(day) && /^.{10}[T ]00:00(?::00)?(?:\.0+)?(?:Z|[+-])/.test(text);
  if (midnight && santiago !== day) {
    tell('midnights', text, day);
    return day;
  }
  if (santiago.slice(0, 10) !== day) tell('zones', text, santiago);
  return santiago;
}

function ofParts(
  date: Extract<WrittenDate, { kind: 'parts' }>,
  { header, evidence: { monthFirst, dayFirst, turned }, answers }: DateColumn,
  tell: Tell,
): Read {
  const { one, two, year, time, text, sign } = date;
  if (answers.ordenFechas === 'mes-dia' && !dayFirst.has(sign))
    return { value: joined(year, String(one), String(two), time) ?? text };
  const read = joined(year, String(two), String(one), time);
  const order = provenOrder(date);
  if (order === 'month' && monthFirst !== null)
    return {
      value: text,
      doubt: { message: `«${text}» lleva el mes delante del día.`, ...asMonthFirst(header, answers) },
    };
  if (read === null) return { value: text };
  if (order === null && one !== two) {
    if (monthFirst !== null)
      return { value: text, doubt: monthDoubt(text, monthFirst, asMonthFirst(header, answers)) };
    if (turned !== null) return { value: text, doubt: turnedDoubt(read, turned, text) };
    if (!dayFirst.has(sign) && answers.ordenFechas !== 'dia-mes') tell('dates', text, read);
  }
  return { value: read };
}

/** Null: no day of any calendar. */
function joined(year: string, month: string, day: string, time: string | undefined): string | null {
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const full =
    time === undefined ? date : `${date} ${(time.length < 6 ? `${time}:00` : time).padStart(8, '0')}`;
  return isFecha(full) ? full.replace(' 00:00:00', '') : null;
}

/** The day that it is with its month and its day changed about; null: there is no other. */
function swappedDay(text: string): string | null {
  const [year = '', month = '', day = ''] = text.slice(0, 10).split('-');
  return month === day ? null : joined(year, day, month, undefined);
}

function asYearFirst(header: string): string {
  return `Escriba las fechas de la columna «${header}» como AAAA-MM-DD.`;
}

function asMonthFirst(header: string, answers: ColumnAnswers): Pick<Doubt, 'fix' | 'asks'> {
  const fix = `${asYearFirst(header)} Si en sus archivos todas llevan el mes delante, anótelo una vez ${WHERE}: ${written(answers, { ordenFechas: 'mes-dia' })}.`;
  return { fix, asks: [{ clave: 'ordenFechas', opciones: ['mes-dia', 'dia-mes'] }] };
}

function monthDoubt(text: string, proof: string, way: Pick<Doubt, 'fix' | 'asks'>): Doubt {
  return {
    message: `«${text}» puede ser día-mes-año o mes-día-año: hay fechas del archivo, como «${proof}», que llevan el mes delante.`,
    ...way,
  };
}

function turnedDoubt(read: string, beside: string, text = read): Doubt {
  return {
    message: `«${text}» puede ser ${read.slice(0, 10)} o ${swappedDay(read)}: en la tabla hay fechas de la hoja de cálculo y otras que quedaron como texto («${beside}»), y eso pasa cuando el programa lee el mes antes que el día.`,
    fix: `Revise esta fecha y escriba de nuevo las de la tabla como AAAA-MM-DD, también las que son como «${beside}».`,
  };
}
