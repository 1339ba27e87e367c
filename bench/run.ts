import { parseArgs } from 'node:util';
import type { Bench } from './bench.ts';
import { clientBench } from './client/bench.ts';
import { engineBench } from './engine/bench.ts';
import { entidadesBench } from './entidades/bench.ts';
import { gestorBench } from './gestor/bench.ts';
import { countryBench } from './gestor/country.ts';
import { ledgerBench } from './ledger/bench.ts';
import { loopBench } from './loop/bench.ts';
import { moodleBench } from './moodle/bench.ts';
import { nightBench } from './night/bench.ts';
import { panelBench } from './panel/bench.ts';
import { pagesBench } from './panel/pages.ts';
import { protocolBench } from './protocol.ts';
import { tortureBench } from './torture/bench.ts';

/** `npm run bench [-- name…] [--noche 0.1]`: every benchmark, or those named. */
const BENCHES: Bench[] = [
  protocolBench,
  clientBench,
  gestorBench,
  countryBench,
  moodleBench,
  entidadesBench,
  engineBench,
  nightBench,
  ledgerBench,
  panelBench,
  pagesBench,
  loopBench,
  tortureBench,
];

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { noche: { type: 'string', default: '0' } },
});
const unknown = positionals.filter((name) => !BENCHES.some((bench) => bench.name === name));
if (unknown.length > 0) {
  console.error(
    `No such benchmark: ${unknown.join(', ')}. There are: ${BENCHES.map(({ name }) => name).join(', ')}`,
  );
  process.exit(2);
}

for (const bench of BENCHES.filter(({ name }) => positionals.length === 0 || positionals.includes(name))) {
  console.log(`\n# ${bench.name}: ${bench.about}`);
  await bench.run({ noche: Number(values.noche) });
}
