import { kindsOf, scenarioOf } from './scenario.ts';
import { openSimulator } from './simulate.ts';

/**
 * Runs every so many-th seed and sends each report to who started it. argv: first seed, end, step; then, where only
 * seeds of some sort are wanted, the kinds of fault that all must be in it, and the API's version.
 */
const [first = 0, end = 0, step = 1] = process.argv.slice(2, 5).map(Number);
const kinds = (process.argv[5] ?? '').split(',').filter((kind) => kind !== '');
const version = process.argv[6];
const simulator = await openSimulator();
for (let seed = first; seed < end; seed += step) {
  if (!isWanted(seed)) continue;
  const report = await simulator.run(seed);
  // One at a time: whoever stops listening stops the rest.
  await new Promise<void>((resolve) => process.send?.(report, () => resolve()));
}
await simulator.close();
process.disconnect?.();

function isWanted(seed: number): boolean {
  if (kinds.length === 0 && version === undefined) return true;
  const scenario = scenarioOf(seed);
  const has = new Set<string>(kindsOf(scenario));
  return kinds.every((kind) => has.has(kind)) && [undefined, String(scenario.version)].includes(version);
}
