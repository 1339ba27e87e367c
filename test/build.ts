import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What runs as a process of its own (the CLI, a killed server) runs from dist/: build it, so that it is never stale. */
export default function build(): void {
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-b'], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    stdio: 'inherit',
  });
}
