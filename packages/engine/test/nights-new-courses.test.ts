import type { CourseTree } from '@puente-sic/sources';
import { course, OTEC, openWorld, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type CursoConfig,
  decide,
  findEnvios,
  type NightRunner,
  preview,
  send,
  undoDecision,
  unreportedCourses,
} from '../src/index.ts';
import { dichosOf } from '../src/ledger/dichos.ts';
import { nocheRows } from '../src/ledger/noches.ts';
import { contractSource, runnerOf, type Told, until } from './support/nights.ts';

let world: World;
let told: Told;
let aula: ReturnType<typeof contractSource>;
beforeEach(async () => {
  world = await openWorld(12);
  told = { events: [], defects: [] };
  aula = contractSource(() => world.courses);
  world.time.now = new Date('2026-11-20T12:00:00-03:00');
});
afterEach(() => world.close());

const group = (codigoGrupo: string, more: Partial<CourseTree> = {}) =>
  course([student(0, 10), student(1, 20)], {
    ...{ id: codigoGrupo, codigoGrupo, title: `Curso ${codigoGrupo}` },
    ...more,
  });
const key = (codigoGrupo: string) => ({
  ...{ rutOtec: OTEC.rut, codigoOferta: String(group('A').codigoOferta), codigoGrupo },
});
const config = (curso: string): CursoConfig => ({ fuente: 'aula', otec: OTEC.rut, curso });
const service = (cursos?: string[]): NightRunner =>
  runnerOf(world, told, { sources: [aula], ...(cursos && { cursos: cursos.map(config) }) });
const night = (noche: string, runner: NightRunner) => {
  const start = new Date(`${noche}T22:00:00-03:00`);
  if (world.time.now < start) world.time.now = start;
  return until(world, new Date(start.getTime() + 2.5 * 3_600_000), [runner], 1);
};
const say = (tipo: 'informar' | 'no-informar', codigoGrupo: string) =>
  decide(
    world.ledger,
    { ...key(codigoGrupo), rut: null, codigoModulo: null, tipo, quien: 'Rosa' },
    world.time.now,
  );
const causes = async (noche: string) =>
  (await dichosOf(world.ledger.db, OTEC.rut, noche)).map(({ titulo, causa, gravedad }) => [
    titulo,
    causa,
    gravedad,
  ]);
/** The groups that a night sent, from the ledger. */
const sent = async (noche: string) => {
  const { envios } = await findEnvios(world.ledger, {});
  const groups = envios.filter((envio) => envio.noche === noche).map(({ codigoGrupo }) => codigoGrupo);
  return [...new Set(groups)].sort();
};
const planned = async (noche: string) =>
  (await nocheRows(world.ledger.db, OTEC.rut, noche))
    .map(({ curso }) => curso)
    .filter((curso) => curso !== '*')
    .sort();
const shown = async () =>
  (await unreportedCourses(world.ledger, OTEC.rut)).map(({ titulo, estado, alumnos }) => [
    titulo,
    estado,
    alumnos,
  ]);

test('without «cursos» a new course is sent, and its first night is told once; of the very first night nothing is', async () => {
  world.courses = [group('A')];
  const runner = service();
  await night('2026-11-20', runner);
  expect(await causes('2026-11-20')).toEqual([]);
  world.courses = [group('A'), group('B')];
  await night('2026-11-21', runner);
  expect(await sent('2026-11-21')).toEqual(['A', 'B']);
  expect(await dichosOf(world.ledger.db, OTEC.rut, '2026-11-21')).toMatchObject([
    {
      ...{ titulo: 'Curso B', causa: 'primera-noche', gravedad: 'gris', codigoGrupo: 'B' },
      mensaje: 'Curso nuevo en «aula»: esta es su primera noche, con 2 alumnos.',
    },
  ]);
  await night('2026-11-22', runner);
  expect(await causes('2026-11-22')).toEqual([]);
  expect(await shown()).toEqual([]);
});

test('with «cursos» what was there when they were chosen is counted once, and what comes later waits for a word', async () => {
  world.courses = [group('A'), group('B')];
  const runner = service(['A']);
  await night('2026-11-20', runner);
  expect(await dichosOf(world.ledger.db, OTEC.rut, '2026-11-20')).toMatchObject([
    { gravedad: 'gris', mensaje: '«aula» trae además 1 curso que no está entre los que se informan.' },
  ]);
  expect(await shown()).toEqual([['Curso B', 'no-se-informa', 2]]);

  world.courses = [group('A'), group('B'), group('C')];
  await night('2026-11-21', runner);
  expect(await causes('2026-11-21')).toEqual([['Curso C', 'curso-nuevo', 'amarillo']]);
  expect(await sent('2026-11-21')).toEqual(['A']);
  expect(await shown()).toEqual([
    ['Curso B', 'no-se-informa', 2],
    ['Curso C', 'nuevo', 2],
  ]);
  // It goes on being told until somebody answers.
  await night('2026-11-22', runner);
  expect(await causes('2026-11-22')).toEqual([['Curso C', 'curso-nuevo', 'amarillo']]);
});

