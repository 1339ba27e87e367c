import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSantiago, SANTIAGO, santiagoDate, santiagoDateTime } from './santiago.ts';

describe('santiagoDateTime', () => {
  it.each([
    ['2026-07-01T02:30:00Z', '2026-06-30 22:30:00'],
    ['2026-12-01T02:30:00Z', '2026-11-30 23:30:00'],
    ['2026-01-01T03:00:00Z', '2026-01-01 00:00:00'],
    // In April 23:00–24:00 happens twice.
    ['2026-04-05T02:30:00Z', '2026-04-04 23:30:00'],
    ['2026-04-05T03:30:00Z', '2026-04-04 23:30:00'],
    ['2026-04-05T04:00:00Z', '2026-04-05 00:00:00'],
    // In September 00:00–00:59 does not exist.
    ['2026-09-06T03:59:59Z', '2026-09-05 23:59:59'],
    ['2026-09-06T04:00:00Z', '2026-09-06 01:00:00'],
  ])('%s is %s', (instant, local) => expect(santiagoDateTime(new Date(instant))).toBe(local));

  const formatter = new Intl.DateTimeFormat('sv-SE', {
    timeZone: SANTIAGO,
    dateStyle: 'short',
    timeStyle: 'medium',
  });

  it('is what a formatter says, at any moment', () => {
    const instants = fc.date({
      min: new Date('1950-01-01'),
      max: new Date('2200-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => {
        expect(santiagoDateTime(instant)).toBe(formatter.format(instant));
      }),
      { numRuns: 1_000 },
    );
  });

  it('also on both sides of every full hour of two years, one with its own days of change', () => {
    for (let hour = Date.UTC(2022, 0); hour < Date.UTC(2024, 0); hour += 3_600_000)
      for (const instant of [new Date(hour - 1), new Date(hour)])
        if (santiagoDateTime(instant) !== formatter.format(instant))
          expect.fail(`${instant.toISOString()} is not ${santiagoDateTime(instant)}`);
  });

  it('says nothing of no moment', () => {
    expect(() => santiagoDateTime(new Date(Number.NaN))).toThrow(RangeError);
  });
});

it('santiagoDate is the day there, not in UTC', () => {
  expect(santiagoDate(new Date('2026-08-31T23:59:00-04:00'))).toBe('2026-08-31');
});

describe('readSantiago', () => {
  it.each([
    ['2026-06-30 22:30:00', '2026-07-01T02:30:00.000Z'],
    ['2026-12-01', '2026-12-01T03:00:00.000Z'],
    // Twice in April: the first.
    ['2026-04-04 23:30:00', '2026-04-05T02:30:00.000Z'],
    // Not at all in September: around the change.
    ['2026-09-06 01:00:00', '2026-09-06T04:00:00.000Z'],
  ])('%s is %s', (local, instant) => expect(readSantiago(local)?.toISOString()).toBe(instant));

  it.each(['0000-00-00 00:00:00', '0000-00-00', '2026-02-30', '2026-11-22T10:00:00Z', 'ayer', ''])(
    '«%s» is none',
    (text) => expect(readSantiago(text)).toBeNull(),
  );

  it('reads back what was written, at any moment that has a time of its own', () => {
    const instants = fc.date({
      min: new Date('1950-01-01'),
      max: new Date('2200-01-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => {
        const written = santiagoDateTime(instant);
        expect(santiagoDateTime(readSantiago(written) ?? new Date(0))).toBe(written);
      }),
    );
  });
});
