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
import { send } from '../src/index.ts';
import { saveAlumnos } from '../src/ledger/alumnos.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld(4);
  world.courses = [course([0, 1, 2].map((index) => student(index, 10)))];
  await send(world.request());
  world.time.now = new Date('2026-11-23T10:00:00-03:00');
});
afterEach(() => world.close());

const ausentes = async (more = {}) =>
  (await send(world.request(more))).ausentes.map(({ rut, mensaje }) => [rut, mensaje]);

test('by hand too, who was sent the last time and is not in the source now is named, all day long', async () => {
  world.courses = [course([0, 1].map((index) => student(index, 20)))];
  const missing = [[rutOf(2).text, expect.stringContaining('ya no está en la fuente')]];
  expect(await ausentes()).toEqual(missing);
  expect(await ausentes()).toEqual(missing);
  // Only some were asked for: the others are not missing.
  expect(await ausentes({ filters: { alumno: rutOf(0).text } })).toEqual([]);
  world.time.now = new Date('2026-11-24T10:00:00-03:00');
  expect(await ausentes()).toEqual([]);
});

test('who changed groups is told so; a module that is gone, of one or of all', async () => {
  const listaModulos = [modulo('PRUEBA-M1', 20)];
  const other = course([student(2, 20)], { id: 'otro', codigoGrupo: 'OTRO' });
  world.courses = [course([student(0, 20, { listaModulos }), student(1, 20)]), other];
  expect(await ausentes()).toEqual([
    [rutOf(2).text, 'Cambió de grupo: ahora está en el grupo OTRO.'],
    [rutOf(0).text, `Ya no viene su módulo ${MODULOS[1]}, que se informó la última vez.`],
  ]);
});

test('who was told by a night already, or whose enrolment has ended, is not', async () => {
  const { rut: rutOtec } = OTEC;
  const row = { rutOtec, codigoOferta: OFERTA, codigoGrupo: OFERTA, nombre: null, visto: '2026-11-22' };
  await saveAlumnos(world.ledger.db, [
    { ...row, rut: rutOf(1).text, fin: null, ausente: '2026-11-22' },
    { ...row, rut: rutOf(2).text, fin: '2026-11-22', ausente: null },
  ]);
  world.courses = [course([student(0, 20)])];
  expect(await ausentes()).toEqual([]);
});
