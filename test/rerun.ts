import { readdirSync, readFileSync } from 'node:fs';

/** Runs once more, inside of one test file, the tests of a folder in whose text something stands. */
export async function rerun(folder: URL, holding: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const own = files
    .filter((file) => file.endsWith('.test.ts') && !file.endsWith('.e2e.test.ts'))
    .map((file) => new URL(file.replaceAll('\\', '/'), folder))
    .filter((file) => readFileSync(file, 'utf8').includes(holding));
  if (own.length === 0) throw new Error(`No test in ${folder.pathname} holds ${holding}`);
  for (const file of own) await import(file.pathname);
}
