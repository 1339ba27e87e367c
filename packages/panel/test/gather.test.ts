import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Gatherer, gatherer } from '../web/src/gather.ts';

let done: string[][];
let isLooked: boolean;
let looks: () => void;
let gathering: Gatherer<string>;
beforeEach(() => {
  vi.useFakeTimers();
  [done, isLooked] = [[], true];
  gathering = gatherer<string>((keys) => done.push([...keys].sort()), {
    isLooked: () => isLooked,
    onLook: (begins) => {
      looks = begins;
      return () => {
        looks = () => {};
      };
    },
  });
});
afterEach(() => {
  gathering.close();
  vi.useRealTimers();
});

test('one thing is done soon, and what comes with it goes along', () => {
  gathering.ask(['hoy']);
  gathering.ask(['envios', 'hoy']);
  expect(done).toEqual([]);
  vi.advanceTimersByTime(250);
  expect(done).toEqual([['envios', 'hoy']]);
  vi.advanceTimersByTime(60_000);
  expect(done).toHaveLength(1);
});

test('a night that tells ten things a second for a minute is asked for at most every two seconds, and at its end', () => {
  for (let at = 0; at < 600; at += 1) {
    gathering.ask([at === 599 ? 'last' : 'hoy']);
    vi.advanceTimersByTime(100);
  }
  vi.advanceTimersByTime(2_000);
  expect(done.length).toBeLessThanOrEqual(32);
  expect(done.length).toBeGreaterThan(25);
  expect(done.at(-1)).toContain('last');
});

test('while nobody looks nothing is asked for; once somebody does, all of it at once', () => {
  isLooked = false;
  gathering.ask(['hoy']);
  vi.advanceTimersByTime(60_000);
  gathering.ask(['envios']);
  vi.advanceTimersByTime(60_000);
  expect(done).toEqual([]);
  isLooked = true;
  looks();
  vi.advanceTimersByTime(250);
  expect(done).toEqual([['envios', 'hoy']]);
});

test('what is closed does nothing more', () => {
  gathering.ask(['hoy']);
  gathering.close();
  vi.advanceTimersByTime(60_000);
  looks();
  vi.advanceTimersByTime(60_000);
  expect(done).toEqual([]);
});
