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

/** @param procesos more than one: as `--procesos`. */
export async function startServer(datos: string, procesos = 1): Promise<Server> {
  const child = fork(script('serve.ts'), [datos, String(procesos)], { execArgv: ['--import', 'tsx'] });
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

/** The floor over HTTP, in so many processes, each with the rows of all courses; and its end. */
export async function startHttpFloor(
  datos: string,
  { from, to, porcentaje, procesos }: { from: number; to: number; porcentaje: number; procesos: number },
): Promise<{ urls: string[]; stop(): Promise<void> }> {
  const children = Array.from({ length: procesos }, () =>
    fork(script('floor-http.ts'), [datos, from, to, porcentaje].map(String), {
      execArgv: ['--import', 'tsx'],
    }),
  );
  const started = await Promise.all(children.map((child) => message<{ url: string }>(child)));
  return {
    urls: started.map(({ url }) => url),
    async stop() {
      for (const child of children) child.send('stop');
      await Promise.all(children.map((child) => once(child, 'exit')));
    },
  };
}

/** Each call's time in a burst, milliseconds, sent at an even pace whether or not the one before was answered. */
export async function runBurst(
  url: string,
  burst: { from: number; to: number; porcentaje: number; seconds: number },
): Promise<number[]> {
  const { from, to, porcentaje, seconds } = burst;
  const child = fork(script('burst.ts'), [url, from, to, porcentaje, seconds].map(String), {
    execArgv: ['--import', 'tsx'],
  });
  return (await message<{ ms: number[] }>(child)).ms;
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
