import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Invariant, openSimulator, type Report } from '@puente-sic/testing';
import { PUT_BACK, type PutBack } from './put-back/faults.ts';

/**
 * `npm run test:put-back`: puts each fault of the list back into a copy of the sources, one at a time, and tells which
 * seed of the simulation finds it. `--only TEXT` for some of them, `--seeds N` for how far to look.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { values } = parseArgs({ options: { only: { type: 'string' }, seeds: { type: 'string' } } });
const seeds = Number(values.seeds ?? 1_000);
const chosen = PUT_BACK.filter(({ name }) => name.includes(values.only ?? ''));

const sound = await openSimulator();
const rows: string[] = [];
let missed = 0;
for (const fault of chosen) {
  const found = await hunt(fault);
  if (found === null) missed += 1;
  const row =
    found === null
      ? `| ${fault.name} | ${fault.means} | not within ${seeds} | |`
      : `| ${fault.name} | ${fault.means} | ${found.seed} | \`${found.invariant}\` |`;
  rows.push(row);
  console.log(row);
}
await sound.close();
console.log(`\n| put back | means | found by seed | as |\n|---|---|---:|---|\n${rows.join('\n')}`);
process.exitCode = missed > 0 ? 1 : 0;

/** The first seed that breaks an invariant which it does not break without the fault. */
async function hunt(fault: PutBack): Promise<{ seed: number; invariant: Invariant } | null> {
  const copy = copyWith(fault);
  try {
    const worker = join(copy, 'packages/testing/src/simulation/worker.ts');
    const child = fork(worker, ['1', String(seeds + 1), '1'], {
      ...{ cwd: copy, execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] },
      env: { ...process.env, TSX_TSCONFIG_PATH: join(copy, 'tsconfig.json') },
    });
    let found: { seed: number; invariant: Invariant } | null = null;
    let checking: Promise<void> = Promise.resolve();
    child.on('message', ({ seed, violations }: Report) => {
      checking = checking.then(async () => {
        if (found !== null || violations.length === 0) return;
        const usual = new Set((await sound.run(seed)).violations.map(({ invariant }) => invariant));
        const [first] = violations.filter(({ invariant }) => !usual.has(invariant));
        if (first === undefined) return;
        found = { seed, invariant: first.invariant };
        child.kill();
      });
    });
    const [code] = await once(child, 'exit');
    await checking;
    if (code !== 0 && found === null) throw new Error(`«${fault.name}» does not run: exit code ${code}`);
    return found;
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

function copyWith({ name, file, replace }: PutBack): string {
  const copy = mkdtempSync(join(tmpdir(), 'puente-vuelta-'));
  cpSync(join(root, 'packages'), join(copy, 'packages'), {
    recursive: true,
    filter: (path) => !/[\\/](node_modules|dist|web|test|browser)([\\/]|$)/.test(path.slice(root.length)),
  });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  writeFileSync(join(copy, 'package.json'), '{"type":"module"}');
  const paths = { '@puente-sic/*': ['./packages/*/src/index.ts'] };
  writeFileSync(
    join(copy, 'tsconfig.json'),
    JSON.stringify({ compilerOptions: { paths, target: 'ES2023' } }),
  );
  const at = join(copy, file);
  const text = replace.reduce(
    (source, [from, to]) => {
      const parts = source.split(from);
      if (parts.length !== 2)
        throw new Error(`«${name}»: found ${parts.length - 1} times in ${file}: ${from}`);
      return parts.join(to);
    },
    readFileSync(at, 'utf8'),
  );
  writeFileSync(at, text);
  return copy;
}
