import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { openSimulator, type Report } from '@puente-sic/testing';
import { builtWith, sourcesWith } from './put-back/copy.ts';
import type { PutBack } from './put-back/fault.ts';
import { PUT_BACK } from './put-back/faults.ts';

/**
 * `npm run test:put-back`: puts each fault of the list back into a copy of ours, one at a time, and tells which
 * seed of the simulation finds it, or which test fails with it where the simulation cannot reach it. `--only REGEXP`
 * for those whose point or name fits, `--seeds N` for how far to look.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { only: { type: 'string' }, seeds: { type: 'string' } } });
const seeds = Number(values.seeds ?? 1_000);
const only = new RegExp(values.only ?? '');
const chosen = PUT_BACK.filter(({ point, name }) => only.test(`${point} ${name}`));

const sound = await openSimulator();
const passing = new Set<string>();
const rows: string[] = [];
let missed = 0;
for (const fault of chosen) {
  const found = await find(fault);
  if (found === null) missed += 1;
  const row = `| ${fault.point} | ${fault.name} | ${fault.means} | ${found ?? `**not within ${seeds}** | `} |`;
  rows.push(row);
  console.log(row);
}
await sound.close();
console.log(
  `\n| point | put back | means | found by | as |\n|---|---|---|---|---|\n${[...rows].sort().join('\n')}`,
);
process.exitCode = missed > 0 ? 1 : 0;

/** By what it is found, as the last two cells of its row. */
async function find(fault: PutBack): Promise<string | null> {
  const copy = fault.test === undefined ? builtWith(fault, root) : sourcesWith(fault, root);
  try {
    if (fault.test === undefined) return await hunt(fault, copy);
    await passesSound(fault.test);
    return await failsIn(fault.test, copy);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

/** A test that fails in a copy by itself proves nothing. */
async function passesSound(test: string): Promise<void> {
  if (passing.has(test)) return;
  const copy = sourcesWith(null, root);
  try {
    const failed = await failsIn(test, copy);
    if (failed !== null) throw new Error(`Without any fault, too: ${failed}`);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
  passing.add(test);
}

/** The known seed if it still finds it, else the first one that breaks an invariant which it does not break without it. */
async function hunt(fault: PutBack, copy: string): Promise<string | null> {
  const known = fault.seed === undefined ? null : await look(fault, copy, [fault.seed, fault.seed + 1]);
  return known ?? (await look(fault, copy, [1, seeds + 1]));
}

async function look(
  { name, where = {} }: PutBack,
  copy: string,
  [from, end]: readonly [number, number],
): Promise<string | null> {
  const worker = join(copy, 'packages/testing/dist/simulation/worker.js');
  const { kinds = [], version } = where;
  const which = [
    ...[from, end, 1].map(String),
    kinds.join(','),
    ...(version === undefined ? [] : [`${version}`]),
  ];
  const child = fork(worker, which, {
    ...{ cwd: copy, execArgv: [], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
  });
  let found: string | null = null;
  let checking: Promise<void> = Promise.resolve();
  child.on('message', ({ seed, violations }: Report) => {
    checking = checking.then(async () => {
      if (found !== null || violations.length === 0) return;
      const usual = new Set((await sound.run(seed)).violations.map(({ invariant }) => invariant));
      const [first] = violations.filter(({ invariant }) => !usual.has(invariant));
      if (first === undefined) return;
      found = `seed ${seed} | \`${first.invariant}\``;
      child.kill();
    });
  });
  const [code] = await once(child, 'exit');
  await checking;
  if (code !== 0 && found === null) throw new Error(`«${name}» does not run: exit code ${code}`);
  return found;
}

/** Whether a test file of ours fails with the fault in the sources. */
async function failsIn(test: string, copy: string): Promise<string | null> {
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const child = spawn(process.execPath, [vitest, 'run', '--maxWorkers=1', test], {
    ...{ cwd: copy, stdio: ['ignore', 'pipe', 'inherit'] },
    env: { ...process.env, NO_COLOR: '1' },
  });
  let said = '';
  child.stdout.on('data', (text: Buffer) => {
    said += text.toString();
  });
  const [code] = await once(child, 'close');
  const failed = /^ *(?:FAIL|×) +(?:\|\w+\| )?(?:\S+ > )?(.+?)(?: \d+ms)?$/m.exec(said)?.[1];
  if (code === 0 || failed === undefined) return null;
  return `unit test \`${test}\` | ${failed.replaceAll('|', '\\|')}`;
}
