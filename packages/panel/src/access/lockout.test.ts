import { expect, test } from 'vitest';
import { Lockout } from './lockout.ts';

function locked(free: number) {
  const time = { now: Date.parse('2026-11-22T22:30:00-03:00') };
  const lockout = new Lockout({ free, longest: 900 }, () => new Date(time.now));
  const pass = (seconds: number) => {
    time.now += seconds * 1000;
  };
  return { lockout, pass };
}

test('the first attempts are free, then each pause is twice the last, up to a quarter of an hour', () => {
  const { lockout, pass } = locked(3);
  const pauses: number[] = [];
  for (let count = 0; count < 3; count += 1) expect(lockout.attempt('ana')).toBe(0);
  for (let count = 0; count < 11; count += 1) {
    const wait = lockout.attempt('ana');
    pauses.push(wait);
    pass(wait - 1);
    expect(lockout.attempt('ana')).toBe(1);
    pass(1);
    expect(lockout.attempt('ana')).toBe(0);
  }
  expect(pauses).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
});

test('a success forgets, an hour of peace too; others are not touched', () => {
  const { lockout, pass } = locked(1);
  expect(lockout.attempt('ana')).toBe(0);
  expect(lockout.attempt('ana')).toBe(2);
  expect(lockout.attempt('eva')).toBe(0);
  pass(2);
  expect(lockout.attempt('ana')).toBe(0);
  lockout.succeeded('ana');
  expect(lockout.attempt('ana')).toBe(0);
  pass(3601);
  expect([lockout.attempt('ana'), lockout.attempt('ana')]).toEqual([0, 2]);
});

test('a clock that steps back locks nobody for good', () => {
  const { lockout, pass } = locked(1);
  lockout.attempt('ana');
  pass(-86_400);
  expect(lockout.attempt('ana')).toBe(0);
});
