import { GestorClient } from '@puente-sic/client';
import { SourceError } from '@puente-sic/sources';
import { course, type Fault, OTEC, openWorld, startProxy, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AlertCenter, alertCenter, healthOf, type NightRunner, nightRunner } from '../src/index.ts';
import { nocheRows } from '../src/ledger/noches.ts';
import { contractSource, type Told } from './support/nights.ts';

let world: World;
let told: Told['events'];
let decide: (request: { method: string; path: string }) => Fault;
let line: Awaited<ReturnType<typeof startProxy>>;
let isSourceDown: () => boolean;
beforeEach(async () => {
  world = await openWorld(3);
  told = [];
  decide = () => 'none';
  isSourceDown = () => false;
  line = await startProxy(world.gestor.port, (request) => decide(request));
  world.courses = [course([student(0, 10)])];
  world.time.now = night('21:55');
});
afterEach(async () => {
  await line.close();
  await world.close();
});

const night = (time: string) => new Date(`2026-11-20T${time}:00-03:00`);
const isBefore = (time: string) => world.time.now < night(time);

/** A service with a mail box that nobody empties: what waits in it is what a person would have been told. */
function service(): { runner: NightRunner; alerts: AlertCenter } {
  const { ledger, version, clock } = world.request();
  const aula = contractSource(() => world.courses);
  const read = async (request: Parameters<typeof aula.read>[0]) => {
    if (isSourceDown()) throw new SourceError('down', 'Moodle no responde.', 'Revise Moodle.');
    return aula.read(request);
  };
  const alerts = alertCenter({
    ledger,
    clock,
    avisar: [
      {
        ...{ rutOtec: OTEC.rut, otec: 'Capacitaciones de Prueba', resumenA: null },
        canales: [{ tipo: 'webhook', url: 'http://127.0.0.1:1/' }],
      },
    ],
  });
  const runner = nightRunner(
    { otec: OTEC, sources: [{ ...aula, read }] },
    {
      ...{ ledger, version, clock },
      clientFor: ({ rut, token }) =>
        new GestorClient({
          baseUrl: `http://127.0.0.1:${line.port}/gestor/API`,
          credenciales: { rutOtec: rut, token },
          sleep: async () => {},
          clock,
        }),
      onEvent: (event) => {
        told.push(event);
        void alerts.take(event);
      },
      onDefect: ({ error }) => {
        throw error;
      },
    },
  );
  return { runner, alerts };
}

/** Question by question, each minute; alerts go out with it, as they do in the service. */
async function until(time: string, { runner, alerts } = service()): Promise<void> {
  for (; world.time.now < night(time); world.time.now = new Date(world.time.now.getTime() + 60_000)) {
    await alerts.tick();
    await runner.tick();
  }
  await alerts.tick();
}

/** Alerts that a channel was asked to take, or will be. */
async function alerted(): Promise<string[]> {
  const rows = await world.ledger.db.selectFrom('aviso').select(['clave', 'contenido']).execute();
  return rows.map(({ clave, contenido }) => `${JSON.parse(contenido).tipo} ${clave}`);
}
const isBad = async (clave: string) => {
  const { proveedores } = await healthOf(world.ledger, [{ rutOtec: OTEC.rut }], world.time.now);
  return proveedores.some(({ problemas }) => problemas.some((one) => one.clave === clave));
};
const state = async () =>
  (await nocheRows(world.ledger.db, OTEC.rut, '2026-11-20'))
    .filter(({ curso }) => curso !== '*')
    .map(({ estado }) => estado);

test.each([['22:01'], ['22:10'], ['22:24']])(
  'a source that is back at %s calls nobody, and the night is sent',
  async (back) => {
    isSourceDown = () => isBefore(back);
    await until('23:58');
    expect(told).toContainEqual(expect.objectContaining({ clave: 'fuente:aula', mal: true }));
    expect(await alerted()).toEqual([]);
    expect(await state()).toEqual(['hecha']);
  },
);

test.each([['22:05'], ['22:20'], ['22:25']])(
  'SENCE that is back at %s calls nobody, and the night is sent',
  async (back) => {
    decide = () => (isBefore(back) ? '503' : 'none');
    await until('23:58');
    expect(told).toContainEqual(expect.objectContaining({ clave: 'conexion', mal: true }));
    expect(await alerted()).toEqual([]);
    expect(await state()).toEqual(['hecha']);
  },
);

test('SENCE that is away for most of the window is told, and told again when it is back', async () => {
  decide = () => (isBefore('23:30') ? '503' : 'none');
  const one = service();
  await until('22:29', one);
  const asked = () => world.ledger.db.selectFrom('aviso').select('intentos').execute();
  expect(await asked()).toEqual([{ intentos: 0 }]);
  await until('22:30', one);
  expect(await asked()).toEqual([{ intentos: 1 }]);
  await until('23:58', one);
  expect(await alerted()).toEqual(['problema conexion', 'resuelto conexion']);
  expect(await state()).toEqual(['hecha']);
});

test('the history alone is away: what it closed is opened by it, and nothing stays told as broken', async () => {
  let calls = 0;
  decide = ({ method }) => {
    if (method === 'POST') return calls++ === 0 ? 'cut-after' : 'none';
    return isBefore('22:05') ? '503' : 'none';
  };
  const one = service();
  await until('22:04', one);
  expect(await isBad('conexion')).toBe(true);
  await until('22:12', one);
  expect(await isBad('conexion')).toBe(false);
  await until('23:58', one);
  expect(await state()).toEqual(['hecha']);
  expect([calls, await alerted()]).toEqual([1, []]);
});

test('calls that are never taken are told within the window although the history answers all the time', async () => {
  decide = ({ method }) => (method === 'POST' ? '503' : 'none');
  await until('23:15');
  expect(await isBad('conexion')).toBe(true);
  expect(await alerted()).toEqual(['problema conexion']);
});
