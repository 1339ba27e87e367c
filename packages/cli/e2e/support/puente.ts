import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const BIN = fileURLToPath(new URL('../../bin/puente.js', import.meta.url));

export interface Run {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunOptions {
  cwd: string;
  env?: Record<string, string>;
  stdin?: string | Uint8Array;
}

/** Runs the real program as a person does, without a terminal, in a zone and locale that are not Chile's. */
export async function puente(args: readonly string[], options: RunOptions): Promise<Run> {
  const child = start(args, options);
  child.stdin?.end(options.stdin ?? '');
  const [stdout, stderr, code] = await Promise.all([
    textOf(child.stdout),
    textOf(child.stderr),
    new Promise<number | null>((resolve) => child.on('exit', resolve)),
  ]);
  return { code, stdout, stderr };
}

/** The same, for what goes on until it is stopped. */
export function start(args: readonly string[], { cwd, env = {} }: RunOptions): ChildProcess {
  return spawn(process.execPath, [BIN, ...args], { cwd, env: { ...CLEAN, ...env }, stdio: 'pipe' });
}

/** Nothing of the machine's own settings: no token, no proxy, no colour wish. */
const CLEAN = {
  PATH: process.env.PATH ?? '',
  HOME: process.env.HOME ?? '',
  TZ: 'Pacific/Auckland',
  LC_ALL: 'C',
};

async function textOf(stream: NodeJS.ReadableStream | null): Promise<string> {
  const chunks: Buffer[] = [];
  if (stream) for await (const chunk of stream) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
