import { test } from 'vitest';
import { PUT_BACK } from '../../../scripts/put-back/faults.ts';
import { NIGHTS } from './broken.ts';
import { judge } from './judge.ts';

test('seeds that find a fault which is put back find none as it stands', async () => {
  await judge(PUT_BACK.flatMap(({ seed = 0 }) => (seed > NIGHTS ? seed : [])));
}, 600_000);
