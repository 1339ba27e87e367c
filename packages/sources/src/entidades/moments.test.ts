import { expect, it } from 'vitest';
import { readMoment } from './moments.ts';

it.each([
  ['2026-03-09 15:04:05', Date.UTC(2026, 2, 9, 15, 4, 5)],
  ['2024-02-29T00:00:00', Date.UTC(2024, 1, 29)],
  ['2026-12-31 23:59:59', Date.UTC(2026, 11, 31, 23, 59, 59)],
  ['2026-02-29 10:00:00', 'none'],
  ['2026-00-10 10:00:00', 'none'],
  ['2026-13-10 10:00:00', 'none'],
  ['2026-03-09 24:00:00', 'none'],
  ['2026-03-09 15:60:05', 'none'],
  ['2026-03-09 15:04:60', 'none'],
  ['2026-03-0x 15:04:05', 'none'],
  ['2026-03-09_15:04:05', 'none'],
])('%s in UTC is the same however UTC is written', (text, moment) => {
  for (const zone of ['Z', 'z', '+00', '+0000', '+00:00', ' UTC', '-00'])
    expect([zone, readMoment(text + zone, null)]).toEqual([zone, moment]);
  expect(readMoment(`${text}-03`, null)).toBe(typeof moment === 'number' ? moment + 10_800_000 : 'none');
});
