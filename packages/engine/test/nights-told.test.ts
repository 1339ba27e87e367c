import type { CourseTree, NotGivenCause } from '@puente-sic/sources';
import { course, OFERTA, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type CursoConfig,
  decide,
  findEnvios,
  healthOf,
  type NightRunner,
  undoDecision,
} from '../src/index.ts';
import { dichosOf } from '../src/ledger/dichos.ts';
import { nocheRows } from '../src/ledger/noches.ts';
import { contractSource, runnerOf, type Told, until } from './support/nights.ts';

let world: World;
let told: Told;
/** Courses that the source cannot give, and why. */
let causes: Map<string, NotGivenCause>;
let aula: ReturnType<typeof contractSource>;
beforeEach(async () => {
  world = await openWorld(12);
  told = { events: [], defects: [] };
  causes = new Map();
  aula = contractSource(() => world.courses, { causes: () => causes });
  at('2026-11-20T12:00:00-03:00');
});
afterEach(() => world.close());

const at = (instant: string) => {
  world.time.now = new Date(instant);
};
const group = (codigoGrupo: string, more: Partial<CourseTree> = {}) =>
  course([student(0, 10)], { id: codigoGrupo, codigoGrupo, title: `Curso ${codigoGrupo}`, ...more });
const config = (curso: string): CursoConfig => ({ fuente: 'aula', otec: OTEC.rut, curso });
const service = (cursos?: string[]): NightRunner =>
  runnerOf(world, told, { sources: [aula], ...(cursos && { cursos: cursos.map(config) }) });
const rows = async (noche: string) =>
  Object.fromEntries(
    (await nocheRows(world.ledger.db, OTEC.rut, noche)).map(({ curso, estado, causa }) => [
      curso,
      [estado, causa],
    ]),
  );
const dichos = async (noche: string) => dichosOf(world.ledger.db, OTEC.rut, noche);
const health = async () => (await healthOf(world.ledger, [{ rutOtec: OTEC.rut }], world.time.now)).estado;
const nightOver = (noche: string, runner: NightRunner) => {
  const start = new Date(`${noche}T22:00:00-03:00`);
  if (world.time.now < start) world.time.now = start;
  return until(world, new Date(start.getTime() + 2.5 * 3_600_000), [runner], 1);
};

test.each<NotGivenCause>(['missing', 'group-missing', 'unreadable', 'no-codes', 'withheld', 'down'])(
  'a course of puente.yaml that its source does not give (%s): retried a few times, lost, told; the other goes',
  async (cause) => {
    world.courses = [group('A'), group('B')];
    causes.set('B', cause);
    await nightOver('2026-11-20', service(['A', 'B']));
    expect(await rows('2026-11-20')).toEqual({ A: ['hecha', null], B: ['perdida', 'no-entregado'] });
    expect(told.events).toContainEqual(
      expect.objectContaining({ kind: 'lost', cursos: ['B'], motivo: 'El curso «B» no se puede leer.' }),
    );
    expect(await dichos('2026-11-20')).toMatchObject([
      { curso: 'B', causa: 'no-entregado', gravedad: 'rojo', queHacer: 'Revise el archivo.' },
    ]);
    expect(await health()).toBe('mal');
    expect(aula.reads).toEqual([['A', 'B'], ['B'], ['B'], ['B'], ['B'], ['B']]);
  },
);

test('a course that comes back within the window is sent, and nothing stays red', async () => {
  world.courses = [group('A'), group('B')];
  causes.set('B', 'unreadable');
  const runner = service(['A', 'B']);
  at('2026-11-20T22:00:00-03:00');
  await until(world, '2026-11-20T23:20:00-03:00', [runner], 1);
  causes.clear();
  await nightOver('2026-11-20', runner);
  expect(await rows('2026-11-20')).toEqual({ A: ['hecha', null], B: ['hecha', null] });
  expect(await dichos('2026-11-20')).toEqual([]);
  expect(await health()).toBe('bien');
});

