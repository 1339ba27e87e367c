import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Gestor, GestorOptions } from '../../src/index.ts';

/** A Gestor in a process of its own, which can be killed; it never outlives its test. */
export interface GestorProcess extends Gestor {
  /** `kill -9`. */
  kill(): Promise<void>;
}

export async function startProcess(
  options: Pick<GestorOptions, 'datos' | 'registro' | 'adminKey' | 'salida' | 'limits'>,
  now: Date,
  execArgv: string[] = [],
): Promise<GestorProcess> {
  const script = fileURLToPath(new URL('serve.mjs', import.meta.url));
  const child = fork(script, [JSON.stringify({ ...options, now })], { execArgv });
  onTestFinished(() => end(child, 'SIGKILL'));
  const started = await Promise.race([once(child, 'message'), failed(child)]);
  const { url, port } = started[0];
  return { url, port, kill: () => end(child, 'SIGKILL'), close: () => end(child, 'SIGTERM') };
}

async function failed(child: ChildProcess): Promise<never> {
  const [code, signal] = await once(child, 'exit');
  throw new Error(`the Gestor's process ended at its start with ${code ?? signal}`);
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}
