import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Clicks } from '../../rules/clicks.ts';
import { mergeClicks } from './merge.ts';

const clicksOf = (rows: readonly (readonly [time: number, place: number])[]): Clicks => {
  const clicks = new Clicks();
  for (const [index, [time, place]] of rows.entries()) clicks.add(time, index, place);
  return clicks;
};
const rowsOf = (clicks: Clicks): [number, number][] =>
  Array.from({ length: clicks.count }, (_, at) => [clicks.time(at), clicks.module(at)]);

const row = fc.tuple(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 0, max: 3 }));
const inOrder = fc.array(row, { maxLength: 30 }).map((rows) => [...rows].sort(([a], [b]) => a - b));

it('what was read again from any moment on gives what reading everything gives', () => {
  fc.assert(
    fc.property(
      inOrder,
      fc.integer({ min: 0, max: 21 }),
      fc.integer({ min: 0, max: 21 }),
      (all, until, since) => {
        // The first reading saw what was there until a moment; the second begins no later than that.
        const first = clicksOf(all.filter(([time]) => time < until));
        const second = clicksOf(all.filter(([time]) => time >= Math.min(since, until)));
        expect(rowsOf(mergeClicks(first, second))).toEqual(all);
      },
    ),
  );
});

it('late rows go where they belong, and deleted ones stay', () => {
  const known = clicksOf([
    [1, 1],
    [5, 1],
    [9, 2],
  ]);
  const fresh = clicksOf([
    [3, 7],
    [9, 4],
    [9, 2],
  ]);
  expect(rowsOf(mergeClicks(known, fresh))).toEqual([
    [1, 1],
    [3, 7],
    [5, 1],
    [9, 4],
    [9, 2],
  ]);
});

it('two of one second and place are two, and are not four when they are read again', () => {
  const both = clicksOf([
    [1, 1],
    [1, 1],
  ]);
  expect(mergeClicks(both, both).count).toBe(2);
  expect(mergeClicks(clicksOf([[1, 1]]), both).count).toBe(2);
  expect(mergeClicks(both, clicksOf([[1, 1]])).count).toBe(2);
});
