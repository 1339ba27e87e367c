import type { CourseTree, ReadRequest } from '@puente-sic/sources';
import { SourceError } from '@puente-sic/sources';
import {
  course,
  MODULOS,
  OFERTA,
  OTEC,
  openWorld,
  rutOf,
  sourceOf,
  student,
  type World,
} from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  compareCourse,
  ESPERA_INCIERTO_MS,
  envioDetail,
  errors,
  findEnvios,
  markAsKnown,
  nightRunner,
  overview,
  send,
  studentHistory,
} from '../src/index.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const KEY = { rutOtec: OTEC.rut, codigoOferta: OFERTA, codigoGrupo: OFERTA };
const days = (count: number) => {
  world.time.now = new Date(world.time.now.getTime() + count * 24 * 60 * 60_000);
};
const seen = () => overview(world.ledger, { otec: OTEC }, world.time.now);

test('the nights of a course: accepted, in part, nothing, unknown', async () => {
  world.courses = [course([student(0, 10), student(9, 10)], { url: 'https://aula.example/c' })];
  await send(world.request());
  days(2);
  world.courses = [course([student(0, 20)])];
  await send(world.request());
  days(1);
  world.courses = [course([student(0, 30)])];
  world.faults = ['cut-before'];
  await send(world.request());

  const { cursos, open, nochesPerdidas } = await seen();
  expect(open).toBe(true);
  expect(nochesPerdidas).toEqual([]);
  expect(cursos).toMatchObject([
    {
      ...KEY,
      titulo: 'Curso de prueba',
      alumnos: 1,
      ultimoAceptado: new Date('2026-11-25T01:30:00Z'),
      ultima: { noche: '2026-11-25', estado: 'incierto' },
    },
  ]);
  expect(cursos[0]?.noches).toHaveLength(14);
  expect(cursos[0]?.noches.slice(-5)).toEqual([
    { noche: '2026-11-21', estado: 'sin-envio', aceptados: 0, rechazados: 0 },
    { noche: '2026-11-22', estado: 'parcial', aceptados: 2, rechazados: 2 },
    { noche: '2026-11-23', estado: 'sin-envio', aceptados: 0, rechazados: 0 },
    { noche: '2026-11-24', estado: 'aceptado', aceptados: 2, rechazados: 0 },
    { noche: '2026-11-25', estado: 'incierto', aceptados: 0, rechazados: 0 },
  ]);
});

test('a night that the service missed is lost for every course', async () => {
  world.courses = [course([student(0, 10)])];
  const provider = { otec: OTEC, sources: [sourceOf(() => world.courses)] };
  const { ledger, clock, clientFor } = world.request();
  const runner = nightRunner(provider, { ledger, version: 2, clock, clientFor });
  await runner.tick();
  days(2);
  await runner.tick();
  await runner.close(AbortSignal.abort());
  const { cursos, nochesPerdidas } = await seen();
  expect(nochesPerdidas).toMatchObject([{ noche: '2026-11-23', cursos: [] }]);
  expect(cursos[0]?.noches.slice(-3).map(({ estado }) => estado)).toEqual([
    'aceptado',
    'perdida',
    'aceptado',
  ]);
});

