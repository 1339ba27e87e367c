import { GestorClient } from '@puente-sic/client';
import type { Otec } from '@puente-sic/engine';
import { course, type Fault, OTEC, openWorld, startProxy, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findEnvios, nightRunner, type Provider } from '../src/index.ts';
import { nocheRows } from '../src/ledger/noches.ts';
import { contractSource, type Told, until } from './support/nights.ts';

let world: World;
let told: Told;
/** Every request that reached the line, `POST` and `GET`. */
let requests: string[];
let faults: Fault[];
let line: Awaited<ReturnType<typeof startProxy>>;
let aula: ReturnType<typeof contractSource>;
beforeEach(async () => {
  world = await openWorld(3);
  told = { events: [], defects: [] };
  requests = [];
  faults = [];
  line = await startProxy(world.gestor.port, ({ method }) => {
    requests.push(method);
    return faults.shift() ?? 'none';
  });
  aula = contractSource(() => world.courses);
  world.courses = Array.from({ length: 8 }, (_, index) =>
    course([student(0, 10)], {
      id: `C${index}`,
      codigoGrupo: index === 0 ? course([]).codigoGrupo : `C${index}`,
    }),
  );
  at('2026-11-20T21:00:00-03:00');
});
afterEach(async () => {
  await line.close();
  await world.close();
});

const at = (instant: string) => {
  world.time.now = new Date(instant);
};
const BAD: Otec = { ...OTEC, token: '00000000-1111-4222-8333-444444444444' };
const service = (otec: Otec, more: Partial<Provider> = {}) => {
  const { ledger, version, clock } = world.request();
  const clientFor = ({ rut, token }: Otec) =>
    new GestorClient({
      baseUrl: `http://127.0.0.1:${line.port}/gestor/API`,
      credenciales: { rutOtec: rut, token },
      sleep: async () => {},
      clock,
    });
  const onEvent = (event: Told['events'][number]) => void told.events.push(event);
  const onDefect = (defect: Told['defects'][number]) => void told.defects.push(defect);
  return nightRunner(
    { otec, sources: [aula], ...more },
    { ledger, version, clock, clientFor, onEvent, onDefect },
  );
};
const states = async () => {
  const rows = await nocheRows(world.ledger.db, OTEC.rut, '2026-11-20');
  return [
    ...new Set(rows.filter(({ curso }) => curso !== '*').map(({ estado, causa }) => `${estado} ${causa}`)),
  ];
};

test.each([
  ['22:00', '00:00', 2],
  ['16:00', '12:00', 10],
])(
  'a refused token from %s to %s: at most 12 requests, two bodies at most, all lost by its name',
  async (desde, hasta, step) => {
    at('2026-11-20T15:00:00-03:00');
    await until(world, '2026-11-21T12:30:00-03:00', [service(BAD, { ventana: { desde, hasta } })], step);
    expect(requests.length).toBeLessThanOrEqual(12);
    expect(requests.length).toBeGreaterThan(8);
    expect(requests.filter((method) => method === 'POST').length).toBeLessThanOrEqual(2);
    expect(await states()).toEqual(['perdida token']);
    expect(aula.reads).toHaveLength(1);
    expect(told.defects).toEqual([]);
  },
);

test('a token that was refused last night is tested before a body goes', async () => {
  const runner = service(BAD);
  await until(world, '2026-11-21T12:30:00-03:00', [runner], 2);
  requests.length = 0;
  at('2026-11-21T21:00:00-03:00');
  await until(world, '2026-11-22T01:00:00-03:00', [runner], 2);
  expect(requests).toEqual(requests.map(() => 'GET'));
  expect(requests.length).toBeLessThanOrEqual(12);
});

test('a token that is mended within the window starts the night with the next question', async () => {
  await until(world, '2026-11-20T23:10:00-03:00', [service(BAD)], 1);
  expect(await states()).toEqual(['pendiente token']);
  const mended = service(OTEC);
  await mended.tick();
  expect(await states()).toEqual(['hecha null']);
});

test('a token that passes the test and is refused when sending makes no more requests than one that never passes', async () => {
  const { ledger, version, clock } = world.request();
  const clientFor = () => {
    const client = (token: string) =>
      new GestorClient({
        baseUrl: `http://127.0.0.1:${line.port}/gestor/API`,
        credenciales: { rutOtec: OTEC.rut, token },
        clock,
      });
    const bad = client(BAD.token);
    const good = client(OTEC.token);
    bad.testConnection = (options) => good.testConnection(options);
    return bad;
  };
  const runner = nightRunner({ otec: OTEC, sources: [aula] }, { ledger, version, clock, clientFor });
  await until(world, '2026-11-21T00:30:00-03:00', [runner], 2);
  expect(requests.length).toBeGreaterThan(8);
  expect(requests.length).toBeLessThanOrEqual(12);
});

test('no connection: only connection tests until one passes, then everything goes', async () => {
  faults = Array.from({ length: 8 }, () => 'cut-before' as const);
  await until(world, '2026-11-21T00:30:00-03:00', [service(OTEC)], 1);
  expect(await states()).toEqual(['hecha null']);
  const { envios } = await findEnvios(world.ledger, { limite: 100 });
  expect(envios.filter(({ estado }) => estado === 'incierto')).toEqual([]);
});

test('503 stops the provider: no second course is made uncertain by it', async () => {
  await world.begun();
  faults = ['503', '503', '503', '503'];
  at('2026-11-20T22:00:00-03:00');
  const runner = service(OTEC);
  await runner.tick();
  expect(requests.filter((method) => method === 'POST')).toHaveLength(2);
  await until(world, '2026-11-21T00:30:00-03:00', [runner], 2);
  expect(await states()).toEqual(['hecha null']);
});
