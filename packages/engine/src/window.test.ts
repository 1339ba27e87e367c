import { Temporal } from '@js-temporal/polyfill';
import { SANTIAGO, santiagoDate } from '@puente-sic/protocol';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { currentNight, nextNight, nightOf, reportedMoment, VENTANA_OFICIAL } from './window.ts';

const HOUR = 3_600_000;
const hours = (noche: string, ventana = VENTANA_OFICIAL) => {
  const { start, end } = nightOf(noche, ventana);
  return (end.getTime() - start.getTime()) / HOUR;
};

test('an ordinary night: 22:00 to 00:00 in Santiago', () => {
  const { start, end } = nightOf('2026-11-22', VENTANA_OFICIAL);
  expect(start.toISOString()).toBe('2026-11-23T01:00:00.000Z');
  expect(end.toISOString()).toBe('2026-11-23T03:00:00.000Z');
});

test('April: 23:00–24:00 happens twice, the window lasts three hours', () => {
  expect(hours('2026-04-04')).toBe(3);
  expect(hours('2026-04-04', { desde: '23:30', hasta: '23:45' })).toBe(1.25);
});

test('September: midnight does not exist, the window still lasts its two hours', () => {
  const { end } = nightOf('2026-09-05', VENTANA_OFICIAL);
  expect(hours('2026-09-05')).toBe(2);
  expect(end.toISOString()).toBe('2026-09-06T04:00:00.000Z');
  expect(hours('2026-09-05', { desde: '23:00', hasta: '00:30' })).toBe(1.5);
});

test('the moment reported never leaves the night’s day', () => {
  const after = new Date('2026-11-23T00:20:00-03:00');
  expect(santiagoDate(reportedMoment('2026-11-22', after))).toBe('2026-11-22');
  const before = new Date('2026-11-22T23:20:00-03:00');
  expect(reportedMoment('2026-11-22', before)).toEqual(before);
  expect(santiagoDate(reportedMoment('2026-09-05', new Date('2026-09-06T08:00:00Z')))).toBe('2026-09-05');
});

// The zone's rules differ from year to year until 2023, and are one rule since: the years after these are like them.
test('ten years of nights: each day has one window, they never touch, every instant finds its own', () => {
  let day = Temporal.PlainDate.from('2020-01-01');
  let former = nightOf(day.toString(), VENTANA_OFICIAL);
  const odd: Record<string, number> = {};
  for (let count = 0; count < 10 * 365.25; count += 1) {
    day = day.add({ days: 1 });
    const night = nightOf(day.toString(), VENTANA_OFICIAL);
    if (santiagoDate(night.start) !== night.noche) throw new Error(`${night.noche} begins on another day`);
    if (santiagoDate(new Date(night.end.getTime() - 1)) !== night.noche)
      throw new Error(`${night.noche} ends on another day`);
    if (night.start <= former.end) throw new Error(`${night.noche} begins before ${former.noche} is over`);
    if (nextNight(former, VENTANA_OFICIAL).start.getTime() !== night.start.getTime())
      throw new Error(night.noche);
    const long = (night.end.getTime() - night.start.getTime()) / HOUR;
    if (long !== 2) odd[night.noche.slice(5, 7)] = long;
    former = night;
  }
  // Only April's change makes a window longer; none is ever shorter.
  expect(odd).toEqual({ '04': 3 });
});

test('any instant belongs to the window that began last', () => {
  const time = fc
    .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
    .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2070-01-01'), noInvalidDate: true }),
      fc.record({ desde: time, hasta: time }),
      (now, ventana) => {
        const night = currentNight(now, ventana);
        const next = nextNight(night, ventana);
        expect(night.start <= now && now < next.start).toBe(true);
        expect(night.start < night.end).toBe(true);
        const zoned = Temporal.Instant.fromEpochMilliseconds(night.start.getTime()).toZonedDateTimeISO(
          SANTIAGO,
        );
        expect(zoned.toPlainDate().toString()).toBe(night.noche);
      },
    ),
  );
});