test('a course that was sent last night and that its source lists no more is asked for, until its last day is past', async () => {
  const until22 = { fechaFin: '2026-11-22' };
  world.courses = [group('A'), group('B', until22)];
  const runner = service();
  await nightOver('2026-11-20', runner);
  world.courses = [group('A')];
  await nightOver('2026-11-21', runner);
  expect((await rows('2026-11-21')).B).toEqual(['perdida', 'no-entregado']);
  const codes = { codigoOferta: group('B').codigoOferta, codigoGrupo: 'B', titulo: 'Curso B' };
  expect(await dichos('2026-11-21')).toMatchObject([{ curso: 'B', gravedad: 'rojo', ...codes }]);
  expect((await dichos('2026-11-21'))[0]?.mensaje).toMatch(
    '«Curso B», que se leyó por última vez la noche del 20-11-2026',
  );

  // With the grace of a week, the last night on which it is asked for is the 29th.
  at('2026-11-30T12:00:00-03:00');
  await nightOver('2026-11-30', runner);
  expect((await rows('2026-11-30')).B).toEqual(['hecha', null]);
  expect(await dichos('2026-11-30')).toMatchObject([{ curso: 'B', causa: 'no-se-pide', gravedad: 'gris' }]);
  expect(await health()).toBe('bien');
  await nightOver('2026-12-01', runner);
  expect(await dichos('2026-12-01')).toEqual([]);
});

test('a course that a person took out of puente.yaml is told once, in grey', async () => {
  world.courses = [group('A'), group('B')];
  await nightOver('2026-11-20', service(['A', 'B']));
  const runner = service(['A']);
  await nightOver('2026-11-21', runner);
  expect(await rows('2026-11-21')).toEqual({ A: ['hecha', null] });
  expect(await dichos('2026-11-21')).toMatchObject([{ curso: 'B', causa: 'no-se-pide', gravedad: 'gris' }]);
  await nightOver('2026-11-22', runner);
  expect(await dichos('2026-11-22')).toEqual([]);
});

test('a source that a person took out, where all its courses were sent: each of them told once, in grey', async () => {
  world.courses = [group('A'), group('B')];
  const other = contractSource(() => [group('C')], { name: 'otra' });
  await nightOver('2026-11-20', runnerOf(world, told, { sources: [aula, other] }));
  expect(Object.keys(await rows('2026-11-20')).sort()).toEqual(['*', 'A', 'B', 'C']);
  const runner = runnerOf(world, told, { sources: [aula] });
  await nightOver('2026-11-21', runner);
  expect(await dichos('2026-11-21')).toMatchObject([
    { fuente: 'otra', curso: 'C', causa: 'no-se-pide', gravedad: 'gris' },
  ]);
  expect(await health()).toBe('bien');
  await nightOver('2026-11-22', runner);
  expect(await dichos('2026-11-22')).toEqual([]);
});

test('a course that a person decided not to report: told once, in grey; undone, it is sent again', async () => {
  world.courses = [group('A'), group('B')];
  const runner = service(['A', 'B']);
  await nightOver('2026-11-20', runner);
  const { codigoOferta } = group('B');
  const about = { rutOtec: OTEC.rut, codigoOferta, codigoGrupo: 'B', rut: null, codigoModulo: null };
  const { id } = await decide(world.ledger, { ...about, tipo: 'no-informar', quien: 'Rosa' }, world.time.now);
  // Whether its source still has it makes no difference.
  await nightOver('2026-11-21', runner);
  expect(await rows('2026-11-21')).toEqual({ A: ['hecha', null], B: ['hecha', null] });
  expect(await dichos('2026-11-21')).toMatchObject([
    {
      curso: 'B',
      codigoGrupo: 'B',
      causa: 'no-se-pide',
      gravedad: 'gris',
      mensaje: expect.stringMatching(/decidió no informarlo/),
    },
  ]);
  world.courses = [group('A')];
  await nightOver('2026-11-22', runner);
  expect(await rows('2026-11-22')).toEqual({ A: ['hecha', null], B: ['hecha', null] });
  expect([await dichos('2026-11-22'), await health()]).toEqual([[], 'bien']);
  const sent = async () => (await findEnvios(world.ledger, { codigoGrupo: 'B' })).envios.length;
  expect(await sent()).toBe(1);

  await undoDecision(world.ledger, { id, quien: 'Rosa' }, world.time.now);
  await nightOver('2026-11-23', runner);
  expect((await rows('2026-11-23')).B).toEqual(['perdida', 'no-entregado']);
  world.courses = [group('A'), group('B')];
  await nightOver('2026-11-24', runner);
  expect((await rows('2026-11-24')).B).toEqual(['hecha', null]);
  expect(await sent()).toBe(2);
});

