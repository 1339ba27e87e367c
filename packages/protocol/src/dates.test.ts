import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, isFecha } from './dates.ts';

const two = (figure: number): string => String(figure).padStart(2, '0');

describe('isFecha', () => {
  it('knows the real calendar', () => {
    const parts = fc.tuple(fc.integer({ min: 1900, max: 2400 }), fc.nat(13), fc.nat(32));
    fc.assert(
      fc.property(parts, ([year, month, day]) => {
        const text = `${year}-${two(month)}-${two(day)}`;
        const date = new Date(`${text}T00:00:00Z`);
        const real = !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
        expect(isFecha(text)).toBe(real);
      }),
    );
  });

  it('knows the times of a day', () => {
    fc.assert(
      fc.property(fc.nat(99), fc.nat(99), fc.nat(99), (hour, minute, second) => {
        const text = `2026-08-31 ${two(hour)}:${two(minute)}:${two(second)}`;
        expect(isFecha(text)).toBe(hour < 24 && minute < 60 && second < 60);
      }),
    );
  });

  it.each([
    '',
    '2026-8-31',
    '31-08-2026',
    '2026/08/31',
    '2026-08-31T10:00:00',
    '2026-08-31 10:00',
    '2026-08-31 ',
    ' 2026-08-31',
    '2026-08-31\n',
    '2026-08-31 10:00:00Z',
    '0000-01-01',
    20260831,
    null,
    undefined,
    new Date(0),
  ])('refuses %j', (value) => expect(isFecha(value)).toBe(false));
});

it('dayOf is the date without its time', () => {
  expect(dayOf('2026-08-31 23:59:59')).toBe('2026-08-31');
});
