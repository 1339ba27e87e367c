import { course, OFERTA, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { courseNights, send } from '../src/index.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

test('one line per course and night: a student who is tried twice is one, and the better outcome counts', async () => {
  world.courses = [course([0, 1, 2].map((index) => student(index, 40)))];
  await send(world.request());
  await world.ledger.db
    .updateTable('registro')
    .set({ resultado: 'rechazado' })
    .where('rut', '=', rutOf(1).text)
    .execute();
  await world.ledger.db.updateTable('envio').set({ rechazados: 2 }).execute();
  const { lineas, cuentas, siguiente } = await courseNights(world.ledger, {});
  expect(lineas).toMatchObject([
    { codigoOferta: OFERTA, alumnos: 3, rechazados: 1, sinRespuesta: 0, partes: [{ alumnos: 3 }] },
  ]);
  expect(cuentas).toMatchObject({ todas: 1, 'con-rechazados': 1, 'sin-respuesta': 0 });
  expect(siguiente).toBeNull();
  world.courses = [course([0, 1, 2].map((index) => student(index, 50)))];
  await send(world.request());
  const again = await courseNights(world.ledger, { rutOtec: OTEC.rut });
  expect(again.lineas).toMatchObject([{ alumnos: 3, rechazados: 0, partes: [{}, {}] }]);
  expect(again.cuentas.todas).toBe(1);
});

test('it is found by RUT, by its process and by its title; each chip says how many lines it shows', async () => {
  world.courses = [course([student(0, 40)])];
  await send(world.request());
  const sought = async (buscar: string) => (await courseNights(world.ledger, { buscar })).lineas.length;
  expect(await sought(rutOf(0).text)).toBe(1);
  expect(await sought(rutOf(1).text)).toBe(0);
  expect(await sought(OFERTA.toLowerCase())).toBe(1);
  expect(await sought('no hay tal curso')).toBe(0);
  expect(await sought('1')).toBe(1);
  // It stands in the course's code, and is no process.
  expect(await sought('26')).toBe(0);
  for (const cuales of ['sin-respuesta', 'con-rechazados', 'a-mano'] as const) {
    const { lineas, cuentas } = await courseNights(world.ledger, { cuales });
    expect(lineas).toHaveLength(cuentas[cuales]);
  }
});

test('pages are whole nights, and the next one begins where the former ended', async () => {
  world.courses = [course([student(0, 40)])];
  await send(world.request());
  const [row] = await world.ledger.db.selectFrom('envio').selectAll().execute();
  if (row === undefined) throw new Error('nothing was sent');
  for (let day = 1; day <= 20; day += 1)
    await world.ledger.db
      .insertInto('envio')
      .values({
        ...row,
        codigoEnvio: `OTRO-${day}`,
        noche: `2026-10-${String(day).padStart(2, '0')}`,
        idProceso: day,
      })
      .execute();
  const first = await courseNights(world.ledger, {});
  const second = await courseNights(world.ledger, { antes: first.siguiente ?? '' });
  const nights = [...first.lineas, ...second.lineas].map(({ noche }) => noche);
  expect(nights).toHaveLength(21);
  expect(nights).toEqual([...new Set(nights)].sort().reverse());
  expect(second.siguiente).toBeNull();
});
