import { isFecha } from './dates.ts';

/** The zone that every rule of the service goes by, also for Magallanes and Aysén. */
export const SANTIAGO = 'America/Santiago';

const HOUR_MS = 3_600_000;

const format = new Intl.DateTimeFormat('en-CA', {
  timeZone: SANTIAGO,
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** An instant on Santiago's clock, as the service writes it: `YYYY-MM-DD HH:MM:SS`. */
export function santiagoDateTime(instant: Date): string {
  const local = onSantiagosClock(instant);
  return `${day(local)} ${two(local.getUTCHours())}:${two(local.getUTCMinutes())}:${two(local.getUTCSeconds())}`;
}

/** The day of an instant in Santiago, `YYYY-MM-DD`: "once a day" goes by it. [I p.16] */
export function santiagoDate(instant: Date): string {
  return day(onSantiagosClock(instant));
}

/**
 * The instant that a date and time of Santiago's clock (`YYYY-MM-DD HH:MM:SS`, or a day alone: its midnight) names; of
 * an hour that happens twice the first. Null for what is no date of the calendar, as `0000-00-00 00:00:00`.
 */
export function readSantiago(text: string): Date | null {
  if (!isFecha(text)) return null;
  const local = Date.parse(`${text.length > 10 ? text.replace(' ', 'T') : `${text}T00:00:00`}Z`);
  // The offset before a change of clocks and the one after it; the earlier instant that shows this time is meant.
  const around = [local - 24 * HOUR_MS, local + 24 * HOUR_MS].map((at) => offsetAt(Math.floor(at / HOUR_MS)));
  const shown = around
    .map((offset) => local - offset)
    .filter((at) => onSantiagosClock(new Date(at)).getTime() === local);
  return new Date(Math.min(...(shown.length > 0 ? shown : around.map((offset) => local - offset))));
}

/** What stands in its UTC fields is Santiago's time. */
function onSantiagosClock(instant: Date): Date {
  return new Date(instant.getTime() + offsetAt(Math.floor(instant.getTime() / HOUR_MS)));
}

/**
 * Milliseconds from UTC by hours since 1970. A formatter takes as long for one instant as all the rest for fifty,
 * and a night asks for thousands; Chile has changed its clocks on the full hour of UTC only since 1947.
 */
const offsets = new Map<number, number>();

function offsetAt(hour: number): number {
  const known = offsets.get(hour);
  if (known !== undefined) return known;
  const parts = new Map(format.formatToParts(hour * HOUR_MS).map(({ type, value }) => [type, Number(value)]));
  const get = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) as number;
  const local = Date.UTC(
    get('year'),
    get('month') - 1,
    get('day'),
    get('hour'),
    get('minute'),
    get('second'),
  );
  offsets.set(hour, local - hour * HOUR_MS);
  return local - hour * HOUR_MS;
}

function day(local: Date): string {
  return `${local.getUTCFullYear()}-${two(local.getUTCMonth() + 1)}-${two(local.getUTCDate())}`;
}

function two(figure: number): string {
  return String(figure).padStart(2, '0');
}
