import { GestorClient } from '@puente-sic/client';
import { OTEC, openWorld, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { noteAskedToWait } from '../src/asked-to-wait.ts';
import type { ServeEvent } from '../src/index.ts';
import { noonTest } from '../src/serve/noon-test.ts';

let world: World;
let token: string;
let told: ServeEvent[];
let asked: number;
beforeEach(async () => {
  world = await openWorld(4);
  token = OTEC.token;
  told = [];
  asked = 0;
});
afterEach(() => world.close());

const at = (instant: string) => {
  world.time.now = new Date(`${instant}:00-03:00`);
};
const daily = (baseUrl = world.gestor.url, signal = new AbortController().signal) => {
  const ask = noonTest(
    [{ otec: OTEC, sources: [] }],
    {
      ledger: world.ledger,
      clock: () => world.time.now,
      clientFor: () => {
        asked += 1;
        const credenciales = { rutOtec: OTEC.rut, token };
        return new GestorClient({
          baseUrl,
          credenciales,
          sleep: async () => {},
          clock: () => world.time.now,
        });
      },
    },
    (event) => told.push(event),
  );
  return () => ask(signal);
};

test('the token is tried at noon, once a day, and not before', async () => {
  token = '00000000-1111-4222-8333-444444444444';
  const ask = daily();
  for (const minute of ['2026-11-20T11:59', '2026-11-20T12:00', '2026-11-20T12:01', '2026-11-20T18:00']) {
    at(minute);
    await ask();
  }
  expect(asked).toBe(1);
  expect(told).toMatchObject([{ kind: 'condition', clave: 'token', mal: true, rutOtec: OTEC.rut }]);
  token = OTEC.token;
  at('2026-11-21T12:00');
  await ask();
  expect(told).toMatchObject([{ mal: true }, { mal: false, mensaje: 'SENCE acepta el token.' }]);
});

test('neither in the window nor where nobody answers is anything told', async () => {
  at('2026-11-20T22:30');
  await daily()();
  expect(asked).toBe(0);
  at('2026-11-21T12:00');
  await daily('http://127.0.0.1:9/gestor/API')();
  expect([asked, told]).toEqual([1, []]);
});

test('a pause that SENCE asked for goes on over noon', async () => {
  at('2026-11-20T11:30');
  const said = { retryAfterSeconds: 3600, mensaje: 'SENCE pide esperar.', queHacer: '' };
  await noteAskedToWait(world.ledger, OTEC, said, world.time.now);
  at('2026-11-20T12:00');
  await daily()();
  expect(asked).toBe(0);
});

test('a service that ends asks nobody any more', async () => {
  at('2026-11-20T12:00');
  await daily(world.gestor.url, AbortSignal.abort())();
  expect(asked).toBe(0);
});
