import type { StudentTree } from '@puente-sic/sources';
import { course, OFERTA, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  ALL_COURSES,
  type AlumnoEnCurso,
  closing,
  compareCourse,
  countStudents,
  erasePerson,
  errors,
  markAsKnown,
  overview,
  saveCierre,
  send,
  studentStates,
} from '../src/index.ts';
import { contractSource, runnerOf, until } from './support/nights.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld(4);
  world.time.now = new Date('2026-11-20T18:00:00-03:00');
});
afterEach(() => world.close());

const NOCHE = '2026-11-20';
const KEY = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA };

/** Somebody in whose place for the RUT stands what is no RUT, or nothing. */
function unreadable(index: number, escrito: string | undefined, name?: string): StudentTree {
  const { alumno, ...rest } = student(index, 10);
  const { rutAlumno: _, dvAlumno: __, ...others } = alumno;
  return {
    ...rest,
    alumno: escrito === undefined ? others : { ...others, rutAlumno: escrito },
    ...(name !== undefined && { name }),
  };
}

async function list(noche = NOCHE): Promise<AlumnoEnCurso[]> {
  const lists = await studentStates(world.ledger, { rutOtec: OTEC.rut, noche });
  return [...lists.values()].flat();
}

test('is one of the course’s students: held, by name and place, in every count alike; mended, nobody is left of it', async () => {
  world.courses = [
    course([
      student(0, 10),
      unreadable(1, undefined, 'Beto Rojas'),
      unreadable(2, 'pendiente'),
      unreadable(3, undefined),
    ]),
  ];
  await send(world.request());
  const held = { rut: null, estado: 'retenido' };
  expect(await list()).toEqual([
    { rut: rutOf(0).text, nombre: null, sinRut: null, estado: 'sin-confirmar' },
    { ...held, nombre: 'Beto Rojas', sinRut: { escrito: '', lugar: 'avance.csv, fila 3' } },
    { ...held, nombre: null, sinRut: { escrito: 'pendiente', lugar: 'avance.csv, fila 4' } },
    { ...held, nombre: null, sinRut: { escrito: '', lugar: 'avance.csv, fila 5' } },
  ]);
  const { cuenta, cursos } = await overview(world.ledger, { otec: OTEC }, world.time.now);
  expect(cuenta).toEqual(countStudents((await list()).map(({ estado }) => estado)));
  expect(cuenta).toMatchObject({ alumnos: 4, retenidos: 3, loTiene: 1 });
  expect(cursos.map((one) => [one.alumnos, one.cuenta?.alumnos])).toEqual([[4, 4]]);

  world.courses = [course([student(0, 10), student(1, 10), unreadable(3, undefined)])];
  await send(world.request());
  expect((await list()).map(({ rut, estado }) => [rut, estado])).toEqual([
    [rutOf(0).text, 'sin-confirmar'],
    [rutOf(1).text, 'sin-confirmar'],
    [null, 'retenido'],
  ]);
});

test('at night too, and is never told to be missing, whoever of them goes', async () => {
  const source = contractSource(() => world.courses);
  const runner = runnerOf(world, { events: [], defects: [] }, { sources: [source] });
  world.courses = [course([student(0, 10), unreadable(1, undefined), unreadable(2, 'pendiente')])];
  world.time.now = new Date('2026-11-20T22:00:00-03:00');
  await until(world, '2026-11-21T00:20:00-03:00', [runner]);
  expect((await list()).map(({ estado }) => estado)).toEqual(['lo-tiene', 'retenido', 'retenido']);
  world.courses = [course([student(0, 20), unreadable(2, undefined)])];
  world.time.now = new Date('2026-11-21T22:00:00-03:00');
  await until(world, '2026-11-22T00:20:00-03:00', [runner]);
  expect((await list('2026-11-21')).map(({ estado }) => estado)).toEqual(['lo-tiene', 'retenido']);
  const told = await world.ledger.db.selectFrom('dicho').select('causa').execute();
  expect(told.map(({ causa }) => causa)).not.toContain('ausente');
});