test('a course that had students last night and has none is not done', async () => {
  world.courses = [group('A')];
  const runner = service(['A']);
  await nightOver('2026-11-20', runner);
  world.courses = [group('A', { students: [] })];
  await nightOver('2026-11-21', runner);
  expect(await rows('2026-11-21')).toEqual({ A: ['perdida', 'sin-alumnos'] });
  const [first] = await dichos('2026-11-21');
  expect(first?.mensaje).toBe('El curso «Curso A» no tiene ningún alumno en «aula»; la última vez tenía 1.');
  expect(first).toMatchObject({ codigoGrupo: 'A', titulo: 'Curso A' });
});

test('one group is given and the other is not: the first goes, the course is not done', async () => {
  world.courses = [group('A')];
  const own = contractSource(() => world.courses);
  const half = {
    ...own,
    read: async (request: Parameters<typeof own.read>[0]) => {
      const { courses } = await own.read(request);
      const { notGiven } = await own.read({
        ...request,
        courses: [{ curso: 'A', grupo: 'otro' }, { curso: 'X' }],
      });
      const [missing] = notGiven;
      if (missing === undefined) throw new Error('X is not there');
      return { courses, notGiven: [{ ...missing, curso: 'A' }], findings: [] };
    },
  };
  const both = [config('A'), { ...config('A'), grupo: 'otro' }];
  await nightOver('2026-11-20', runnerOf(world, told, { sources: [half], cursos: both }));
  expect(await rows('2026-11-20')).toEqual({ A: ['perdida', 'no-entregado'] });
  expect((await world.client.history()).processes).toHaveLength(1);
});

test('what a source finds at night is kept with it', async () => {
  const finding = {
    code: null,
    path: '',
    scope: 'call' as const,
    severity: 'warning' as const,
    message: 'El registro tiene 3 días.',
    fix: 'Revise el cron.',
  };
  world.courses = [group('A', { findings: [finding] })];
  const source = {
    ...aula,
    read: async () => ({ courses: world.courses, notGiven: [], findings: [finding] }),
  };
  await nightOver('2026-11-20', runnerOf(world, told, { sources: [source] }));
  expect(await dichos('2026-11-20')).toMatchObject([
    { curso: '*', causa: 'hallazgo', gravedad: 'amarillo', mensaje: 'El registro tiene 3 días.' },
    { curso: 'A', titulo: 'Curso A', causa: 'hallazgo', queHacer: 'Revise el cron.' },
  ]);
  expect(await health()).toBe('bien');
});

test('students who are gone are told by name, once; again only after they came back', async () => {
  const named = (index: number) => ({ ...student(index, 10), name: `Persona ${index}` });
  const with4 = () => course([0, 1, 2, 3].map(named));
  const without = () => course([0, 1, 2].map(named));
  world.courses = [with4()];
  const runner = service([OFERTA]);
  const absent = async (noche: string) => {
    await nightOver(noche, runner);
    return (await dichos(noche)).map(({ rut, nombre, causa }) => [rut, nombre, causa]);
  };
  expect(await absent('2026-11-20')).toEqual([]);
  world.courses = [without()];
  expect(await absent('2026-11-21')).toEqual([[rutOf(3).text, 'Persona 3', 'ausente']]);
  expect(await rows('2026-11-21')).toEqual({ [OFERTA]: ['hecha', null] });
  expect(await health()).toBe('bien');
  expect(await absent('2026-11-22')).toEqual([]);
  world.courses = [with4()];
  expect(await absent('2026-11-23')).toEqual([]);
  world.courses = [without()];
  expect(await absent('2026-11-24')).toEqual([[rutOf(3).text, 'Persona 3', 'ausente']]);
  expect((await world.client.history()).processes).toHaveLength(5);
});

