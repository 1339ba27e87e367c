import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { StartError, startGestores } from '../src/index.ts';
import { alumno, envio, modulo, registry } from './data.ts';
import { history, post } from './http.ts';
import { type Postgres, startPostgres } from './postgres.ts';

let postgres: Postgres;
beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());

const PROCESOS = 2;
const LANES = 8;

interface Served {
  url: string;
  port: number;
  child: ChildProcess;
  /** Process numbers of those that answer calls. */
  workers(): Promise<number[]>;
  close(): Promise<number | null>;
}

/** `startGestores` from dist/, in a process group of its own. */
async function serve(limits: object = { porOtec: 1e9, porDireccion: 1e9 }): Promise<Served> {
  const datos = await postgres.createDatabase();
  const script = fileURLToPath(new URL('process/serve-all.mjs', import.meta.url));
  const settings = { datos, registro: registry(), procesos: PROCESOS, limits };
  const child = fork(script, [JSON.stringify(settings)]);
  const gone = once(child, 'exit');
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await gone;
  });
  const [{ url, port }] = await once(child, 'message');
  return {
    ...{ url, port, child },
    async workers() {
      child.send('workers');
      const [pids] = await once(child, 'message');
      return pids;
    },
    async close() {
      child.kill('SIGTERM');
      const [code] = await gone;
      return code;
    },
  };
}

const gestorOf = ({ url, port }: Served) => ({ url, port, close: async () => undefined });
const read = async (served: Served, path: string) => {
  const answer = await fetch(new URL(path, served.url), { headers: { connection: 'close' } });
  return { status: answer.status, text: await answer.text() };
};
const report = (n: number) =>
  envio([alumno(1, { listaModulos: [modulo(undefined, { porcentajeAvance: n / 10 })] })]);

test('several processes answer on one port, and tell the health and the counts of all', async () => {
  const served = await serve();
  const gestor = gestorOf(served);
  for (let n = 1; n <= 20; n++) expect((await post(gestor, report(n))).status).toBe(200);
  expect(await history(gestor)).toHaveLength(20);
  expect(JSON.parse((await read(served, '/salud')).text)).toEqual({
    estado: 'bien',
    almacen: 'postgres',
    procesos: { pedidos: PROCESOS, atienden: PROCESOS },
  });
  for (let look = 0; look < 4; look++) {
    const { text } = await read(served, '/metrics');
    expect(text).toMatch(/^gestor_records_total\{result="accepted"\} 20$/m);
    expect(text).toMatch(/^gestor_processes 2$/m);
  }
  expect(await served.close()).toBe(0);
}, 300_000);

test('limits are counted once for all of them', async () => {
  const served = await serve({ porOtec: 5, porDireccion: 1e9 });
  const gestor = gestorOf(served);
  // Seconds are counted by a clock of the first process: a stretch of so many touches at most two more of them.
  const start = performance.now();
  const elapsed = () => (performance.now() - start) / 1000;
  const statuses: number[] = [];
  const lanes = Array.from({ length: LANES }, async () => {
    while (elapsed() < 3) statuses.push((await post(gestor, report(1))).status);
  });
  await Promise.all(lanes);
  const most = 5 * (Math.floor(elapsed()) + 2);
  const taken = statuses.filter((status) => status === 200).length;
  expect(statuses.filter((status) => status === 429)).toHaveLength(statuses.length - taken);
  expect(taken).toBeGreaterThan(0);
  expect(taken).toBeLessThanOrEqual(most);
}, 300_000);

