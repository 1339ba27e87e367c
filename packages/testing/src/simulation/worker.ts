import { openSimulator } from './simulate.ts';

/** Runs every so many-th seed and sends each report to who started it. argv: first seed, end, step. */
const [first = 0, end = 0, step = 1] = process.argv.slice(2).map(Number);
const simulator = await openSimulator();
for (let seed = first; seed < end; seed += step) {
  const report = await simulator.run(seed);
  // One at a time: whoever stops listening stops the rest.
  await new Promise<void>((resolve) => process.send?.(report, () => resolve()));
}
await simulator.close();
process.disconnect?.();
