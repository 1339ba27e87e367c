import { describe, expect, it } from 'vitest';
import { santiagoDate, santiagoDateTime } from './santiago.ts';

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
});

it('santiagoDate is the day there, not in UTC', () => {
  expect(santiagoDate(new Date('2026-08-31T23:59:00-04:00'))).toBe('2026-08-31');
});
