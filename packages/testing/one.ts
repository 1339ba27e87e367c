import { openSimulator } from './src/simulation/simulate.ts';

process.on('unhandledRejection', (e) => console.log('UNHANDLED', e));
const sim = await openSimulator();
for (const seed of process.argv.slice(2)) {
  if (seed === 'v') continue;
  const report = await sim.run(Number(seed));
  console.log('==', seed, report.kinds.join(','), report.hits);
  for (const v of report.violations) console.log('  ', v.invariant, v.detail);
  if (process.argv.includes('v')) console.log(report.course.join('\n'));
}
await sim.close();
