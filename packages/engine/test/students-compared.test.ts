import {
  course,
  MODULOS,
  modulo,
  OFERTA,
  OTEC,
  openWorld,
  rutOf,
  student,
  type World,
} from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decide, reconcileStudents, send } from '../src/index.ts';

const COURSE = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA };

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const compared = async () => {
  const { alumnos, conciliacion } = await reconcileStudents({ ...world.request(), noche: '2026-11-23' });
  return { alumnos, conciliacion, by: new Map(alumnos.map((alumno) => [alumno.rut, alumno])) };
};

test('each student stands in one place, and who is in the list makes up the whole', async () => {
  world.courses = [course([0, 1, 2, 3].map((index) => student(index, 40)))];
  await send(world.request());
  const changed = { listaModulos: [modulo('PRUEBA-M1', 60), modulo('PRUEBA-M2', 40)] };
  world.courses = [course([student(0, 40), student(1, 40, changed), student(2, 10), student(4, 5)])];
  const { alumnos, by, conciliacion } = await compared();
  const place = (index: number) => by.get(rutOf(index).text);
  expect(place(0)).toMatchObject({ lado: 'igual', causa: null, modulos: [] });
  expect(place(1)).toMatchObject({ lado: 'cambio', modulos: [{ lms: 60, registro: 40, sence: 40 }] });
  expect(place(2)).toMatchObject({ lado: 'por-mirar', causa: 'retenido' });
  expect(place(3)).toMatchObject({ lado: 'ya-no-viene', causa: 'salio' });
  expect(place(4)).toMatchObject({ lado: 'cambio', causa: null });
  expect(alumnos).toHaveLength(5);
  expect(conciliacion.iguales).toBe(MODULOS.length + 1);
});

test('what somebody decided is told apart, and who was said to have left no more', async () => {
  world.courses = [course([0, 1].map((index) => student(index, 40)))];
  await send(world.request());
  for (const index of [0, 1])
    await decide(
      world.ledger,
      { ...COURSE, rut: rutOf(index).text, codigoModulo: null, tipo: 'no-informar', quien: 'Ana' },
      new Date('2026-11-22T12:00:00Z'),
    );
  world.courses = [course([student(0, 50)])];
  const { alumnos } = await compared();
  expect(alumnos).toMatchObject([{ rut: rutOf(0).text, lado: 'conocido', causa: null }]);
});

test('what SENCE has and was not sent by us last is to be looked at', async () => {
  world.courses = [course([student(0, 40)])];
  await send(world.request());
  await world.ledger.db.updateTable('aceptado').set({ porcentajeAvance: 30 }).execute();
  const { by } = await compared();
  expect(by.get(rutOf(0).text)).toMatchObject({ lado: 'por-mirar', causa: 'no-coincide' });
});