test('a module that is gone is told once: by name where one student lost it, red where all did', async () => {
  const named = (index: number, modulos?: number) => {
    const whole = { ...student(index, 10), name: `Persona ${index}` };
    const listaModulos = (whole.alumno.listaModulos ?? []).slice(0, modulos);
    return { ...whole, alumno: { ...whole.alumno, listaModulos } };
  };
  const told = async (noche: string, runner: ReturnType<typeof service>) => {
    await nightOver(noche, runner);
    return (await dichos(noche)).map(({ rut, nombre, causa, gravedad }) => [rut, nombre, causa, gravedad]);
  };
  world.courses = [course([named(0), named(1), named(2)])];
  const runner = service([OFERTA]);
  expect(await told('2026-11-20', runner)).toEqual([]);
  world.courses = [course([named(0), named(1), named(2, 1)])];
  const one = [rutOf(2).text, 'Persona 2', 'modulo-ausente', 'amarillo'];
  expect(await told('2026-11-21', runner)).toEqual([one]);
  expect(await health()).toBe('bien');
  expect(await told('2026-11-22', runner)).toEqual([]);

  world.courses = [course([named(0, 1), named(1, 1), named(2, 1)])];
  expect(await told('2026-11-23', runner)).toEqual([[null, null, 'modulo-ausente', 'rojo']]);
  expect(await health()).toBe('mal');
  expect(await told('2026-11-24', runner)).toEqual([]);
});

test('who changed group is told so, and whose enrolment has ended is not missing', async () => {
  const ended = student(2, 10, { fechaFin: '2026-11-20' });
  const groups = (first: number[], second: number[]) => [
    course([...first.map((index) => student(index, 10)), ...(first.includes(1) ? [ended] : [])]),
    group('G2', { students: second.map((index) => student(index, 10)) }),
  ];
  world.courses = groups([0, 1], [4]);
  const runner = service();
  await nightOver('2026-11-20', runner);
  world.courses = groups([0], [4, 1]);
  await nightOver('2026-11-21', runner);
  const found = await dichos('2026-11-21');
  expect(found.map(({ rut }) => rut)).toEqual([rutOf(1).text]);
  expect(found[0]?.mensaje).toBe('Cambió de grupo: ahora está en el grupo G2.');
});

test('more than 30 % and at least three missing: the course is red, and who is there goes', async () => {
  const of = (count: number) => [course(Array.from({ length: count }, (_, index) => student(index, 10)))];
  world.courses = of(10);
  const runner = service([OFERTA]);
  await nightOver('2026-11-20', runner);
  world.courses = of(7);
  await nightOver('2026-11-21', runner);
  expect((await dichos('2026-11-21')).map(({ causa }) => causa)).toEqual(['ausente', 'ausente', 'ausente']);
  expect(await health()).toBe('bien');

  world.courses = of(4);
  await nightOver('2026-11-22', runner);
  const [first, ...rest] = await dichos('2026-11-22');
  expect(first).toMatchObject({ causa: 'muchos-ausentes', gravedad: 'rojo' });
  expect(first?.mensaje).toBe('Faltan 3 de los 7 alumnos que tenía el curso. Se informó a los que están.');
  expect(rest).toHaveLength(3);
  expect(await rows('2026-11-22')).toEqual({ [OFERTA]: ['hecha', null] });
  expect(await health()).toBe('mal');
});
