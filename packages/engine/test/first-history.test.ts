import { join } from 'node:path';
import { GestorClient, type Transport } from '@puente-sic/client';
import type { ProcesoHistorial } from '@puente-sic/protocol';
import { course, OFERTA, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  backup,
  healthOf,
  lastNights,
  nightRunner,
  openLedger,
  type Provider,
  restore,
  type SendRequest,
  send,
} from '../src/index.ts';
import { dichosOf } from '../src/ledger/dichos.ts';
import { nocheRows, nochesSince } from '../src/ledger/noches.ts';
import { contractSource, type Told, until } from './support/nights.ts';

let world: World;
let told: Told['events'];
/** Each request on the line, with the time of day at which it was made. */
let requests: string[];
/** What stands before the Gestor says instead of it; null: nothing. */
let instead: (method: string) => { status: number; body: string; headers?: Record<string, string> } | null;
/** How the service tells its history. */
let retell: (processes: ProcesoHistorial[]) => unknown[];
beforeEach(async () => {
  world = await openWorld(3);
  [told, requests, instead, retell] = [[], [], () => null, (processes) => processes];
  world.courses = [course([student(0, 10)])];
  at('2026-11-20T22:00:00-03:00');
});
afterEach(() => world.close());

const at = (instant: string) => {
  world.time.now = new Date(instant);
};

const network: Transport = async ({ method, url, headers, body }) => {
  const time = world.time.now.toLocaleTimeString('es-CL', { timeZone: 'America/Santiago', hourCycle: 'h23' });
  requests.push(`${time.slice(0, 5)} ${method}`);
  const odd = instead(method);
  if (odd !== null) {
    const { status, body: text, headers: more = {} } = odd;
    return { kind: 'reply', status, headers: more, body: Buffer.from(text), durationMs: 1 };
  }
  const response = await fetch(url, { method, headers, ...(body && { body: Buffer.from(body) }) });
  const text = await response.text();
  const said = method === 'GET' ? JSON.stringify(retell(JSON.parse(text))) : text;
  const date = { date: response.headers.get('date') ?? '' };
  return { kind: 'reply', status: response.status, headers: date, body: Buffer.from(said), durationMs: 1 };
};

const clientFor = () =>
  new GestorClient({
    ...{ baseUrl: world.gestor.url, transport: network, clock: () => world.time.now, sleep: async () => {} },
    credenciales: { rutOtec: OTEC.rut, token: OTEC.token },
  });
const request = (more: Partial<SendRequest> = {}) => world.request({ clientFor, ...more });
const posts = () => requests.filter((one) => one.endsWith('POST')).length;

function service(more: Partial<Provider> = {}) {
  const { ledger, version, clock } = world.request();
  const aula = contractSource(() => world.courses);
  const onEvent = (event: Told['events'][number]) => void told.push(event);
  return nightRunner(
    { otec: OTEC, sources: [aula], ...more },
    { ledger, version, clock, clientFor, onEvent },
  );
}
const states = async (noche = '2026-11-20') =>
  (await nocheRows(world.ledger.db, OTEC.rut, noche))
    .filter(({ curso }) => curso !== '*')
    .map(({ estado, causa }) => [estado, causa]);

/** From another state folder: this ledger knows nothing of it. */
async function sentBefore(more: Partial<SendRequest> = {}): Promise<void> {
  const other = await openLedger(join(world.datos, '..', 'perdida'));
  await send(world.request({ ledger: other, ...more }));
  await other.close();
}

const BROKEN = { listaregistros: 'roto' };

