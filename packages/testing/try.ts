import { openSimulator } from './src/simulation/simulate.ts';

const [from = '1', count = '10', flag] = process.argv.slice(2);
process.on('unhandledRejection', (e) => console.log('UNHANDLED', e));
const sim = await openSimulator();
const t0 = performance.now();
const by = new Map<string, number[]>();
const hits = new Map<string, number>();
for (let seed = Number(from); seed < Number(from) + Number(count); seed++) {
  const t = performance.now();
  const report = await sim.run(seed);
  for (const [k, n] of Object.entries(report.hits)) hits.set(k, (hits.get(k) ?? 0) + (n > 0 ? 1 : 0));
  if (flag) {
    console.log(seed, Math.round(performance.now() - t), report.kinds.join(','), report.violations);
    if (flag === 'v') console.log(report.course.join('\n'));
  }
  for (const v of new Set(report.violations.map((x) => x.invariant))) by.set(v, [...(by.get(v) ?? []), seed]);
}
console.log(
  'ms wall per seed',
  (performance.now() - t0) / Number(count),
  'cpu total s',
  (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
);
for (const [k, v] of by) console.log(k, v.length, v.slice(0, 12).join(' '));
console.log([...hits].map(([k, n]) => `${k}:${n}`).join(' '));
await sim.close();
