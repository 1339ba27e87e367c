import { Temporal } from '@js-temporal/polyfill';
import { SANTIAGO, santiagoDate } from '@puente-sic/protocol';

/** When to send each night, on Santiago's clock. [I p.16, p.45] */
export interface Ventana {
  /** `HH:MM`. */
  desde: string;
  /** `HH:MM`; not later than `desde` means the next day. */
  hasta: string;
}

export const VENTANA_OFICIAL: Ventana = { desde: '22:00', hasta: '00:00' };

/** One night's window. */
export interface Night {
  /** Santiago's date, `YYYY-MM-DD`: the `fechaEjecucion` of what is sent. */
  noche: string;
  start: Date;
  /** The first instant that is no longer inside. */
  end: Date;
}

/**
 * The window of one night. On Santiago's clock, not in hours: in April 23:00–24:00 happens twice and the window lasts
 * an hour longer; in September midnight does not exist and it ends at the instant when it would have been.
 */
export function nightOf(noche: string, ventana: Ventana): Night {
  const key = `${noche} ${ventana.desde} ${ventana.hasta}`;
  const known = KNOWN.get(key);
  if (known !== undefined) return known;
  if (KNOWN.size >= MAX_KNOWN) KNOWN.clear();
  const night = workOut(noche, ventana);
  KNOWN.set(key, night);
  return night;
}

/** A millisecond each to work out, and asked for several times a minute by every provider: the same few nights. */
const KNOWN = new Map<string, Night>();
const MAX_KNOWN = 1_000;

function workOut(noche: string, ventana: Ventana): Night {
  const day = Temporal.PlainDate.from(noche);
  const isSameDay = ventana.hasta > ventana.desde;
  return {
    noche,
    // An hour that happens twice: begin with the first one, end with the second; one that does not exist: after it.
    start: instant(day, ventana.desde, 'earlier'),
    end: instant(isSameDay ? day : day.add({ days: 1 }), ventana.hasta, 'later'),
  };
}

/** The night whose window began last: the one to ask about now, inside its window or after it. */
export function currentNight(now: Date, ventana: Ventana): Night {
  const today = santiagoDate(now);
  const tonight = nightOf(today, ventana);
  return now >= tonight.start ? tonight : nightOf(dayAfter(today, -1), ventana);
}

/** The night after. */
export function nextNight({ noche }: Pick<Night, 'noche'>, ventana: Ventana): Night {
  return nightOf(dayAfter(noche, 1), ventana);
}

function dayAfter(day: string, days: number): string {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  return new Date(midnight + days * DAY_MS).toISOString().slice(0, 10);
}
const DAY_MS = 86_400_000;

/**
 * The moment to report for a night: now, but never past the night's own day, so that a run that goes on after
 * midnight still reports the day that it was for.
 */
export function reportedMoment(noche: string, now: Date): Date {
  const { end } = nightOf(noche, WHOLE_DAY);
  return new Date(Math.min(now.getTime(), end.getTime() - 1));
}

const WHOLE_DAY: Ventana = { desde: '00:00', hasta: '00:00' };

function instant(day: Temporal.PlainDate, time: string, hour: 'earlier' | 'later'): Date {
  const local = day.toPlainDateTime(Temporal.PlainTime.from(time));
  // In a gap, Temporal's "earlier" would answer an instant before it, on the former day's clock.
  const isGap = !local.toZonedDateTime(SANTIAGO).toPlainDateTime().equals(local);
  const disambiguation = isGap ? 'compatible' : hour;
  return new Date(local.toZonedDateTime(SANTIAGO, { disambiguation }).epochMilliseconds);
}
