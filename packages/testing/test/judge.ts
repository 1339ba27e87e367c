import { expect } from 'vitest';
import { openSimulator } from '../src/index.ts';

/** Each of these nights, once, is as every night must be. */
export async function judge(seeds: readonly number[]): Promise<void> {
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
