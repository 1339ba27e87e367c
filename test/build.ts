import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What runs as a process of its own (the CLI, a killed server) or in a browser is dist/: built, so never stale. */
export default function build(): void {
  const cwd = fileURLToPath(new URL('..', import.meta.url));
  execFileSync('npm', ['run', '--silent', 'build'], { cwd, stdio: 'inherit', shell: true });
}