test('one that dies is started again, and nothing that was acknowledged is lost', async () => {
  const served = await serve();
  const gestor = gestorOf(served);
  const before = await served.workers();
  expect(before).toHaveLength(PROCESOS);
  let acknowledged = 0;
  let isOver = false;
  const sending = [1, 2, 3, 4].map(async (lane) => {
    for (let n = lane; !isOver; n += 4) {
      // What was being handed over to the one that dies is never answered.
      const answer = await post(gestor, report(n / 1000), AbortSignal.timeout(5_000)).catch(() => null);
      if (answer?.status === 200) acknowledged += 1;
    }
  });
  process.kill(before[0] ?? 0, 'SIGKILL');
  const isReplaced = async () => {
    const now = await served.workers();
    return now.length === PROCESOS && !now.includes(before[0] ?? 0);
  };
  await vi.waitUntil(isReplaced, { timeout: 120_000, interval: 200 });
  const after = await served.workers();
  expect(after).toContain(before[1]);
  isOver = true;
  await Promise.all(sending);
  expect((await history(gestor)).length).toBeGreaterThanOrEqual(acknowledged);
  expect(acknowledged).toBeGreaterThan(0);
  expect((await read(served, '/metrics')).text).toMatch(/^gestor_process_restarts 1$/m);
}, 300_000);

test('one that hangs is told in the health of all', async () => {
  const served = await serve();
  const [stuck = 0] = await served.workers();
  const health = () =>
    fetch(new URL('/salud', served.url), {
      headers: { connection: 'close' },
      signal: AbortSignal.timeout(20_000),
    }).then(
      async (answer) => ({ status: answer.status, ...(await answer.json()) }),
      // It was given to the one that hangs.
      () => null,
    );
  const is = (status: number) => async () => (await health())?.status === status;
  process.kill(stuck, 'SIGSTOP');
  await vi.waitUntil(is(503), { timeout: 120_000, interval: 100 });
  expect(await health()).toMatchObject({ estado: 'un proceso no responde' });
  process.kill(stuck, 'SIGCONT');
  await vi.waitUntil(is(200), { timeout: 120_000, interval: 100 });
}, 300_000);

test('asked to end, it lets calls under way finish, also when every process hears the signal', async () => {
  const served = await serve();
  const gestor = gestorOf(served);
  const workers = await served.workers();
  const calls = await Promise.all([1, 2, 3].map((n) => begin(gestor, envio([alumno(n)]))));
  for (const pid of workers) process.kill(pid, 'SIGINT');
  const ended = served.close();
  for (const { finish } of calls) expect(await finish()).toBe(200);
  expect(await ended).toBe(0);
  for (const pid of workers) expect(() => process.kill(pid, 0)).toThrow();
}, 300_000);

test('killed, it leaves no process behind', async () => {
  const served = await serve();
  const workers = await served.workers();
  served.child.kill('SIGKILL');
  const isAlive = (pid: number) => {
    try {
      return process.kill(pid, 0);
    } catch {
      return false;
    }
  };
  await vi.waitUntil(() => !workers.some(isAlive), { timeout: 120_000 });
}, 300_000);

test('SQLite, and more connections than the server takes, are told before anything is started', async () => {
  const failure = (options: { datos: string; procesos: number }) =>
    startGestores(options).then(
      () => null,
      (error: unknown) => error,
    );
  const sqlite = await failure({ datos: '/no/se/abre', procesos: 2 });
  expect(sqlite).toBeInstanceOf(StartError);
  expect(sqlite).toMatchObject({ message: expect.stringContaining('necesitan PostgreSQL') });
  const many = await failure({ datos: await postgres.createDatabase(), procesos: 64 });
  expect(many).toMatchObject({
    message: '64 procesos abren hasta 642 conexiones y PostgreSQL admite 100.',
    fix: expect.stringContaining('caben 9'),
  });
});

/** A call whose headers the service has taken, and whose body it waits for. */
async function begin(gestor: { url: string }, body: object): Promise<{ finish(): Promise<number> }> {
  const call = request(`${gestor.url}/avance-sic/enviarAvance`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', expect: '100-continue' },
  });
  call.flushHeaders();
  await once(call, 'continue');
  return {
    async finish() {
      call.end(JSON.stringify(body));
      const [answer] = await once(call, 'response');
      answer.resume();
      return answer.statusCode;
    },
  };
}
