import { expect, test } from 'vitest';
import { torture } from '../bench/torture/torture.ts';

test('killed engine, killed Gestor, bad line: nothing lost, nothing twice, no 025 of our own making', async () => {
  const tally = await torture({ nights: 3, seed: 20261122, faultEvery: 3, killEvery: 10 });
  expect(tally.wrong).toEqual({
    ...{ twice: 0, repeatedInNight: 0, descents: 0, nights: 0, values: 0, ledger: 0, open: 0 },
  });
  expect(tally.killed.engine + tally.killed.gestor).toBeGreaterThan(0);
  expect(tally.uncertain).toBeGreaterThan(0);
  expect(tally.done).toBeGreaterThan(tally.nights);
}, 600_000);
