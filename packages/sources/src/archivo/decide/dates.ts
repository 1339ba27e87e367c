import { isFecha, santiagoDateTime, withoutInvisible } from '@puente-sic/protocol';
import { type Cell, cellText } from '../grid.ts';
import { serialText } from '../xlsx/formats.ts';
import type { Read, Reader } from './reader.ts';

/** Serials of 2000-01-01 … 2099-12-31: a number in a date column that lost its format. */
const SERIALS = { first: 36_526, last: 73_050 };
/** Days between the two ways in which workbooks count. */
const LATER_1904 = 1462;

/** `10/25/2026`: a table with it writes the month first. */
export function isMonthFirst(cell: Cell): boolean {
  const parts = typeof cell === 'string' ? /^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}\b/.exec(clean(cell)) : null;
  return parts !== null && Number(parts[1]) <= 12 && Number(parts[2]) > 12 && Number(parts[2]) <= 31;
}

/**
 * A date as the service takes it: `YYYY-MM-DD` or with a time. Day-month-year with `-`, `/` or `.` is turned round
 * (told), never month-day-year: in a table that proves to write so (`monthFirst` is the proof) all are held back. A
 * two-digit year is not guessed. Instants with a zone become Santiago's.
 */
export function dateReader(header: string, monthFirst: string | null, date1904 = false): Reader {
  const first = date1904 ? SERIALS.first - LATER_1904 : SERIALS.first;
  return (cell, tell) => {
    if (typeof cell === 'object' && cell?.kind === 'date') return { value: cell.text };
    const serial = typeof cell === 'object' && cell?.kind === 'shown' ? cell.value : cell;
    if (typeof serial === 'number' && serial >= first && serial < SERIALS.last + 1) {
      const read = serialText(serial, date1904);
      tell('serials', String(serial), read);
      return { value: read };
    }
    if (typeof cell === 'number' || typeof cell === 'boolean') return { value: cell };
    const text = clean(cellText(cell));
    const instant = text.replace(' ', 'T');
    if (isFecha(text)) return { value: text };
    const zoned = /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)$/.test(text)
      ? new Date(instant)
      : null;
    if (zoned !== null && !Number.isNaN(zoned.getTime()))
      return { value: santiagoDateTime(zoned).replace(' 00:00:00', '') };
    return turned(text, header, monthFirst, (read) => tell('dates', text, read));
  };
}

function turned(text: string, header: string, monthFirst: string | null, tell: (read: string) => void): Read {
  const dayFirst = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[ T,]+(\d{1,2}:\d\d(?::\d\d)?)(?:\.0+)?)?$/.exec(
    text,
  );
  const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]+(\d{1,2}:\d\d(?::\d\d)?)(?:\.\d+)?)?$/.exec(
    text,
  );
  const [, one, , month, last, time] = dayFirst ?? yearFirst ?? [];
  if (one === undefined || month === undefined || last === undefined) return { value: text };
  if (dayFirst && monthFirst !== null)
    return {
      value: text,
      doubt: {
        message: `«${text}» puede ser día-mes-año o mes-día-año: hay fechas de la tabla, como «${monthFirst}», que llevan el mes delante.`,
        fix: `Escriba las fechas de la columna «${header}» como AAAA-MM-DD.`,
      },
    };
  const [year, day] = dayFirst ? [last, one] : [one, last];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const full = time === undefined ? date : `${date} ${fullTime(time)}`;
  if (!isFecha(full)) return { value: text };
  const read = full.replace(' 00:00:00', '');
  if (dayFirst) tell(read);
  return { value: read };
}

function clean(text: string): string {
  return withoutInvisible(text).trim();
}

function fullTime(time: string): string {
  return (time.length < 6 ? `${time}:00` : time).padStart(8, '0');
}
