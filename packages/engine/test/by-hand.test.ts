import { GestorClient, type Transport } from '@puente-sic/client';
import { course, OTEC, openWorld, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { EngineFailure, findEnvios, healthOf, settleByHand, toldOf, VENTANA_OFICIAL } from '../src/index.ts';
import { nocheRows } from '../src/ledger/noches.ts';
import { contractSource, type runnerOf, type Told, until } from './support/nights.ts';

const NOCHE = '2026-11-22';
let world: World;
let told: Told;
let isUnreadable: boolean;
beforeEach(async () => {
  world = await openWorld(3);
  await world.begun();
  told = { events: [], defects: [] };
  isUnreadable = true;
  world.courses = [course([student(0, 10)])];
  at('2026-11-22T22:00:00-03:00');
});
afterEach(() => world.close());

const at = (instant: string) => {
  world.time.now = new Date(instant);
};

/** The service's history has an entry that nobody can read: it may be the one that is looked for. */
const network: Transport = async ({ method, url, headers, body }) => {
  const response = await fetch(url, { method, headers, ...(body && { body: Buffer.from(body) }) });
  const text = await response.text();
  if (method === 'POST' && cut) return { ...CUT, durationMs: 1 };
  const list = method === 'GET' ? JSON.parse(text) : null;
  const said =
    Array.isArray(list) && isUnreadable ? JSON.stringify([OTHER, { listaregistros: 'roto' }]) : text;
  const date = { date: response.headers.get('date') ?? '' };
  return { kind: 'reply', status: response.status, headers: date, body: Buffer.from(said), durationMs: 1 };
};
const OTHER = {
  id_proceso_externo: 1,
  codigo_externo: 'otro',
  fecha: '2026-11-21 22:00:00',
  listaregistros: [],
};
const CUT = {
  ...({ kind: 'broken', why: 'failed', sent: true, proxied: false } as const),
  ...{ error: null, status: null, headers: {}, body: Buffer.alloc(0) },
};
let cut = true;

/** A night of which one call was cut, and what became of it cannot be known. */
async function stuck(): Promise<string> {
  cut = true;
  const aula = contractSource(() => world.courses);
  const { ledger, version, clock } = world.request();
  const client = new GestorClient({
    ...{ baseUrl: world.gestor.url, transport: network, clock, sleep: async () => {} },
    credenciales: { rutOtec: OTEC.rut, token: OTEC.token },
  });
  const { nightRunner } = await import('../src/index.ts');
  runner = nightRunner(
    { otec: OTEC, sources: [aula] },
    { ledger, version, clock, clientFor: () => client, onEvent: (event) => void told.events.push(event) },
  );
  await until(world, '2026-11-23T00:05:00-03:00', [runner], 5);
  cut = false;
  const { envios } = await findEnvios(ledger, {});
  expect(envios.map(({ estado }) => estado)).toEqual(['incierto']);
  return envios[0]?.codigoEnvio ?? '';
}
let runner: ReturnType<typeof runnerOf>;
const said = () =>
  toldOf(world.ledger, { rutOtec: OTEC.rut, noche: NOCHE, ventana: VENTANA_OFICIAL }, world.time.now);
const dichos = async () => (await said()).map((one) => [one.causa, one.gravedad]);
const states = async () =>
  (await nocheRows(world.ledger.db, OTEC.rut, NOCHE))
    .filter(({ curso }) => curso !== '*')
    .map(({ estado }) => estado);
const settle = (codigoEnvio: string, recibido: boolean) =>
  world.ledger.db
    .transaction()
    .execute((db) => settleByHand({ ...world.ledger, db }, { codigoEnvio, recibido }, world.time.now));

test('what no waiting will tell is told once the night is over, with what a person can do', async () => {
  const code = await stuck();
  const [dicho] = await said();
  expect(dicho).toMatchObject({ causa: 'incierto', gravedad: 'rojo', titulo: 'Curso de prueba' });
  expect(dicho?.queHacer).toContain(`puente aclarar ${code} --recibido`);
  await until(world, '2026-11-23T01:00:00-03:00', [runner], 5);
  expect(await dichos()).toEqual([['incierto', 'rojo']]);
  expect((await healthOf(world.ledger, [{ rutOtec: OTEC.rut }], world.time.now)).estado).toBe('mal');
  // The history can be read again: it tells by itself, and nothing stays red.
  isUnreadable = false;
  await until(world, '2026-11-23T01:10:00-03:00', [runner], 5);
  expect(await dichos()).toEqual([]);
  expect(await states()).toEqual(['hecha']);
});

test('received: it counts as accepted, its night is done, and nothing is sent again', async () => {
  const code = await stuck();
  await settle(code, true);
  await until(world, '2026-11-23T00:20:00-03:00', [runner], 5);
  expect((await findEnvios(world.ledger, {})).envios).toMatchObject([
    { estado: 'aceptado', via: 'persona', aceptados: 2, rechazados: 0 },
  ]);
  expect(await world.ledger.db.selectFrom('aceptado').select('porcentajeAvance').execute()).toHaveLength(2);
  expect([await dichos(), await states()]).toEqual([[], ['hecha']]);
  await expect(settle(code, false)).rejects.toThrow(EngineFailure);
});

test('not received: the night is lost and said so, and the next one sends it', async () => {
  const code = await stuck();
  await settle(code, false);
  await until(world, '2026-11-23T00:20:00-03:00', [runner], 5);
  expect((await findEnvios(world.ledger, {})).envios).toMatchObject([
    { estado: 'no-enviado', via: 'persona' },
  ]);
  expect([await dichos(), await states()]).toEqual([[], ['perdida']]);
  expect(await world.ledger.db.selectFrom('aceptado').select('rut').execute()).toEqual([]);
  isUnreadable = false;
  at('2026-11-23T22:00:00-03:00');
  await until(world, '2026-11-23T22:30:00-03:00', [runner], 5);
  expect((await findEnvios(world.ledger, { estado: 'aceptado' })).envios).toHaveLength(1);
});

test('while the history may still tell, and of what nobody knows, no word is taken', async () => {
  const code = await stuck();
  at('2026-11-22T22:10:00-03:00');
  await expect(settle(code, true)).rejects.toThrow('todavía puede mostrar');
  await expect(settle('P-20261122-AAAAAAAAAAAA', true)).rejects.toThrow('No hay ningún envío');
});
