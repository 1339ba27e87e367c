import { expect, test } from 'vitest';
import { RateLimit } from './rate.ts';

test('each caller has its own count, and a new one every second', () => {
  let now = 5_000;
  const limit = new RateLimit(2, () => now);
  const ask = (caller: string): boolean => limit.admits(caller);
  expect([ask('a'), ask('a'), ask('a'), ask('b')]).toEqual([true, true, false, true]);
  now = 5_999;
  expect(ask('a')).toBe(false);
  now = 6_000;
  expect(ask('a')).toBe(true);
});
