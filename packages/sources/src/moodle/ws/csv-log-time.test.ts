import { describe, expect, it } from 'vitest';
import { DayOrder, readLogTime, shapeOfDate } from './csv-log-time.ts';

const seconds = (text: string): number => Date.parse(text) / 1000;

describe('readLogTime', () => {
  it.each<[string, boolean, string, boolean]>([
    ['22/11/26, 23:09:52', false, '2026-11-22T23:09:52-03:00', true],
    ['22/11/2026 23:09', false, '2026-11-22T23:09:00-03:00', false],
    ['11/22/26, 23:09:52', true, '2026-11-22T23:09:52-03:00', true],
    ['22/11/26, 11:09:52 PM', false, '2026-11-22T23:09:52-03:00', true],
    ['22 November 2026, 11:09:52 PM', false, '2026-11-22T23:09:52-03:00', true],
    ['22 de noviembre de 2026, 23:09:52', false, '2026-11-22T23:09:52-03:00', true],
    ['22/06/26, 00:30:00', false, '2026-06-22T00:30:00-04:00', true],
    // The hour that April has twice, and the one that September lacks.
    ['04/04/26, 23:30:00', false, '2026-04-04T23:30:00-03:00', true],
    ['06/09/26, 00:30:00', false, '2026-09-06T01:30:00-03:00', true],
  ])('%s', (text, monthFirst, moment, hasSeconds) =>
    expect(readLogTime(text, monthFirst)).toEqual({ seconds: seconds(moment), hasSeconds }),
  );

  it.each(['', '-', '22 nov., 23:09', '31/02/26, 10:00:00', '22/11/26, 24:00:00', '22/13/26, 10:00:00'])(
    'null for %j',
    (text) => expect(readLogTime(text, false)).toBeNull(),
  );
});

it('knows that the month comes first when a row has a day above 12 in second place', () => {
  const order = new DayOrder();
  order.see('03/04/26, 10:00:00');
  expect(order.monthFirst).toBe(false);
  order.see('03/14/26, 10:00:00');
  expect(order.monthFirst).toBe(true);
});

it.each([
  ['newest first', ['11/2/2026 9:05', '11/1/2026 10:00', '10/12/2026 9:05'], true],
  ['oldest first', ['10/12/2026 9:05', '11/1/2026 10:00', '11/2/2026 9:05'], true],
  ['days of one month', ['10/7/2026 9:05', '10/6/2026 10:00', '10/5/2026 9:05', '10/5/2026 9:00'], true],
  ['days of one month, by days', ['7/10/2026 9:05', '6/10/2026 10:00', '5/10/2026 9:05'], false],
  ['in order by days', ['5/10/2026 9:05', '2/10/2026 10:00', '1/9/2026 9:05'], false],
  ['in order either way', ['5/10/2026 9:05', '5/10/2026 8:05'], false],
  ['in no order', ['1/10/2026 9:05', '3/2/2026 8:05', '2/11/2026 8:05'], false],
  ['with a day above 12', ['22/10/2026 9:05', '5/10/2026 8:05', '6/1/2026 8:05', '1/6/2026 8:05'], false],
])('a report without a day above 12 is read as it is in order: %s', (_, times, monthFirst) => {
  const order = new DayOrder();
  for (const time of times) order.see(time);
  expect(order.monthFirst).toBe(monthFirst);
});

it('morning and evening are one way of writing', () => {
  expect(shapeOfDate('05-10-2026 9:05 a. m.')).toBe(shapeOfDate('05-10-2026 9:25 p. m.'));
  expect(shapeOfDate('05-10-2026 9:05')).not.toBe(shapeOfDate('05/10/26 9:05'));
});