describe('a ledger that knows nothing', () => {
  test('by night: SENCE’s history is read once, and what it has of today with the same values does not go again', async () => {
    await sentBefore();
    world.courses = [course([student(0, 10), student(1, 20)])];
    await until(world, '2026-11-20T22:10:00-03:00', [service()], 1);
    expect(requests).toEqual(['22:00 GET', '22:00 POST']);
    const { processes } = await world.client.history();
    expect(processes.map(({ listaregistros }) => listaregistros.length).sort()).toEqual([2, 2]);
    expect(await states()).toEqual([['hecha', null]]);
  });

  test('by night, all of it there already: no body goes', async () => {
    await sentBefore();
    await until(world, '2026-11-20T22:10:00-03:00', [service()], 1);
    expect(requests).toEqual(['22:00 GET']);
    expect(await states()).toEqual([['hecha', null]]);
  });

  test('what was sent by day does not keep the window from sending what has risen since; what the window sent does', async () => {
    at('2026-11-20T18:39:00-03:00');
    await sentBefore();
    at('2026-11-20T22:00:00-03:00');
    world.courses = [course([student(0, 30)])];
    await until(world, '2026-11-20T22:05:00-03:00', [service()], 1);
    expect(posts()).toBe(1);
  });

  test('a figure that is lower than the one at SENCE is held, not sent into a 025', async () => {
    at('2026-11-19T22:00:00-03:00');
    world.courses = [course([student(0, 80)])];
    await sentBefore();
    at('2026-11-20T22:00:00-03:00');
    world.courses = [course([student(0, 50)])];
    await until(world, '2026-11-20T22:05:00-03:00', [service()], 1);
    expect(posts()).toBe(0);
  });

  test('by hand: read first and said; the same does not go; with repetir it does', async () => {
    await sentBefore();
    const first = await send(request());
    expect(first.historial).toEqual([
      { rutOtec: OTEC.rut, motivo: 'registro-vacio', procesos: 1, registros: 2, enviosRestaurados: 1 },
    ]);
    expect(first).toMatchObject({ envios: [], yaEnviados: [{ registros: 2 }] });
    expect(requests).toEqual(['22:00 GET']);
    const again = await send(request({ repetir: true }));
    expect(again.historial).toEqual([]);
    expect(again.envios).toMatchObject([{ resultado: 'aceptado' }]);
  });

  test('by hand with repetir from the beginning: read all the same, and everything goes', async () => {
    await sentBefore();
    await send(request({ repetir: true }));
    expect(requests).toEqual(['22:00 GET', '22:00 POST']);
  });

  test('a history that cannot be read: no body goes, its cause is told, tried again by the gate, and sent when it can', async () => {
    await sentBefore();
    world.courses = [course([student(0, 10), student(1, 20)])];
    const until2230 = new Date('2026-11-20T22:30:00-03:00');
    instead = () => (world.time.now < until2230 ? { status: 503, body: '<h1>Unavailable</h1>' } : null);
    const runner = service();
    await runner.tick();
    expect(told.find((event) => event.kind === 'condition' && event.mal)).toMatchObject({
      clave: 'conexion',
      mensaje: expect.stringContaining('primero debe leerlo en el historial de SENCE'),
    });
    await until(world, '2026-11-20T22:25:00-03:00', [runner], 1);
    expect(posts()).toBe(0);
    expect(await states()).toEqual([['pendiente', 'conexion']]);
    await until(world, '2026-11-20T22:45:00-03:00', [runner], 1);
    expect(await states()).toEqual([['hecha', null]]);
    expect(posts()).toBe(1);
  });

  test('Retry-After is kept to the minute', async () => {
    const wait = { status: 429, body: '', headers: { 'retry-after': '1020' } };
    const until2217 = new Date('2026-11-20T22:17:00-03:00');
    instead = () => (world.time.now < until2217 ? wait : null);
    await until(world, '2026-11-20T22:30:00-03:00', [service()], 1);
    expect(requests[0]).toBe('22:00 GET');
    expect(requests[1]?.slice(0, 5)).toBe('22:17');
    expect(await states()).toEqual([['hecha', null]]);
  });

  test('by hand, what it was told to wait the service waits as well', async () => {
    const wait = { status: 429, body: '', headers: { 'retry-after': '1020' } };
    const until2217 = new Date('2026-11-20T22:17:00-03:00');
    instead = () => (world.time.now < until2217 ? wait : null);
    const { noEnviados } = await send(request());
    expect(noEnviados).toMatchObject([{ motivo: 'sin-conexion' }]);
    await until(world, '2026-11-20T22:20:00-03:00', [service()], 1);
    expect(requests[1]?.slice(0, 5)).toBe('22:17');
  });

  test('a refused token: at most twelve requests that night, none of them a body, lost by its name', async () => {
    instead = () => ({ status: 200, body: '{"error":[{"mensaje":"Token invalido"}]}' });
    await until(world, '2026-11-21T00:10:00-03:00', [service()], 1);
    expect(requests.length).toBeLessThanOrEqual(12);
    expect(requests.length).toBeGreaterThan(3);
    expect(posts()).toBe(0);
    expect(await states()).toEqual([['perdida', 'token']]);
  });

  test('an entry among those of the last days that cannot be read holds everything; repetir is the way out', async () => {
    await sentBefore();
    retell = (processes) => [...processes, BROKEN];
    const { noEnviados } = await send(request());
    expect(noEnviados[0]?.mensaje).toContain('partes que no se pueden leer');
    await until(world, '2026-11-20T22:20:00-03:00', [service()], 1);
    expect(posts()).toBe(0);
    expect(await states()).toEqual([['pendiente', 'conexion']]);
    await send(request({ repetir: true }));
    expect(posts()).toBe(1);
  });

  test('an entry of long ago that cannot be read: the last days are read once more, and the night goes', async () => {
    await sentBefore();
    const isWhole = (url: URL) => url.searchParams.get('fechaDesde') === null;
    const older: Transport = async (asked) => {
      if (asked.method === 'GET') retell = (rows) => (isWhole(asked.url) ? [...rows, BROKEN] : rows);
      return network(asked);
    };
    const credenciales = { rutOtec: OTEC.rut, token: OTEC.token };
    const client = new GestorClient({ baseUrl: world.gestor.url, transport: older, credenciales });
    world.courses = [course([student(0, 10), student(1, 20)])];
    const { envios, yaEnviados } = await send(request({ clientFor: () => client }));
    expect(envios).toMatchObject([{ aceptados: 2 }]);
    expect(yaEnviados).toMatchObject([{ registros: 2 }]);
  });

  test('a history that the service cannot give as a whole: its last days are enough', async () => {
    await sentBefore();
    const weak: Transport = async (asked) => {
      const isAll = asked.method === 'GET' && asked.url.searchParams.get('fechaDesde') === null;
      instead = () => (isAll ? { status: 500, body: '<h1>Memory exhausted</h1>' } : null);
      return network(asked);
    };
    const client = new GestorClient({
      ...{ baseUrl: world.gestor.url, transport: weak, clock: () => world.time.now, sleep: async () => {} },
      credenciales: { rutOtec: OTEC.rut, token: OTEC.token },
    });
    world.courses = [course([student(0, 10), student(1, 20)])];
    const { envios, yaEnviados } = await send(request({ clientFor: () => client }));
    expect(envios).toMatchObject([{ aceptados: 2 }]);
    expect(yaEnviados).toMatchObject([{ registros: 2 }]);
    // Whoever reads it later begins at the beginning.
    expect(await world.ledger.db.selectFrom('historial').selectAll().execute()).toEqual([]);
  });

  test('read once: a second night and a second send ask nothing of it', async () => {
    const runner = service();
    await until(world, '2026-11-20T22:05:00-03:00', [runner], 1);
    expect(requests).toEqual(['22:00 GET', '22:00 POST']);
    at('2026-11-21T22:00:00-03:00');
    requests = [];
    await until(world, '2026-11-21T22:05:00-03:00', [runner], 1);
    expect(requests).toEqual(['22:00 POST']);
    expect((await send(request())).historial).toEqual([]);
  });
});

