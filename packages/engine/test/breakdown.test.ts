import { course, OFERTA, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  applyRetention,
  envioDetail,
  erasePerson,
  exportPerson,
  makeRegistros,
  send,
  serve,
  studentHistory,
} from '../src/index.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const KEY = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA };
const rows = () =>
  world.ledger.db
    .selectFrom('registro')
    .selectAll()
    .orderBy('codigoEnvio')
    .orderBy('alumno')
    .orderBy('modulo')
    .execute();
const nextNight = () => {
  world.time.now = new Date(world.time.now.getTime() + 86_400_000);
};

/** Three nights: all accepted; one refused; answered only by the history. */
async function threeNights(): Promise<void> {
  for (const [night, fault] of (['none', 'none', 'cut-after'] as const).entries()) {
    world.courses = [course([student(0, 10 + night), student(night === 0 ? 1 : 9, 10 + night)])];
    world.faults = [fault];
    await send(world.request());
    if (fault !== 'none') await send(world.request());
    nextNight();
  }
}

/** As a version without these rows left the folder. */
async function asBefore(): Promise<void> {
  await world.ledger.db.deleteFrom('registro').execute();
  await world.ledger.db.updateTable('envio').set({ desglose: 'pendiente' }).execute();
}

test('rows are made of bodies and answers, a few at a time, and are those that were written at the send', async () => {
  await threeNights();
  const written = await rows();
  expect(new Set(written.map(({ resultado }) => resultado))).toEqual(new Set(['aceptado', 'rechazado']));
  await asBefore();
  // Stopped and gone on with, the newest first.
  expect(await makeRegistros(world.ledger, { limite: 1 })).toBe(2);
  expect(new Set((await rows()).map(({ noche }) => noche))).toEqual(new Set(['2026-11-24']));
  const half = await studentHistory(world.ledger, { ...KEY, rut: rutOf(0).text });
  expect(half).toMatchObject({ sinDetalle: { porPreparar: 2 } });
  expect(await makeRegistros(world.ledger, { limite: 10 })).toBe(0);
  expect(await rows()).toEqual(written);
  expect(await makeRegistros(world.ledger, { limite: 10 })).toBe(0);
});

test('the service makes them by itself', async () => {
  await threeNights();
  const written = await rows();
  await asBefore();
  const stop = new AbortController();
  const { ledger, time } = world;
  const clientFor = world.request().clientFor;
  await serve({
    ...{ providers: [], ledger, version: 2, clock: () => time.now, clientFor, signal: stop.signal },
    pause: async () => stop.abort(),
  });
  expect(await rows()).toEqual(written);
});

test('who asks for one envío, or for a person, has the rows made first', async () => {
  await threeNights();
  await asBefore();
  const [first] = await world.ledger.db.selectFrom('envio').select('codigoEnvio').orderBy('creado').execute();
  expect((await envioDetail(world.ledger, first?.codigoEnvio ?? ''))?.registrosEnviados).toHaveLength(4);
  expect((await exportPerson(world.ledger, rutOf(9).text)).envios).toHaveLength(4);
});

test('an erasure reaches what an earlier version wrote', async () => {
  await threeNights();
  await asBefore();
  expect(await erasePerson(world.ledger, rutOf(9).text, world.time.now)).toMatchObject({ envios: 2 });
  expect((await exportPerson(world.ledger, rutOf(9).text)).envios).toEqual([]);
});

test('where the body is gone only counts are left, and that is told', async () => {
  await threeNights();
  await applyRetention(world.ledger, 2, world.time.now);
  const history = await studentHistory(world.ledger, { ...KEY, rut: rutOf(0).text });
  expect(history.sinDetalle).toEqual({ vencidos: 1, porPreparar: 0 });
  expect(new Set(history.enviados.map(({ noche }) => noche))).toEqual(new Set(['2026-11-23', '2026-11-24']));
  expect(await makeRegistros(world.ledger, { limite: 10 })).toBe(0);
});

test('a student’s nights come in pages, whole nights, the last ones first', async () => {
  await threeNights();
  const key = { ...KEY, rut: rutOf(0).text };
  const last = await studentHistory(world.ledger, key, { noches: 2 });
  expect(last.enviados.map(({ noche }) => noche)).toEqual(
    ['2026-11-23', '2026-11-24'].flatMap((noche) => [noche, noche]),
  );
  expect(last.anteriores).toBe('2026-11-23');
  const before = await studentHistory(world.ledger, key, { noches: 2, antes: last.anteriores ?? '' });
  expect(before.enviados.map(({ noche }) => noche)).toEqual(['2026-11-22', '2026-11-22']);
  expect(before.anteriores).toBeNull();
});
