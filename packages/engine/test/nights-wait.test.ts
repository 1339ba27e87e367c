import { GestorClient, type Transport } from '@puente-sic/client';
import { course, OFERTA, OTEC, openWorld, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nightRunner, send } from '../src/index.ts';
import { insertEnvio, markSending } from '../src/ledger/envios.ts';
import { frenoOf } from '../src/ledger/frenos.ts';
import { nocheRows } from '../src/ledger/noches.ts';
import { contractSource, type Told, until } from './support/nights.ts';

let world: World;
let told: Told['events'];
/** Each request on the line, with the time of day at which it was made. */
let requests: string[];
/** What stands before the Gestor says instead of it; null: nothing. */
let busy: () => { status: number; retryAfter?: string } | null;
beforeEach(async () => {
  world = await openWorld(3);
  await world.begun();
  [told, requests, busy] = [[], [], () => null];
  world.courses = [course([student(0, 10)])];
  at('2026-11-20T22:00:00-03:00');
});
afterEach(() => world.close());

const at = (instant: string) => {
  world.time.now = new Date(instant);
};
const night = (time: string) => new Date(`2026-11-20T${time}:00-03:00`);

const network: Transport = async ({ method, url, headers, body }) => {
  const time = world.time.now.toLocaleTimeString('es-CL', { timeZone: 'America/Santiago', hourCycle: 'h23' });
  requests.push(`${time.slice(0, 5)} ${method}`);
  const instead = busy();
  if (instead !== null) {
    const { status, retryAfter } = instead;
    return {
      kind: 'reply',
      status,
      headers: { ...(retryAfter !== undefined && { 'retry-after': retryAfter }) },
      body: Buffer.alloc(0),
      durationMs: 1,
    };
  }
  const response = await fetch(url, { method, headers, ...(body && { body: Buffer.from(body) }) });
  const date = { date: response.headers.get('date') ?? '' };
  const said = Buffer.from(await response.text());
  return { kind: 'reply', status: response.status, headers: date, body: said, durationMs: 1 };
};

const clientFor = () =>
  new GestorClient({
    ...{ baseUrl: world.gestor.url, transport: network, clock: () => world.time.now, sleep: async () => {} },
    credenciales: { rutOtec: OTEC.rut, token: OTEC.token },
  });

function service() {
  const { ledger, version, clock } = world.request();
  const aula = contractSource(() => world.courses);
  const onEvent = (event: Told['events'][number]) => void told.push(event);
  return nightRunner({ otec: OTEC, sources: [aula] }, { ledger, version, clock, clientFor, onEvent });
}
const states = async (noche: string) =>
  (await nocheRows(world.ledger.db, OTEC.rut, noche))
    .filter(({ curso }) => curso !== '*')
    .map(({ estado, causa }) => [estado, causa]);

test('a service that asks for 17 minutes gets them, to the minute: not one request of any kind before', async () => {
  busy = () => (world.time.now < night('22:17') ? { status: 429, retryAfter: '1020' } : null);
  await until(world, night('23:59'), [service()], 1);
  const [first, second] = requests;
  expect(first).toBe('22:00 POST');
  expect(second?.slice(0, 5)).toBe('22:17');
  expect(await states('2026-11-20')).toEqual([['hecha', null]]);
});

const several = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ ...course([student(index, 10)]), id: `curso-${index}` }));

test('a service that takes nothing for now, and does not say for how long, gets none of the other courses’ calls', async () => {
  world.courses = several(5).map((one, index) => ({ ...one, codigoGrupo: `GRUPO-${index}` }));
  busy = () => ({ status: 503 });
  await until(world, night('22:00'), [service()], 1);
  // Two were under way at once.
  expect(requests.filter((one) => one.endsWith('POST'))).toHaveLength(2);
});

