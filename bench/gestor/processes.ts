import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const script = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** A Gestor in its own process. */
export interface Server {
  url: string;
  /** Resident memory, bytes. */
  memory(): Promise<number>;
  stop(): Promise<void>;
}

export async function startServer(datos: string): Promise<Server> {
  const child = fork(script('serve.ts'), [datos], { execArgv: ['--import', 'tsx'] });
  const { url } = await message<{ url: string }>(child);
  return {
    url,
    async memory() {
      child.send('memory');
      return (await message<{ rss: number }>(child)).rss;
    },
    async stop() {
      child.send('stop');
      await once(child, 'exit');
    },
  };
}

/** Sends courses from its own process; seconds that it took. */
export async function runLoad(
  url: string,
  from: number,
  to: number,
  porcentaje: number,
  connections = 16,
): Promise<number> {
  const child = fork(script('load.ts'), [url, from, to, porcentaje, connections].map(String), {
    execArgv: ['--import', 'tsx'],
  });
  return (await message<{ seconds: number }>(child)).seconds;
}

/** Others at work, from their own process, until stopped; how many of their calls were answered. */
export async function startHeavy(
  url: string,
  kind: 'strangers' | 'giants',
  curso: number,
): Promise<{ stop(): Promise<number> }> {
  const child = fork(script('heavy.ts'), [url, kind, String(curso)], { execArgv: ['--import', 'tsx'] });
  await message(child);
  return {
    async stop() {
      child.send('stop');
      return (await message<{ answered: number }>(child)).answered;
    },
  };
}

async function message<T>(child: ChildProcess): Promise<T> {
  const ended = new AbortController();
  const exit = once(child, 'exit', { signal: ended.signal }).then(([code]) => {
    throw new Error(`a process of the benchmark ended with ${code}`);
  });
  const received = once(child, 'message').then(([value]) => value as T);
  try {
    return await Promise.race([received, exit]);
  } finally {
    exit.catch(() => undefined);
    ended.abort();
  }
}
