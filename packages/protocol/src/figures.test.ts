import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fiveDecimals, readFigure, roundPercentage } from './figures.ts';

describe('readFigure', () => {
  it.each([
    [0, 0],
    [-0.5, -0.5],
    ['45', 45],
    ['13.5', 13.5],
    [' 7 ', 7],
    ['+7', 7],
    ['1e2', 100],
    ['.5', 0.5],
    ['5.', 5],
  ])('reads %j', (value, figure) => expect(readFigure(value)).toBe(figure));

  it.each([
    '',
    ' ',
    '13,5',
    '1.234.567',
    '45%',
    '0x10',
    '1e400',
    'NaN',
    'Infinity',
    '--1',
    '1 2',
    '\u00a07',
    '\0',
    '٣',
    true,
    null,
    undefined,
    [7],
    {},
    Number.NaN,
    Number.POSITIVE_INFINITY,
  ])('does not read %j', (value) => expect(readFigure(value)).toBeNull());

  it('reads every number back from its text', () => {
    fc.assert(
      fc.property(
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        (n) => readFigure(String(n)) === n + 0,
      ),
    );
  });
});

describe('roundPercentage', () => {
  it.each([
    [13.5, 14],
    [13.49, 13],
    [0.49999999999999994, 0],
    [99.5, 100],
    [0, 0],
    [100, 100],
  ])('%d → %i', (percentage, whole) => expect(roundPercentage(percentage)).toBe(whole));

  it('never moves by more than a half, and never goes down when the percentage goes up', () => {
    const percentage = fc.double({ min: 0, max: 100, noNaN: true });
    fc.assert(
      fc.property(percentage, percentage, (one, other) => {
        expect(Math.abs(roundPercentage(one) - one)).toBeLessThanOrEqual(0.5);
        expect(one <= other ? roundPercentage(one) <= roundPercentage(other) : true).toBe(true);
      }),
    );
  });
});

it('fiveDecimals writes as the service does', () => {
  expect([10, 13.5, 0, 100].map(fiveDecimals)).toEqual(['10.00000', '13.50000', '0.00000', '100.00000']);
});
