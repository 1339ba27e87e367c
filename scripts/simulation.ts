import { parseArgs } from 'node:util';
import { KIND_NAMES, openSimulator, type Report, runSeeds } from '@puente-sic/testing';

/** `npm run test:simulation -- --seeds 10000`, or `-- --seed 38` for one seed and all that happened in it. */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '300' },
    from: { type: 'string', default: '1' },
    jobs: { type: 'string', default: '2' },
    seed: { type: 'string' },
  },
});

if (values.seed === undefined) await many();
else await single(Number(values.seed));

async function many(): Promise<void> {
  const [from, count, jobs] = [values.from, values.seeds, values.jobs].map(Number);
  const begun = Date.now();
  const reports = await runSeeds({
    ...{ from: from ?? 1, count: count ?? 300, jobs: jobs ?? 2 },
    onReport: (report) => {
      tell(report);
      return false;
    },
  });
  const failed = reports.filter(({ violations }) => violations.length > 0);
  console.log('\n| fault | seeds | times |\n|---|---:|---:|');
  for (const kind of KIND_NAMES) {
    const met = reports.flatMap(({ hits }) => hits[kind] ?? []);
    console.log(`| ${kind} | ${met.length} | ${met.reduce((sum, times) => sum + times, 0)} |`);
  }
  const seconds = Math.round((Date.now() - begun) / 1_000);
  console.log(
    `\n${reports.length} seeds in ${seconds} s, ${failed.length} with something that must never be.`,
  );
  process.exitCode = failed.length > 0 ? 1 : 0;
}

async function single(seed: number): Promise<void> {
  const simulator = await openSimulator();
  const report = await simulator.run(seed);
  await simulator.close();
  console.log(`Seed ${seed}: ${report.kinds.join(', ')}\n${report.course.join('\n')}`);
  tell(report);
  process.exitCode = report.violations.length > 0 ? 1 : 0;
}

function tell({ seed, violations }: Report): void {
  for (const { invariant, detail } of violations) console.log(`seed ${seed}: ${invariant}: ${detail}`);
}
