import { Temporal } from '@js-temporal/polyfill';
import { isFecha, santiagoDate } from '@puente-sic/protocol';

/** A clock that date-times without a zone are on: a zone's name, or a fixed `-03:00`. */
export class Clock {
  readonly zone: string;
  /** Epoch seconds by wall-clock hour: asking for a zone's rules two million times is slow. */
  readonly #hours = new Map<string, number | null>();

  /** @throws RangeError where there is no such zone. */
  constructor(zone: string) {
    this.zone = zone;
    this.#exact(Temporal.PlainDateTime.from('2026-01-01T00:00'));
  }

  /** Epoch milliseconds of a wall-clock time; of an hour that comes twice, the first. */
  instant(day: string, hour: number, minute: number, ms: number): number {
    const key = `${day} ${hour}`;
    let start = this.#hours.get(key);
    if (start === undefined) {
      const at = Temporal.PlainDateTime.from(`${day}T${String(hour).padStart(2, '0')}:00`);
      const next = this.#exact(at.add({ hours: 1 }));
      start = this.#exact(at);
      // The clock changes within this hour, or beside it.
      if (next - start !== 3_600_000) start = null;
      this.#hours.set(key, start);
    }
    if (start !== null) return start + minute * 60_000 + ms;
    const at = Temporal.PlainDateTime.from(`${day}T${String(hour).padStart(2, '0')}:00`);
    return this.#exact(at.add({ minutes: minute, milliseconds: ms }));
  }

  #exact(local: Temporal.PlainDateTime): number {
    return local.toZonedDateTime(this.zone, { disambiguation: 'compatible' }).epochMilliseconds;
  }
}

/** What a date-time is: a moment, or why it is none. */
export type Moment = number | 'none' | 'naive';

const DATE_TIME =
  /^(?:(\d{4})[-/](\d{1,2})[-/](\d{1,2})|(\d{1,2})[-/](\d{1,2})[-/](\d{4}))(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?\s*(Z|UTC|[+-]\d{2}(?::?\d{2})?)?$/i;
/** Years 2000 to 2100: what seconds and milliseconds since 1970 can mean here, with no number meaning both. */
const [FIRST, LAST] = [946_684_800, 4_102_444_800];

/**
 * Epoch milliseconds of a moment as LMSs write it: seconds or milliseconds since 1970, an ISO date-time with its zone
 * or, where there is a clock, without. `naive`: it needs one. Day before month where a bar says so.
 */
export function readMoment(value: unknown, clock: Clock | null): Moment {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? 'none' : value.getTime();
  if (typeof value === 'bigint' || typeof value === 'number') return sinceEpoch(Number(value));
  if (typeof value !== 'string') return 'none';
  const usual = usualMoment(value);
  if (usual !== null) return usual;
  const text = value.trim();
  if (/^\d+(\.\d+)?$/.test(text)) return sinceEpoch(Number(text));
  const parts = partsOf(text);
  if (parts === null) return 'none';
  const { day, hour, minute, ms, zone } = parts;
  if (zone !== undefined) return startOf(day) + hour * 3_600_000 + minute * 60_000 + ms - offsetOf(zone);
  return clock === null ? 'naive' : clock.instant(day, hour, minute, ms);
}

/**
 * A day, `YYYY-MM-DD`: one that is written as such, or that of a moment in Santiago. A midnight without a zone is how
 * databases write a day. Null: none; `naive`: it needs a clock.
 */
export function readDay(value: unknown, clock: Clock | null): string | null | 'naive' {
  if (typeof value === 'string') {
    const parts = partsOf(value.trim());
    if (parts && parts.zone === undefined && parts.hour === 0 && parts.minute === 0 && parts.ms === 0)
      return parts.day;
  }
  const moment = readMoment(value, clock);
  if (moment === 'naive') return 'naive';
  return moment === 'none' ? null : santiagoDate(new Date(moment));
}

/** `2026-03-09 15:04:05+00` and `2026-03-09T15:04:05Z`, as databases and programs write most; null: something else. */
function usualMoment(text: string): number | null {
  const zone = text.charCodeAt(19);
  const isUtc = (text.length === 20 && zone === Z) || (text.length === 22 && text.endsWith('+00'));
  if (!isUtc || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH) return null;
  if (text.charCodeAt(13) !== COLON || text.charCodeAt(16) !== COLON) return null;
  const between = text.charCodeAt(10);
  if (between !== SPACE && between !== T) return null;
  const day = twoAt(text, 0) * 1_000_000 + twoAt(text, 2) * 10_000 + twoAt(text, 5) * 100 + twoAt(text, 8);
  const [hour, minute, second] = [twoAt(text, 11), twoAt(text, 14), twoAt(text, 17)];
  if (!(hour < 24 && minute < 60 && second < 60)) return null;
  let start = USUAL_STARTS.get(day);
  if (start === undefined) {
    start = startOf(text.slice(0, 10));
    if (!Number.isNaN(start) && USUAL_STARTS.size < MOST_DAYS) USUAL_STARTS.set(day, start);
  }
  return Number.isNaN(start) ? null : start + (hour * 3600 + minute * 60 + second) * 1000;
}

const [Z, T, SPACE, DASH, COLON] = [0x5a, 0x54, 0x20, 0x2d, 0x3a];
/** {@link startOf} by the day as a number, `20260309`. */
const USUAL_STARTS = new Map<number, number>();

/** The number that two digits write; NaN: they are not digits. */
function twoAt(text: string, at: number): number {
  const tens = text.charCodeAt(at) - 48;
  const units = text.charCodeAt(at + 1) - 48;
  return tens >= 0 && tens < 10 && units >= 0 && units < 10 ? tens * 10 + units : Number.NaN;
}

interface Parts {
  day: string;
  hour: number;
  minute: number;
  /** Of the minute. */
  ms: number;
  zone: string | undefined;
}

function partsOf(text: string): Parts | null {
  const match = DATE_TIME.exec(text);
  if (!match) return null;
  const [, y1, m1, d1, d2, m2, y2, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const day = `${y1 ?? y2}-${(m1 ?? m2 ?? '').padStart(2, '0')}-${(d1 ?? d2 ?? '').padStart(2, '0')}`;
  if (Number.isNaN(startOf(day)) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59)
    return null;
  const ms = Number(second) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
  return { day, hour: Number(hour), minute: Number(minute), ms, zone };
}

/** Midnight of a day in UTC, epoch milliseconds; NaN: there is no such day. A site's millions of moments are of few days. */
function startOf(day: string): number {
  const known = STARTS.get(day);
  if (known !== undefined) return known;
  const start = isFecha(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (STARTS.size < MOST_DAYS) STARTS.set(day, start);
  return start;
}

const STARTS = new Map<string, number>();
const MOST_DAYS = 5_000;

function offsetOf(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone);
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -minutes : minutes) * 60_000;
}

function sinceEpoch(value: number): Moment {
  if (value >= FIRST && value < LAST) return value * 1000;
  return value >= FIRST * 1000 && value < LAST * 1000 ? value : 'none';
}