test('a call that was taken does not end the pause that another one, a moment before, was asked for', async () => {
  world.courses = several(2).map((one, index) => ({ ...one, codigoGrupo: index === 0 ? OFERTA : 'GRUPO-2' }));
  let posts = 0;
  busy = () => {
    const isSecond = posts === 1;
    posts += 1;
    return isSecond ? { status: 429, retryAfter: '1020' } : null;
  };
  await service().tick();
  const freno = await frenoOf(world.ledger.db, OTEC.rut);
  expect(freno).toMatchObject({ clave: 'conexion', proximo: night('22:17').toISOString() });
  expect(await states('2026-11-20')).toContainEqual(['hecha', null]);
});

test('what a person’s send was told to wait the service waits as well', async () => {
  busy = () => (world.time.now < night('22:17') ? { status: 429, retryAfter: '1020' } : null);
  await send(world.request({ clientFor }));
  await until(world, night('22:30'), [service()], 1);
  expect(requests[0]).toBe('22:00 POST');
  expect(requests[1]?.slice(0, 5)).toBe('22:17');
  expect(await states('2026-11-20')).toEqual([['hecha', null]]);
});

test('a send that a process left on its way is settled, though no course waits for the night', async () => {
  await until(world, night('22:20'), [service()], 1);
  expect(await states('2026-11-20')).toEqual([['hecha', null]]);
  const left = {
    codigoEnvio: 'P-20261120-QUEDOENLAVIA',
    noche: '2026-11-20',
    version: 2,
    origen: 'mano',
  } as const;
  const key = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA };
  await insertEnvio(world.ledger.db, { ...key, ...left, registros: [], cuerpo: {} }, world.time.now);
  await markSending(world.ledger.db, left.codigoEnvio, world.time.now);
  await until(world, night('23:40'), [service()], 1);
  const { estado } = await world.ledger.db
    .selectFrom('envio')
    .select('estado')
    .where('codigoEnvio', '=', left.codigoEnvio)
    .executeTakeFirstOrThrow();
  expect(estado).toBe('no-enviado');
});

test('one that asks for longer than the night lasts is not pressed: the night is lost for that cause, and told', async () => {
  busy = () => ({ status: 429, retryAfter: '86400' });
  await until(world, night('23:59'), [service()], 1);
  await until(world, new Date('2026-11-21T00:10:00-03:00'), [service()], 1);
  expect(requests).toEqual(['22:00 POST']);
  expect(await states('2026-11-20')).toEqual([['perdida', 'conexion']]);
  expect(told).toContainEqual(expect.objectContaining({ kind: 'lost', noche: '2026-11-20' }));
});

test('a clock that is put forward by two days and back again costs no night', async () => {
  const courses = world.courses;
  world.courses = [course([])];
  const runner = service();
  await until(world, night('22:05'), [runner], 1);
  at('2026-11-22T12:00:00-03:00');
  await runner.tick();
  expect(await states('2026-11-20')).toEqual([['perdida', 'sin-alumnos']]);

  at('2026-11-20T22:20:00-03:00');
  world.courses = courses;
  await until(world, night('23:30'), [runner], 5);
  expect(await states('2026-11-20')).toEqual([['hecha', null]]);
  at('2026-11-21T21:50:00-03:00');
  await until(world, '2026-11-21T22:40:00-03:00', [runner], 5);
  expect(await states('2026-11-21')).toEqual([['hecha', null]]);
  const { processes } = await world.client.history();
  expect(processes).toHaveLength(2);
});

test('a night that is really lost stays lost, also when the clock is put right by a few seconds', async () => {
  world.courses = [course([])];
  const runner = service();
  await until(world, new Date('2026-11-21T00:00:10-03:00'), [runner], 5);
  expect(await states('2026-11-20')).toEqual([['perdida', 'sin-alumnos']]);
  at('2026-11-20T23:59:50-03:00');
  world.courses = [course([student(0, 10)])];
  await runner.tick();
  expect(await states('2026-11-20')).toEqual([['perdida', 'sin-alumnos']]);
});
