import { expect, test } from 'vitest';
import { type Invariant, KIND_NAMES, openSimulator, type Report, runSeeds } from '../src/index.ts';
import { FAILED_SEEDS } from '../src/simulation/failed-seeds.ts';

/** Invariants that the engine still breaks; whoever mends one takes it out here. */
const OPEN: readonly Invariant[] = [];

const broken = (reports: readonly Report[]) =>
  reports.flatMap(({ seed, violations }) =>
    violations.map(({ invariant, detail }) => ({ seed, invariant, detail })),
  );

test('300 nights: whatever befalls, nothing is lost untold, doubled, or held up by another', async () => {
  const reports = await runSeeds({ from: 1, count: SEEDS, jobs: 2 });
  const found = broken(reports);
  // `npm run test:simulation -- --seed N` shows all that happened in one.
  expect(found.filter(({ invariant }) => !OPEN.includes(invariant))).toEqual([]);
  const mended = OPEN.filter((invariant) => !found.some((one) => one.invariant === invariant));
  expect(mended, 'mended: take them out of OPEN').toEqual([]);
  expect(
    KIND_NAMES.filter((kind) => reports.every(({ hits }) => !hits[kind])),
    'faults that changed nothing in any seed',
  ).toEqual([]);
}, 600_000);

test('seeds that failed once do not fail again', async () => {
  const simulator = await openSimulator();
  try {
    for (const { seed, invariant } of FAILED_SEEDS) {
      const { violations } = await simulator.run(seed);
      if (OPEN.includes(invariant)) continue;
      expect(violations, `seed ${seed}`).toEqual([]);
    }
  } finally {
    await simulator.close();
  }
});

test('a seed gives the same night again, whatever ran before it', async () => {
  const simulator = await openSimulator();
  try {
    const first = await simulator.run(7);
    await simulator.run(8);
    expect(await simulator.run(7)).toEqual(first);
    expect(first.course).not.toEqual([]);
  } finally {
    await simulator.close();
  }
});

const SEEDS = 300;
