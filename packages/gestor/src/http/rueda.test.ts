import { expect, test } from 'vitest';
import { inTurns } from '../steps.ts';
import { Rueda } from './rueda.ts';

/** Steps that each use up their slice. */
function* long(steps: number, done: () => void): Generator<void, void> {
  for (let step = 0; step < steps; step++) {
    for (const end = performance.now() + 6; performance.now() < end; );
    done();
    yield;
  }
}

test('a provider with ten long calls gets no more of the loop than one with a single call, and others come in between', async () => {
  const rueda = new Rueda();
  const order: string[] = [];
  const many = Array.from({ length: 10 }, () =>
    inTurns(
      long(3, () => order.push('many')),
      rueda.turnOf(1),
    ),
  );
  const one = inTurns(
    long(3, () => order.push('one')),
    rueda.turnOf(2),
  ).then(() => order.push('one is done'));
  let others = 0;
  const tick = setInterval(() => {
    others += 1;
  }, 1);
  await one;
  expect(order.filter((name) => name === 'many').length).toBeLessThanOrEqual(4);
  await Promise.all(many);
  clearInterval(tick);
  expect(order.filter((name) => name === 'many')).toHaveLength(30);
  expect(others).toBeGreaterThan(15);
});
