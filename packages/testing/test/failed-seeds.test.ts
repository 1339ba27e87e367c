import { test } from 'vitest';
import { FAILED_SEEDS } from '../src/simulation/failed-seeds.ts';
import { OPEN } from './broken.ts';
import { judge } from './judge.ts';

test('seeds that failed once do not fail again', async () => {
  const failed = FAILED_SEEDS.filter(({ invariant }) => !OPEN.includes(invariant));
  await judge(failed.map(({ seed }) => seed));
}, 600_000);
