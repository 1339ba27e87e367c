import { type LocalTime, readDisplayDate, twentyFour } from './report-text.ts';
import { santiagoInstant } from './zone.ts';

/** Excel writes the dates with the sign of its country: in Chile a hyphen. */
const NUMERIC =
  /^(\d{1,2})([-/.])(\d{1,2})\2(\d{2}|\d{4}),?\s+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?\s?m\.?)?$/i;

/**
 * Whether dates like `03/04/26` begin with the month: some row of a file has a day above 12 there; or, where none has one
 * in either place, Moodle's report, which is by time, is in order only when they are read so; or the days of one month
 * would else be one day of many months.
 */
export class DayOrder {
  #monthAbove12 = false;
  #dayAbove12 = false;
  readonly #dayFirst = new Sorted();
  readonly #monthFirst = new Sorted();
  readonly #first = new Set<number>();
  readonly #second = new Set<number>();

  see(text: string): void {
    const day = readNumeric(text.trim(), false);
    const month = readNumeric(text.trim(), true);
    if (day === null || month === null) return;
    this.#monthAbove12 ||= day.month > 12;
    this.#dayAbove12 ||= month.month > 12;
    this.#first.add(day.day);
    this.#second.add(day.month);
    this.#dayFirst.see(minutesOf(day));
    this.#monthFirst.see(minutesOf(month));
  }

  get monthFirst(): boolean {
    if (this.#monthAbove12 || this.#dayAbove12) return this.#monthAbove12;
    if (this.#dayFirst.is !== this.#monthFirst.is) return this.#monthFirst.is;
    return this.#first.size === 1 && this.#second.size > 2;
  }
}

/** Whether figures only rise, or only fall. */
class Sorted {
  #last: number | null = null;
  #rises = false;
  #falls = false;

  see(figure: number): void {
    if (this.#last !== null) {
      this.#rises ||= figure > this.#last;
      this.#falls ||= figure < this.#last;
    }
    this.#last = figure;
  }

  get is(): boolean {
    return !(this.#rises && this.#falls);
  }
}

/** Orders moments of one zone; is none. */
function minutesOf({ year, month, day, hour, minute }: LocalTime): number {
  return (((year * 13 + month) * 32 + day) * 25 + hour) * 60 + minute;
}

/** `dd/dd/dddd dd:dd`: how a date is written, whatever it says; Moodle writes all of a file in one way. */
export function shapeOfDate(text: string): string {
  if (!NUMERIC.test(text.trim())) return 'other';
  return text
    .trim()
    .replace(/\d{1,2}(?=\D|$)/g, 'd')
    .replace(/\d+/g, 'dddd')
    .replace(/[ap](?=\.?\s?m)/i, 'x');
}

/**
 * The moment of a row, Unix seconds: `22/11/26, 23:09:52`, `22-11-2026 23:09`, `11/22/26, 23:09:52`, `22 November 2026, 11:09:52 PM`,
 * `22 de noviembre de 2026, 23:09:52`, on Santiago's clock. Null: unreadable, or without a year.
 */
export function readLogTime(
  text: string,
  monthFirst: boolean,
): { seconds: number; hasSeconds: boolean } | null {
  const local = readNumeric(text.trim(), monthFirst) ?? readDisplayDate(text);
  if (!local) return null;
  const hour = hourStart(local);
  if (hour === null) return null;
  return { seconds: hour + local.minute * 60 + local.second, hasSeconds: /:\d{2}:\d{2}/.test(text) };
}

function readNumeric(text: string, monthFirst: boolean): LocalTime | null {
  const match = NUMERIC.exec(text);
  if (!match) return null;
  const [, one, , two, year = '', hour, minute, second = '0', half] = match;
  return {
    year: Number(year.length === 2 ? `20${year}` : year),
    month: Number(monthFirst ? one : two),
    day: Number(monthFirst ? two : one),
    hour: twentyFour(Number(hour), half),
    minute: Number(minute),
    second: Number(second),
  };
}

const hours = new Map<string, number | null>();

/** Unix seconds of the beginning of an hour of Santiago; looking up a zone for each of a million rows is slow. */
function hourStart({ year, month, day, hour }: LocalTime): number | null {
  const key = `${year}-${month}-${day} ${hour}`;
  let start = hours.get(key);
  if (start === undefined) {
    start = startOf({ year, month, day, hour, minute: 0, second: 0 });
    hours.set(key, start);
  }
  return start;
}

/** Null for what is no day of the calendar. */
function startOf(local: LocalTime): number | null {
  const valid =
    local.month >= 1 && local.month <= 12 && local.hour <= 23 && local.day >= 1 && local.day <= daysIn(local);
  return valid ? santiagoInstant(local).getTime() / 1000 : null;
}

function daysIn({ year, month }: LocalTime): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