describe('after a restore that nobody synchronised', () => {
  const folder = () => join(world.datos, '..', 'ayer.respaldo');

  /** The night of the 20th, a backup, the nights of the 21st and 22nd; then the backup is put back. */
  async function restoredAt(instant: string): Promise<void> {
    await until(world, '2026-11-20T22:05:00-03:00', [service()], 5);
    at('2026-11-21T09:00:00-03:00');
    await backup(world.datos, folder(), world.time.now);
    const runner = service();
    for (const day of ['21', '22']) {
      at(`2026-11-${day}T22:00:00-03:00`);
      await until(world, `2026-11-${day}T22:05:00-03:00`, [runner], 5);
    }
    expect(posts()).toBe(3);
    at(instant);
    await restore(world.datos, folder(), world.time.now);
    [requests, told] = [[], []];
  }

  test('back up, night, restore, tick: no body of what is there already goes, and the nights between are known', async () => {
    await restoredAt('2026-11-22T22:40:00-03:00');
    await until(world, '2026-11-22T23:30:00-03:00', [service()], 5);
    expect(posts()).toBe(0);
    for (const noche of ['2026-11-20', '2026-11-21', '2026-11-22']) {
      expect(await states(noche), noche).toEqual([['hecha', null]]);
    }
    expect(told.filter(({ kind }) => kind === 'lost')).toEqual([]);
    expect(await healthOf(world.ledger, [{ rutOtec: OTEC.rut }], world.time.now)).toMatchObject({
      estado: 'bien',
    });
  });

  test('who was in the course on the last night is known by the history, with the name that the ledger has', async () => {
    const named = (who: number, name: string) => ({ ...student(who, 10), name });
    world.courses = [course([named(0, 'Ana Rojas')])];
    await until(world, '2026-11-20T22:05:00-03:00', [service()], 5);
    at('2026-11-21T09:00:00-03:00');
    await backup(world.datos, folder(), world.time.now);
    world.courses = [course([named(0, 'Ana Rojas'), named(1, 'Luis Soto')])];
    at('2026-11-21T22:00:00-03:00');
    await until(world, '2026-11-21T22:05:00-03:00', [service()], 5);
    at('2026-11-22T09:00:00-03:00');
    await restore(world.datos, folder(), world.time.now);
    const restored = service();
    await until(world, '2026-11-22T09:05:00-03:00', [restored], 5);
    // Luis, of whom the backup knows nothing, and Ana are gone by the next night.
    world.courses = [course([named(2, 'Eva Paz')])];
    at('2026-11-22T22:00:00-03:00');
    await until(world, '2026-11-22T22:05:00-03:00', [restored], 5);
    const dichos = await dichosOf(world.ledger.db, OTEC.rut, '2026-11-22');
    expect(dichos.filter(({ causa }) => causa === 'ausente').map(({ rut, nombre }) => [rut, nombre])).toEqual(
      [
        [rutOf(0).text, 'Ana Rojas'],
        [rutOf(1).text, null],
      ],
    );
  });

  test('the same for a course of which the backup knows nothing, and SENCE no group', async () => {
    await backup(world.datos, folder(), world.time.now);
    world.courses = [course([student(0, 10), student(1, 10)])];
    await until(world, '2026-11-20T22:05:00-03:00', [service()], 5);
    at('2026-11-21T09:00:00-03:00');
    await restore(world.datos, folder(), world.time.now);
    world.courses = [course([student(0, 10)])];
    at('2026-11-21T22:00:00-03:00');
    await until(world, '2026-11-21T22:05:00-03:00', [service()], 5);
    const dichos = await dichosOf(world.ledger.db, OTEC.rut, '2026-11-21');
    expect(dichos.filter(({ causa }) => causa === 'ausente').map(({ rut }) => rut)).toEqual([rutOf(1).text]);
    const lists = await world.ledger.db.selectFrom('alumno').select(['codigoGrupo', 'rut']).execute();
    expect(new Set(lists.map(({ codigoGrupo }) => codigoGrupo)).size).toBe(1);
  });

  test('by hand it is the same', async () => {
    await restoredAt('2026-11-22T22:40:00-03:00');
    const { historial, envios } = await send(request());
    expect(historial).toMatchObject([{ motivo: 'respaldo-restaurado', enviosRestaurados: 2 }]);
    expect({ envios, posts: posts() }).toEqual({ envios: [], posts: 0 });
  });

  test('while the history cannot be read nothing goes and nothing is called lost; the mark outlives a restart', async () => {
    await restoredAt('2026-11-22T22:40:00-03:00');
    instead = () => ({ status: 503, body: '' });
    await until(world, '2026-11-23T00:10:00-03:00', [service()], 5);
    expect(told.filter(({ kind }) => kind === 'lost')).toEqual([]);
    instead = () => null;
    await until(world, '2026-11-23T00:20:00-03:00', [service()], 5);
    expect(posts()).toBe(0);
    for (const noche of ['2026-11-21', '2026-11-22']) {
      expect(await states(noche), noche).toEqual([['hecha', null]]);
    }
  });

  test('told to wait just before the window, it waits on into it', async () => {
    await restoredAt('2026-11-23T21:56:00-03:00');
    const wait = { status: 503, body: '', headers: { 'retry-after': '1200' } };
    const until2216 = new Date('2026-11-23T22:16:00-03:00');
    instead = () => (world.time.now < until2216 ? wait : null);
    await until(world, '2026-11-23T22:30:00-03:00', [service()], 1);
    expect(requests.slice(0, 2)).toEqual(['21:56 GET', '22:16 GET']);
    expect(await states('2026-11-23')).toEqual([['hecha', null]]);
  });

  test('a send by day that only the history knows is not the night: what has risen since goes, also late', async () => {
    const more = { cursos: cursos(), tardio: 'enviar' } as const;
    await until(world, '2026-11-20T22:05:00-03:00', [service(more)], 5);
    at('2026-11-21T09:00:00-03:00');
    await backup(world.datos, folder(), world.time.now);
    at('2026-11-21T18:00:00-03:00');
    await send(request());
    at('2026-11-21T21:00:00-03:00');
    await restore(world.datos, folder(), world.time.now);
    world.courses = [course([student(0, 30)])];
    instead = () => ({ status: 503, body: '' });
    const late = service(more);
    await until(world, '2026-11-22T01:00:00-03:00', [late], 5);
    instead = () => null;
    requests = [];
    await until(world, '2026-11-22T01:30:00-03:00', [late], 5);
    expect(posts()).toBe(1);
    expect(await states('2026-11-21')).toEqual([['hecha', null]]);
  });

  test('restored by day: known at once, without waiting for the night', async () => {
    await restoredAt('2026-11-23T11:00:00-03:00');
    await service().tick();
    expect(requests).toEqual(['11:00 GET']);
    expect(await states('2026-11-22')).toEqual([['hecha', null]]);
  });

  test('nights of which SENCE has nothing are not known: told once, in yellow, and no alarm', async () => {
    await until(world, '2026-11-20T22:05:00-03:00', [service()], 5);
    at('2026-11-21T09:00:00-03:00');
    await backup(world.datos, folder(), world.time.now);
    at('2026-11-23T11:00:00-03:00');
    await restore(world.datos, folder(), world.time.now);
    told = [];
    const runner = service();
    await runner.tick();
    await until(world, '2026-11-23T11:05:00-03:00', [runner], 1);
    expect(told.filter(({ kind }) => kind === 'lost')).toEqual([]);
    for (const noche of ['2026-11-21', '2026-11-22']) {
      const dichos = await dichosOf(world.ledger.db, OTEC.rut, noche);
      expect(dichos).toMatchObject([{ causa: 'sin-registro', gravedad: 'amarillo' }]);
      expect(dichos[0]?.mensaje).toContain('no se sabe qué pasó');
    }
    const rows = await nochesSince(world.ledger.db, OTEC.rut, '2026-11-21');
    expect(rows.filter(({ estado }) => estado !== 'hecha')).toEqual([]);
    const health = await healthOf(world.ledger, [{ rutOtec: OTEC.rut }], world.time.now);
    expect(health).toMatchObject({ estado: 'bien', proveedores: [{ perdidos: 0, cursos: 0 }] });
    const [last] = await lastNights(world.ledger, world.time.now);
    expect(last).toMatchObject({ noche: '2026-11-22', titulo: 'No se sabe qué pasó esa noche' });
    expect(last?.mensaje).toContain('no se sabe qué pasó');
    // Nights after it that nobody runs are lost as ever.
    at('2026-11-24T10:00:00-03:00');
    await runner.tick();
    expect(told.filter(({ kind }) => kind === 'lost')).toMatchObject([{ noche: '2026-11-23' }]);
  });

  test('a backup of the middle of a night: its courses are known by the history, or told as not known', async () => {
    at('2026-11-20T22:00:00-03:00');
    instead = (method) => (method === 'POST' ? { status: 503, body: '' } : null);
    const waiting = service({ cursos: cursos() });
    await waiting.tick();
    await backup(world.datos, folder(), world.time.now);
    instead = () => null;
    await until(world, '2026-11-20T23:30:00-03:00', [waiting], 1);
    expect(posts()).toBeGreaterThan(0);
    at('2026-11-21T11:00:00-03:00');
    await restore(world.datos, folder(), world.time.now);
    told = [];
    await until(world, '2026-11-21T12:00:00-03:00', [service({ cursos: cursos() })], 5);
    expect(told.filter(({ kind }) => kind === 'lost')).toEqual([]);
    expect(await states()).toEqual([['hecha', null]]);
  });

  const cursos = () => [{ fuente: 'aula', otec: OTEC.rut, curso: world.courses[0]?.id ?? OFERTA }];
});
