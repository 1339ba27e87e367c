import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Threads (a workbook's reader, a ZIP's writer) run dist/ even beneath a test: compiled, so never stale. */
export default function compile(): void {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], { cwd, stdio: 'inherit' });
}