test('the night under way, course by course, and a lost one that was made good', async () => {
  world.courses = [course([student(0, 10)])];
  let listed = false;
  const aula = sourceOf(() => world.courses);
  const read: typeof aula.read = async (request) => {
    if (!listed) throw new SourceError('down', 'Moodle no responde.', 'Revise Moodle.');
    return aula.read(request);
  };
  const { ledger, clock, clientFor } = world.request();
  const provider = { otec: OTEC, sources: [{ ...aula, read }] };
  const runner = nightRunner(provider, { ledger, version: 2, clock, clientFor });
  await runner.tick();
  const asked = world.time.now.getTime();
  expect((await seen()).tonight).toEqual({
    noche: '2026-11-22',
    cursos: [
      {
        ...{ curso: 'todos los cursos de «aula»', estado: 'reintento', motivo: 'Moodle no responde.' },
        proximo: new Date(asked + 2 * 60_000),
      },
    ],
  });
  days(1);
  await runner.tick();
  expect((await seen()).nochesPerdidas).toEqual([
    {
      ...{ noche: '2026-11-22', cursos: ['todos los cursos de «aula»'] },
      ...{ motivo: 'Moodle no responde.', recuperada: false },
    },
  ]);

  listed = true;
  world.time.now = new Date(world.time.now.getTime() + 2 * 60_000);
  world.faults = ['cut-during'];
  await runner.tick();
  const [uncertain] = (await seen()).tonight.cursos;
  expect(uncertain).toMatchObject({ curso: 'Curso de prueba', estado: 'incierto' });
  expect(await seen()).toMatchObject({ nochesPerdidas: [{ recuperada: false }] });
  expect(uncertain?.proximo).toEqual(new Date(world.time.now.getTime() + 60_000));
  world.time.now = new Date(world.time.now.getTime() + ESPERA_INCIERTO_MS);
  await runner.tick();
  await runner.close(AbortSignal.abort());
  expect(await seen()).toMatchObject({
    tonight: { cursos: [{ curso: 'Curso de prueba', estado: 'hecho', motivo: null, proximo: null }] },
    nochesPerdidas: [{ recuperada: true }],
  });
});

test('envíos are found by course, night, state, process and code, page by page', async () => {
  world.courses = [course([student(0, 10)])];
  for (let night = 0; night < 5; night += 1) {
    await send(world.request());
    days(1);
  }
  const first = await findEnvios(world.ledger, { limite: 2 });
  const second = await findEnvios(world.ledger, { limite: 2, antes: first.siguiente ?? '' });
  const third = await findEnvios(world.ledger, { limite: 2, antes: second.siguiente ?? '' });
  const pages = [first, second, third].flatMap(({ envios }) => envios.map(({ noche }) => noche));
  expect(pages).toEqual(['2026-11-26', '2026-11-25', '2026-11-24', '2026-11-23', '2026-11-22']);
  expect(third.siguiente).toBeNull();

  const [one] = second.envios;
  if (one === undefined) throw new Error('No envío');
  const found = async (filter: Parameters<typeof findEnvios>[1]) =>
    (await findEnvios(world.ledger, filter)).envios.map(({ codigoEnvio }) => codigoEnvio);
  expect(await found({ buscar: one.codigoEnvio.slice(0, -1).toLowerCase() })).toContain(one.codigoEnvio);
  expect(await found({ buscar: String(one.idProceso) })).toEqual([one.codigoEnvio]);
  expect(await found({ noche: one.noche })).toEqual([one.codigoEnvio]);
  expect(await found({ estado: 'rechazado' })).toEqual([]);
  expect(await found({ codigoGrupo: 'OTRO' })).toEqual([]);
});

test('one envío whole: body without token, answer, records, and what an unknown one waits for', async () => {
  world.courses = [course([student(0, 10), student(9, 10)])];
  const { envios } = await send(world.request());
  const detail = await envioDetail(world.ledger, envios[0]?.codigoEnvio ?? '');
  expect(detail).toMatchObject({ estado: 'parcial', espera: null, titulo: 'Curso de prueba' });
  expect(JSON.stringify(detail)).not.toContain(OTEC.token);
  expect(detail?.registrosEnviados.map(({ resultado }) => resultado)).toEqual([
    'aceptado',
    'aceptado',
    'rechazado',
    'rechazado',
  ]);
  expect(await envioDetail(world.ledger, 'NO-HAY')).toBeNull();

  days(1);
  world.faults = ['cut-before'];
  const cut = await send(world.request());
  const open = await envioDetail(world.ledger, cut.envios[0]?.codigoEnvio ?? '');
  expect(open?.espera?.hasta).toEqual(new Date(world.time.now.getTime() + 20 * 60_000));
});