test('«Informarlo» counts from the next plan on and tells its first night; undone before it, nothing is sent', async () => {
  world.courses = [group('A')];
  const runner = service(['A']);
  await night('2026-11-20', runner);
  world.courses = [group('A'), group('C')];
  await night('2026-11-21', runner);

  const { id } = await say('informar', 'C');
  expect(await shown()).toEqual([['Curso C', 'elegido', 2]]);
  await undoDecision(world.ledger, { id, quien: 'Rosa' }, world.time.now);
  expect(await shown()).toEqual([['Curso C', 'nuevo', 2]]);
  await night('2026-11-22', runner);
  expect(await sent('2026-11-22')).toEqual(['A']);

  await say('informar', 'C');
  await night('2026-11-23', runner);
  expect(await sent('2026-11-23')).toEqual(['A', 'C']);
  expect(await causes('2026-11-23')).toEqual([['Curso C', 'primera-noche', 'gris']]);
  expect(await shown()).toEqual([]);
  // By day too, by whoever sends all.
  const { cursos } = await preview({ ...world.request(), sources: [aula], cursos: [config('A')] });
  expect(cursos.map(({ codigoGrupo }) => codigoGrupo).sort()).toEqual(['A', 'C']);
});

test('«No informarlo» is silent from then on, and the contrary word takes its place', async () => {
  world.courses = [group('A')];
  const runner = service(['A']);
  await night('2026-11-20', runner);
  world.courses = [group('A'), group('C')];
  await night('2026-11-21', runner);
  await say('no-informar', 'C');
  await night('2026-11-22', runner);
  expect(await causes('2026-11-22')).toEqual([]);
  expect(await shown()).toEqual([['Curso C', 'no-se-informa', 2]]);
  await say('informar', 'C');
  await night('2026-11-23', runner);
  expect(await sent('2026-11-23')).toEqual(['A', 'C']);
});

test('without «cursos», once a person has chosen, a new course waits; those reported before go on', async () => {
  world.courses = [group('A'), group('B')];
  const runner = service();
  await night('2026-11-20', runner);
  const { id } = await say('no-informar', 'B');
  world.courses = [group('A'), group('B'), group('C')];
  await night('2026-11-21', runner);
  expect(await sent('2026-11-21')).toEqual(['A']);
  // What nobody has said of is no course of the night: «llegaron los 2 cursos» would count it.
  expect(await planned('2026-11-21')).toEqual(['A', 'B']);
  expect(await causes('2026-11-21')).toEqual([
    ['Curso C', 'curso-nuevo', 'amarillo'],
    ['Curso B', 'no-se-pide', 'gris'],
  ]);
  // Nor does a person's send of everything take it along, and it says so; one that names it does.
  const request = { ...world.request(), sources: [aula] };
  const all = await send(request);
  expect(all.envios.map(({ codigoGrupo }) => codigoGrupo)).not.toContain('C');
  expect(all.hallazgos.map(({ mensaje }) => mensaje)).toContain(
    '«Curso C» es un curso nuevo y todavía no se informa: nadie ha dicho si se informa.',
  );

  // Undone: all as before the first choice.
  await undoDecision(world.ledger, { id, quien: 'Rosa' }, world.time.now);
  await night('2026-11-22', runner);
  expect(await sent('2026-11-22')).toEqual(['A', 'B', 'C']);
});

test('a choice before the first night makes no course wait: none is newer than another', async () => {
  world.courses = [group('A'), group('B')];
  await say('no-informar', 'B');
  await night('2026-11-20', service());
  expect(await sent('2026-11-20')).toEqual(['A']);
  expect(await causes('2026-11-20')).not.toContainEqual(expect.arrayContaining(['curso-nuevo']));
});

test('a course that was over before puente: told once, no night sends it; sent by day it is gone from the list', async () => {
  const days = { fechaInicio: '2026-09-01', fechaFin: '2026-10-30' };
  world.courses = [group('A'), group('Z', days)];
  const runner = service();
  await night('2026-11-20', runner);
  expect(await sent('2026-11-20')).toEqual(['A']);
  expect(await dichosOf(world.ledger.db, OTEC.rut, '2026-11-20')).toMatchObject([
    {
      ...{ titulo: 'Curso Z', causa: 'curso-terminado' },
      mensaje: 'Terminó el 30-10-2026 y Puente no ha informado nada de este curso. De noche no sale.',
    },
  ]);
  expect(await unreportedCourses(world.ledger, OTEC.rut)).toMatchObject([
    { titulo: 'Curso Z', estado: 'terminado', primerDia: '2026-09-01', ultimoDia: '2026-10-30' },
  ]);
  const { codigoOferta, codigoGrupo } = key('Z');
  await send({ ...world.request(), sources: [aula], filters: { curso: codigoOferta, grupo: codigoGrupo } });
  expect(await shown()).toEqual([]);
  // Past midnight, the send by day was already of the 21st.
  await night('2026-11-22', runner);
  expect(await causes('2026-11-22')).toEqual([]);
  expect(await sent('2026-11-22')).toEqual(['A']);
});

test('what a person took out of puente.yaml is no news', async () => {
  world.courses = [group('A'), group('B')];
  await night('2026-11-20', service(['A', 'B']));
  await night('2026-11-21', service(['A']));
  expect(await causes('2026-11-21')).not.toContainEqual(expect.arrayContaining(['curso-nuevo', 'amarillo']));
  expect(await shown()).toEqual([['Curso B', 'no-se-informa', 2]]);
});

test('only a whole course is said to be reported', async () => {
  const one = { ...key('A'), rut: '11111111-1', codigoModulo: null, quien: 'Rosa' };
  await expect(decide(world.ledger, { ...one, tipo: 'informar' }, world.time.now)).rejects.toThrow(
    'Se informa un curso entero',
  );
});
