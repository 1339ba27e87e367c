import { course, OFERTA, OTEC, openWorld, sourceOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { courseCalendar, nightRunner, send } from '../src/index.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
  world.courses = [course([student(0, 10)])];
});
afterEach(() => world.close());

const KEY = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA };
const days = (count: number) => {
  world.time.now = new Date(world.time.now.getTime() + count * 24 * 60 * 60_000);
};
const calendar = (key = KEY) => courseCalendar(world.ledger, key, world.time.now);

test('from the first night known to the last one begun, each with its state and counts', async () => {
  expect(await calendar()).toEqual([]);
  await send(world.request());
  days(2);
  world.courses = [course([student(0, 20), student(9, 10)])];
  await send(world.request());
  days(1);
  world.faults = ['cut-before'];
  await send(world.request());
  expect(await calendar()).toEqual([
    { noche: '2026-11-22', estado: 'aceptado', aceptados: 2, rechazados: 0 },
    { noche: '2026-11-23', estado: 'sin-envio', aceptados: 0, rechazados: 0 },
    { noche: '2026-11-24', estado: 'parcial', aceptados: 2, rechazados: 2 },
    { noche: '2026-11-25', estado: 'incierto', aceptados: 0, rechazados: 0 },
  ]);
  // In the morning of Santiago tonight is still to come; who sends now has sent for today.
  world.time.now = new Date('2026-11-26T10:00:00-03:00');
  expect((await calendar()).at(-1)?.noche).toBe('2026-11-25');
  await send(world.request());
  expect((await calendar()).at(-1)).toMatchObject({ noche: '2026-11-26', estado: 'parcial' });
  expect(await calendar({ ...KEY, codigoGrupo: 'OTRO' })).toEqual([]);
});

test('at most 26 weeks, which begin on a Monday', async () => {
  await send(world.request());
  days(300);
  const noches = await calendar();
  // From a Monday to a Saturday.
  expect([noches.at(0)?.noche, noches.at(-1)?.noche]).toEqual(['2027-03-22', '2027-09-18']);
  expect(noches).toHaveLength(25 * 7 + 6);
});

test('lost nights stay lost; one before the course’s own first does not begin its calendar', async () => {
  const { ledger, clock, clientFor } = world.request();
  const provider = { otec: OTEC, sources: [sourceOf(() => world.courses)] };
  const runner = nightRunner(provider, { ledger, version: 2, clock, clientFor });
  world.courses = [];
  await runner.tick();
  days(2);
  // Until a first send the ledger knows of the course nothing but what was lost for all.
  await runner.tick();
  expect(await calendar()).toMatchObject([{ noche: '2026-11-23', estado: 'perdida' }, {}]);
  world.courses = [course([student(0, 10)])];
  days(1);
  await runner.tick();
  days(2);
  await runner.tick();
  await runner.close(AbortSignal.abort());
  expect((await calendar()).map(({ noche, estado }) => [noche, estado])).toEqual([
    ['2026-11-25', 'aceptado'],
    ['2026-11-26', 'perdida'],
    ['2026-11-27', 'aceptado'],
  ]);
});