test('one student over time', async () => {
  world.courses = [course([student(0, 10), student(1, 50)])];
  await send(world.request());
  days(1);
  world.courses = [course([student(0, 25), student(1, 60)])];
  await send(world.request());
  const history = await studentHistory(world.ledger, { ...KEY, rut: rutOf(0).text });
  expect(
    history.enviados.map(({ noche, codigoModulo, porcentajeAvance }) => [
      noche,
      codigoModulo,
      porcentajeAvance,
    ]),
  ).toEqual(
    ['2026-11-22', '2026-11-23'].flatMap((noche, at) =>
      MODULOS.map((codigo) => [noche, codigo, [10, 25][at]]),
    ),
  );
  expect(history.aceptados.map(({ porcentajeAvance }) => porcentajeAvance)).toEqual([25, 25]);
});

test('a course beside what SENCE has: changed, held, gone', async () => {
  world.courses = [course([student(0, 10), student(1, 10), student(2, 10)])];
  await send(world.request());
  world.courses = [course([student(0, 30), student(1, 10), student(3, -1)])];
  const before = await findEnvios(world.ledger, {});
  const { curso } = await compareCourse(world.request(), KEY);
  expect(curso?.prevision).toEqual({
    ...{ alumnos: 1, registros: 2, cambiados: 2, retenidos: 2, llamadas: 1, yaEnviados: 2 },
  });
  const byRut = new Map(curso?.alumnos.map((alumno) => [alumno.rut, alumno]));
  expect(byRut.get(rutOf(0).text)?.modulos[0]).toMatchObject({
    ahora: { porcentajeAvance: 30 },
    aceptado: { porcentajeAvance: 10 },
    cambia: true,
    seEnvia: true,
  });
  expect(byRut.get(rutOf(1).text)?.modulos[0]).toMatchObject({ cambia: false, seEnvia: false });
  expect(byRut.get(rutOf(2).text)).toMatchObject({ enLaFuente: false, ahora: null });
  expect(byRut.get(rutOf(3).text)).toMatchObject({ modulos: [{ seEnvia: false }, { seEnvia: false }] });
  expect(byRut.get(rutOf(3).text)?.retenidos.length).toBeGreaterThan(0);
  expect(await findEnvios(world.ledger, {})).toEqual(before);
  expect((await compareCourse(world.request(), { ...KEY, codigoGrupo: 'OTRO' })).curso).toBeNull();
});

test('a course is sought where it came from, and elsewhere only once it is not there any more', async () => {
  const read: string[] = [];
  let moved: CourseTree[] = [];
  const sources = [sourceOf(() => world.courses), sourceOf(() => moved, 'otra')].map((source) => ({
    ...source,
    read: (asked: ReadRequest) => {
      read.push(source.name);
      return source.read(asked);
    },
  }));
  world.courses = [course([student(0, 10)])];
  await send(world.request({ sources }));
  const compared = async () => {
    read.length = 0;
    return (await compareCourse(world.request({ sources }), KEY)).curso?.fuente;
  };
  expect(await compared()).toBe('aula');
  expect(read).toEqual(['aula']);
  [moved, world.courses] = [world.courses, []];
  expect(await compared()).toBe('otra');
  expect(read).toContain('otra');
});

test('a course with its modules and what was written of it by hand; null where there is nothing', async () => {
  const activity = { name: 'Prueba', type: 'cuestionario', required: true, synchronous: false };
  world.courses = [course([student(0, 10)])];
  expect((await compareCourse(world.request(), KEY)).curso).toMatchObject({
    ...{ mapeo: null, modulos: null, reglas: { lectura: null } },
  });
  const modules = [{ codigoModulo: MODULOS[0] ?? '', title: 'Unidad 1', activities: [activity] }];
  const judging = { avanceAprobacion: 99, notaAprobacion: 59, minutosEntreClics: 45, exigencia: 60 };
  world.courses = [course([student(0, 10)], { modules, judging })];
  const config = { fuente: 'aula', otec: OTEC.rut, curso: OFERTA, modulos: { 'Unidad 1': MODULOS[0] ?? '' } };
  const { curso } = await compareCourse(world.request({ cursos: [config] }), KEY);
  expect(curso?.reglas.lectura).toEqual(judging);
  expect(curso?.mapeo).toEqual({
    ...{ curso: OFERTA, codigoOferta: null, codigoGrupo: null, grupo: null },
    modulos: { 'Unidad 1': MODULOS[0] },
  });
  expect(curso?.modulos).toEqual([
    {
      codigoModulo: MODULOS[0],
      titulo: 'Unidad 1',
      actividades: [{ nombre: 'Prueba', tipo: 'cuestionario', exigida: true, sincronica: false }],
    },
  ]);
});

