import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/*
 * The SDK is of ES modules, which Node takes with `require` as well; TypeScript under node16 takes them there only with
 * declarations of their own. Those are the same ones, named .d.cts.
 */
const root = fileURLToPath(new URL('../packages/', import.meta.url));

for (const name of ['protocol', 'client']) {
  const dist = join(root, name, 'dist');
  const cjs = join(dist, 'cjs');
  rmSync(cjs, { recursive: true, force: true });
  const files = readdirSync(dist, { recursive: true }).map(String);
  for (const file of files.filter((path) => path.endsWith('.d.ts'))) {
    const target = join(cjs, file.replace(/\.d\.ts$/, '.d.cts'));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(
      target,
      readFileSync(join(dist, file), 'utf8').replace(/'(\.{1,2}\/[^']+)\.ts'/g, "'$1.cjs'"),
    );
  }
}
