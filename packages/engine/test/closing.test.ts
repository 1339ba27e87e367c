import { course, OTEC, openWorld, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ALL_COURSES, closing, saveCierre, savePaso } from '../src/index.ts';
import { contractSource, runnerOf, type Told, until } from './support/nights.ts';

let world: World;
const told: Told = { events: [], defects: [] };
beforeEach(async () => {
  world = await openWorld(4);
  world.time.now = new Date('2026-11-20T21:55:00-03:00');
  world.courses = [course([student(0, 80), student(1, 40), student(9, 90)])];
  const runner = runnerOf(world, told, { sources: [contractSource(() => world.courses)] });
  await until(world, '2026-11-21T00:20:00-03:00', [runner], 15);
});
afterEach(() => world.close());

const KEY = () => {
  const { codigoOferta, codigoGrupo } = course([]);
  return { rutOtec: OTEC.rut, codigoOferta, codigoGrupo };
};
/** Ends the only course on a day, as its source would tell. */
const ends = (ultimoDia: string) => world.ledger.db.updateTable('curso').set({ ultimoDia }).execute();
const look = async () => {
  const { cursos } = await closing(world.ledger, { rutOtec: OTEC.rut }, world.time.now);
  return cursos;
};

test('without her own figures nobody is under anything, and nothing is said of money or steps', async () => {
  await ends('2026-11-30');
  expect(await look()).toMatchObject([
    { porque: 'pronto', dias: 9, programa: null, bajo: null, enRiesgo: null, pasos: [] },
  ]);
});

test('who is under her minimum by what SENCE has; at risk, with who is pending, each once', async () => {
  await ends('2026-11-30');
  const { db } = world.ledger;
  await saveCierre(db, { rutOtec: OTEC.rut, ...ALL_COURSES }, { minAvance: 75, valor: 165_000 });
  await saveCierre(db, KEY(), { programa: 'franquicia' });
  const [curso] = await look();
  expect(curso?.cuenta).toMatchObject({ alumnos: 3, pendientes: 1 });
  // Of the third SENCE has nothing: its RUT is nobody's.
  expect(curso?.bajo?.map(({ avance }) => avance)).toEqual([40, 0]);
  expect(curso?.bajo?.[0]).toMatchObject({ faltaAvance: 35, faltaSegundos: null });
  expect(curso?.enRiesgo).toEqual({ alumnos: 2, pesos: 330_000 });
  expect(curso?.pasos.map(({ paso }) => paso)[1]).toBe('dj-otec');
});

test('a course’s own minima stand before those of all', async () => {
  await ends('2026-11-30');
  const { db } = world.ledger;
  await saveCierre(db, { rutOtec: OTEC.rut, ...ALL_COURSES }, { minAvance: 75 });
  await saveCierre(db, KEY(), { minAvance: 30 });
  const [curso] = await look();
  expect(curso).toMatchObject({ propios: true, minimos: { avance: 30 } });
  expect(curso?.bajo).toHaveLength(1);
});

test('a course over New Year comes into the list on 15 December and stays until its end, with two statements in order', async () => {
  await ends('2027-02-20');
  const { db } = world.ledger;
  await saveCierre(db, KEY(), { programa: 'franquicia' });
  const all = () => closing(world.ledger, { rutOtec: OTEC.rut }, world.time.now);
  world.time.now = new Date('2026-12-14T12:00:00-03:00');
  expect(await all()).toMatchObject({
    cursos: [],
    cruzan: [{ ...KEY(), termina: '2027-02-20', programa: 'franquicia', desde: '2026-12-15' }],
  });
  for (const day of ['2026-12-15', '2027-01-08']) {
    world.time.now = new Date(`${day}T12:00:00-03:00`);
    const { cursos, cruzan } = await all();
    expect(cursos).toMatchObject([{ porque: 'ano-nuevo' }]);
    expect(cursos[0]?.pasos.map(({ paso }) => paso).slice(1, 3)).toEqual(['dj-parcial', 'dj-complementaria']);
    expect(cruzan).toEqual([]);
  }
});

test('the owner says how many days before its end a course comes into the list', async () => {
  await ends('2026-12-20');
  expect(await look()).toEqual([]);
  await saveCierre(world.ledger.db, { rutOtec: OTEC.rut, ...ALL_COURSES }, { dias: 30 });
  expect(await look()).toMatchObject([{ porque: 'pronto' }]);
  await saveCierre(world.ledger.db, { rutOtec: OTEC.rut, ...ALL_COURSES }, { minAvance: 75 });
  expect(await closing(world.ledger, { rutOtec: OTEC.rut }, world.time.now)).toMatchObject({ diasAntes: 30 });
});

test('a step that is done is told with who did it, and can be taken back', async () => {
  await ends('2026-11-10');
  const { db } = world.ledger;
  await saveCierre(db, KEY(), { programa: 'franquicia' });
  await savePaso(db, { ...KEY(), paso: 'dj-otec' }, 'Ana', world.time.now);
  const stateOf = async () => (await look())[0]?.pasos.find(({ paso }) => paso === 'dj-otec');
  expect(await stateOf()).toMatchObject({ estado: 'hecho', hecho: { quien: 'Ana' } });
  await savePaso(db, { ...KEY(), paso: 'dj-otec' }, null, world.time.now);
  expect(await stateOf()).toMatchObject({ estado: 'ahora', hecho: null });
});