test('an error keeps its mark and its link until it closes', async () => {
  const place = { text: 'Moodle, perfil', url: 'https://aula.example/user/9' };
  world.courses = [
    course([
      { ...student(9, 10), place },
      { ...student(1, -5), place },
    ]),
  ];
  await send(world.request());
  const open = await errors(world.ledger);
  expect(new Set(open.map(({ url }) => url))).toEqual(new Set([place.url]));
  const [first] = open;
  if (first === undefined) throw new Error('No error');
  expect(await markAsKnown(world.ledger, { ids: [first.id], conocido: true }, world.time.now)).toBe(1);
  expect(await markAsKnown(world.ledger, { ids: [first.id], conocido: true }, world.time.now)).toBe(0);
  const marked = world.time.now;
  days(1);
  await send(world.request());
  expect((await errors(world.ledger)).find(({ id }) => id === first.id)?.conocido).toEqual(marked);
  expect(await markAsKnown(world.ledger, { ids: [first.id], conocido: false }, world.time.now)).toBe(1);
  expect((await errors(world.ledger)).find(({ id }) => id === first.id)?.conocido).toBeNull();
});

test('a send of some students of one group', async () => {
  world.courses = [course([student(0, 10), student(1, 10), student(2, 10)])];
  const some = { curso: OFERTA, grupo: OFERTA, alumno: [rutOf(0).text, rutOf(2).text] };
  expect((await send(world.request({ filters: some }))).envios).toMatchObject([{ aceptados: 4 }]);
  const other = await send(world.request({ filters: { ...some, grupo: 'OTRO' } }));
  expect(other).toMatchObject({ envios: [], fallas: [{ tipo: 'mal' }] });
});

test('what was sent by day is told until the window begins, with how many the night still has to send', async () => {
  world.time.now = new Date('2026-11-23T18:39:00-03:00');
  const beside = course([student(1, 10)], { id: 'B', codigoGrupo: 'B' });
  // Of the three, SENCE does not know the last one.
  world.courses = [course([student(0, 10), student(1, 10), student(9, 10)]), beside];
  await send(world.request({ filters: { curso: OFERTA, grupo: OFERTA } }));
  const told = async () =>
    (await seen()).cursos.map(({ codigoGrupo, enviadoHoy }) => [codigoGrupo, enviadoHoy]);
  expect(await told()).toEqual([[OFERTA, { cuando: world.time.now, faltan: 1 }]]);
  // What was refused and is accepted later today is missing no more; who was enrolled since is.
  const first = world.time.now;
  world.time.now = new Date('2026-11-23T19:10:00-03:00');
  world.courses = [course([student(0, 10), student(1, 20), student(2, 10), student(9, 10)]), beside];
  await send(world.request({ filters: { curso: OFERTA, grupo: OFERTA, alumno: [rutOf(0).text] } }));
  expect(await told()).toEqual([[OFERTA, { cuando: first, faltan: 2 }]]);
  await send(world.request());
  const now = { cuando: world.time.now, faltan: 1 };
  expect(await told()).toEqual([
    ['B', now],
    [OFERTA, now],
  ]);

  world.time.now = new Date('2026-11-23T22:00:00-03:00');
  expect((await told()).map(([, hoy]) => hoy)).toEqual([null, null]);
  world.time.now = new Date('2026-11-24T09:00:00-03:00');
  expect((await told()).map(([, hoy]) => hoy)).toEqual([null, null]);
});
