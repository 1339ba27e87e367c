import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fastify from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readEntradas } from '../src/http/entrada.ts';
import { DEFAULT_LIMITS, importRegistry, openStore, readRegistry, type Store } from '../src/index.ts';
import { supuestosWith } from '../src/supuestos.ts';
import { EVENING, envio, OTHER_TOKEN, registry } from './data.ts';

let folder: string;
let store: Store;
let collect: () => void;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-entrada-'));
  store = await openStore(folder);
  await importRegistry(store, readRegistry(registry()), { now: EVENING });
  setFlagsFromString('--expose-gc');
  collect = runInNewContext('gc');
});
afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

const [PIECES, PIECE] = [16, 256 * 1024];

/** The bytes of a body that are held in this process once all of it but its end has been taken. */
async function keptOf(first: string, last: string): Promise<number> {
  const app = fastify();
  readEntradas(app, { store, clock: () => EVENING, limits: DEFAULT_LIMITS, supuestos: supuestosWith({}) });
  app.post('/', async () => 'read');
  let kept = Number.NaN;
  async function* body() {
    const before = await held();
    for (let at = 0; at < first.length; at += PIECE) yield Buffer.from(first.slice(at, at + PIECE));
    for (let at = 0; at < PIECES; at++) yield Buffer.alloc(PIECE, ' ');
    kept = (await held()) - before;
    yield Buffer.from(last);
  }
  // A piece is asked for only once the one before it has gone on.
  const payload = Readable.from(body(), { objectMode: false, highWaterMark: 1 });
  const headers = { 'content-type': 'application/json' };
  const answer = await app.inject({ method: 'POST', url: '/', headers, payload });
  expect(answer.body).toBe('read');
  await app.close();
  return kept;
}

/** The bytes of all buffers that somebody holds. */
async function held(): Promise<number> {
  for (let round = 0; round < 3; round++) {
    await turn();
    collect();
  }
  return process.memoryUsage().arrayBuffers;
}

const { rutOtec, idSistema, token, ...rest } = envio([]);
const credentials = (of: object) => JSON.stringify(of).slice(0, -1);

test('of a body whose credentials are bad nothing is kept; of one that has not shown them, all', async () => {
  const bad = `${credentials({ rutOtec, idSistema, token: OTHER_TOKEN })},`;
  const tail = JSON.stringify(rest).slice(1);
  const late = `{${' '.repeat(PIECES * PIECE)}${bad.slice(1)}`;
  for (const first of [bad, late]) expect(await keptOf(first, tail)).toBeLessThan((PIECES * PIECE) / 2);
  const doubtful = await keptOf('{', `${credentials({ rutOtec, idSistema, token }).slice(1)},${tail}`);
  expect(doubtful).toBeGreaterThanOrEqual((PIECES - 2) * PIECE);
});
