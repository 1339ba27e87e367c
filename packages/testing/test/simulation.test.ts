import { afterEach, beforeEach, expect, test } from 'vitest';
import { openSimulator, type Report, type Simulator } from '../src/index.ts';
import { brokenIn, NIGHTS, OPEN } from './broken.ts';

let simulator: Simulator;
beforeEach(async () => {
  simulator = await openSimulator();
});
afterEach(() => simulator.close());

test(`${NIGHTS} nights: whatever befalls, nothing is lost untold, doubled, or held up by another`, async () => {
  const reports: Report[] = [];
  for (let seed = 1; seed <= NIGHTS; seed++) reports.push(await simulator.run(seed));
  expect(brokenIn(reports).filter(({ invariant }) => !OPEN.includes(invariant))).toEqual([]);
}, 600_000);

test('a seed gives the same night again, whatever ran before it', async () => {
  const first = await simulator.run(7);
  await simulator.run(8);
  expect(await simulator.run(7)).toEqual(first);
  expect(first.course).not.toEqual([]);
});