test('a person may know it: then it is a known case, and its neighbours are not', async () => {
  world.courses = [course([unreadable(1, undefined), unreadable(28, undefined), unreadable(2, 'pendiente')])];
  await send(world.request());
  const known = async (isOne: (error: Awaited<ReturnType<typeof errors>>[number]) => boolean) => {
    const ids = (await errors(world.ledger)).filter(isOne).map(({ id }) => id);
    expect(ids).not.toEqual([]);
    await markAsKnown(world.ledger, { ids, conocido: true }, world.time.now);
    return (await list()).map(({ estado }) => estado);
  };
  // The text of row 30 begins with that of row 3.
  expect(await known(({ lugar }) => lugar === 'avance.csv, fila 3')).toEqual([
    'conocido',
    'retenido',
    'retenido',
  ]);
  expect(await known(({ rut }) => rut === 'pendiente')).toEqual(['conocido', 'retenido', 'conocido']);
  expect(await known(({ lugar }) => lugar === 'avance.csv, fila 30')).toEqual([
    'conocido',
    'conocido',
    'conocido',
  ]);
});

test('the course’s page tells what is held of whom, by place', async () => {
  world.courses = [course([unreadable(1, undefined, 'Beto Rojas'), unreadable(2, undefined, 'Caro Díaz')])];
  await send(world.request());
  const { curso } = await compareCourse(world.request(), KEY);
  expect(curso?.retenidos).toEqual([]);
  for (const { nombre, lugar, retenidos } of curso?.alumnos ?? []) {
    expect([nombre, retenidos.length > 0]).toEqual([nombre, true]);
    for (const one of retenidos) expect(one.lugar).toContain(lugar);
  }
  expect(curso?.alumnos).toHaveLength(2);
});

test('under the minima, and money at risk, like whoever has nothing at SENCE', async () => {
  world.courses = [
    course([student(0, 90), unreadable(1, undefined, 'Beto Rojas'), unreadable(2, 'pendiente')]),
  ];
  const { db } = world.ledger;
  await send(world.request());
  await saveCierre(db, { rutOtec: OTEC.rut, ...ALL_COURSES }, { minAvance: 75, valor: 100 });
  await saveCierre(db, KEY, { programa: 'franquicia' });
  await db.updateTable('curso').set({ ultimoDia: '2026-11-25' }).execute();
  const { cursos } = await closing(world.ledger, { rutOtec: OTEC.rut }, world.time.now);
  expect(
    cursos.map(({ bajo, enRiesgo }) => [bajo?.map(({ rut, nombre }) => [rut, nombre]), enRiesgo]),
  ).toEqual([
    [
      [
        ['', 'Beto Rojas'],
        ['pendiente', null],
      ],
      { alumnos: 2, pesos: 200 },
    ],
  ]);
});

test('a part that is sent by hand makes nobody of them go', async () => {
  world.courses = [course([student(0, 10), unreadable(1, undefined)])];
  await send(world.request());
  world.courses = [course([student(0, 10)])];
  await send(world.request({ filters: { alumno: rutOf(0).text } }));
  expect((await list()).map(({ estado }) => estado)).toEqual(['sin-confirmar', 'retenido']);
});

test('who is erased is not in it: neither by name, nor by a number without its check digit', async () => {
  const { numero, text } = rutOf(0);
  world.courses = [course([{ ...student(0, 10), name: 'Ana Soto' }, unreadable(1, undefined, 'Ana Soto')])];
  await send(world.request());
  await erasePerson(world.ledger, text, world.time.now);
  expect(JSON.stringify(await list())).not.toContain('Ana Soto');
  world.courses = [course([student(2, 10), unreadable(1, String(numero), 'Ana Soto')])];
  await send(world.request());
  expect((await list()).map(({ rut }) => rut)).toEqual([rutOf(2).text]);
});
