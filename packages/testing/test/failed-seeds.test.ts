import { expect, test } from 'vitest';
import { PUT_BACK } from '../../../scripts/put-back/faults.ts';
import { openSimulator } from '../src/index.ts';
import { FAILED_SEEDS } from '../src/simulation/failed-seeds.ts';
import { NIGHTS, OPEN } from './broken.ts';

test('seeds that failed once do not fail again', async () => {
  const failed = FAILED_SEEDS.filter(({ invariant }) => !OPEN.includes(invariant));
  await judge(failed.map(({ seed }) => seed));
}, 600_000);

test('seeds that find a fault which is put back find none as it stands', async () => {
  await judge(PUT_BACK.flatMap(({ seed = 0 }) => (seed > NIGHTS ? seed : [])));
}, 600_000);

async function judge(seeds: readonly number[]): Promise<void> {
  expect(seeds.length).toBeGreaterThan(0);
  const simulator = await openSimulator();
  try {
    for (const seed of new Set(seeds)) {
      const { violations } = await simulator.run(seed);
      expect(violations, `seed ${seed}`).toEqual([]);
    }
  } finally {
    await simulator.close();
  }
}
