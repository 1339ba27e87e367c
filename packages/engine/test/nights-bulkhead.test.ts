import type { CourseTree, Source } from '@puente-sic/sources';
import { course, OFERTA, OTEC, openWorld, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type CursoConfig, healthOf, nightRunner, type Provider, serve } from '../src/index.ts';
import { nocheRows } from '../src/ledger/noches.ts';
import { readingRoom } from '../src/serve/room.ts';
import { contractSource, runnerOf, type Told, until } from './support/nights.ts';

let world: World;
let told: Told;
let aula: ReturnType<typeof contractSource>;
beforeEach(async () => {
  world = await openWorld(3);
  told = { events: [], defects: [] };
  aula = contractSource(() => world.courses);
  at('2026-11-20T21:50:00-03:00');
});
afterEach(() => world.close());

const at = (instant: string) => {
  world.time.now = new Date(instant);
};
const NOCHE = '2026-11-20';
const OVER = '2026-11-21T00:10:00-03:00';
const states = async (rutOtec = OTEC.rut) => {
  const rows = await nocheRows(world.ledger.db, rutOtec, NOCHE);
  return Object.fromEntries(rows.map(({ curso, estado, causa }) => [curso, `${estado} ${causa}`]));
};
const config = (curso: string): CursoConfig => ({ fuente: 'aula', otec: OTEC.rut, curso });
const good = (id: string) => course([student(0, 10)], { id, codigoGrupo: id === 'A' ? OFERTA : id });

/** A course at which code breaks that takes its source for well made. */
function poisoned(id: string, part: 'codigoOferta' | 'students' | 'title'): CourseTree {
  return Object.defineProperty(good(id), part, {
    enumerable: true,
    get: () => {
      throw new TypeError('Cannot read properties of undefined');
    },
  });
}

test.each(['codigoOferta', 'students', 'title'] as const)(
  'a course at whose %s the code breaks is told, tried again and lost; the other is sent',
  async (part) => {
    world.courses = [poisoned('B', part), good('A')];
    const cursos = ['B', 'A'].map(config);
    await until(world, OVER, [runnerOf(world, told, { sources: [aula], cursos })]);
    expect(await states()).toEqual({ A: 'hecha null', B: 'perdida defecto' });
    expect(told.defects[0]?.error).toBeInstanceOf(TypeError);
    expect(told.defects.length).toBeLessThan(20);
    const rows = await nocheRows(world.ledger.db, OTEC.rut, NOCHE);
    const motivo = rows.find(({ curso }) => curso === 'B')?.motivo;
    expect(motivo).toMatch(/^Puente tuvo un error propio/);
    expect(motivo).not.toMatch(/TypeError|undefined/);
  },
);

test('the same where nothing names the courses', async () => {
  world.courses = [good('A'), poisoned('B', 'students')];
  await until(world, OVER, [runnerOf(world, told, { sources: [aula] })]);
  expect(await states()).toEqual({ '*': 'hecha null', A: 'hecha null', B: 'perdida defecto' });
});

test('a driver that breaks at one course: each is read by itself, and the others are sent', async () => {
  world.courses = [good('A'), good('B')];
  const read: Source['read'] = async (request) => {
    if (request.courses === undefined || request.courses.some(({ curso }) => curso === 'B')) {
      throw new TypeError('x.map is not a function');
    }
    return aula.read(request);
  };
  const listCourses = async () => world.courses.map(({ id, name, title }) => ({ id, name, title }));
  await until(world, OVER, [runnerOf(world, told, { sources: [{ ...aula, read, listCourses }] })]);
  expect(await states()).toEqual({ '*': 'hecha null', A: 'hecha null', B: 'perdida defecto' });
});

test('settings that no client can be made of: told as the course’s trouble, with growing pauses', async () => {
  await world.begun();
  world.courses = [good('A')];
  let made = 0;
  const clientFor = () => {
    made += 1;
    throw new TypeError('Invalid URL');
  };
  const { ledger, version, clock } = world.request();
  const onDefect = (defect: Told['defects'][number]) => void told.defects.push(defect);
  const runner = nightRunner(
    { otec: OTEC, sources: [aula] },
    { ledger, version, clock, clientFor, onDefect },
  );
  await until(world, OVER, [runner], 1);
  expect(await states()).toEqual({ '*': 'hecha null', A: 'perdida defecto' });
  expect(made).toBeLessThan(15);
  expect(aula.reads).toHaveLength(1);
});

test('a ledger that cannot be used for a while holds up nothing: the service goes on, tells it, and sends', async () => {
  at('2026-11-20T22:30:00-03:00');
  world.courses = [good('A')];
  const { ledger, version, clock, clientFor, sources } = world.request();
  const stop = new AbortController();
  const events: string[] = [];
  const sana: Provider = { otec: OTEC, sources };
  const enferma: Provider = {
    otec: { ...OTEC, rut: '77124930-2' },
    sources,
    ventana: { desde: 'never', hasta: '00:00' },
  };
  await serve({
    ...{ ledger, version, clock, clientFor, providers: [enferma, sana], signal: stop.signal },
    onDefect: (defect) => void told.defects.push(defect),
    onEvent: (event) => {
      events.push(`${event.rutOtec} ${event.kind}`);
      if (events.includes(`${OTEC.rut} done`) && events.includes('77124930-2 condition')) stop.abort();
      throw new Error('A listener that has a defect of its own');
    },
  });
  expect(await states()).toEqual({ '*': 'hecha null', A: 'hecha null' });
  expect(told.defects.map(({ rutOtec }) => rutOtec)).toContain('77124930-2');
  expect(told.defects.map(({ haciendo }) => haciendo)).toContain('contar lo que pasó');
});

test('alerts that break end nothing', async () => {
  at('2026-11-20T22:30:00-03:00');
  world.courses = [good('A')];
  const { ledger, version, clock, clientFor, sources } = world.request();
  const stop = new AbortController();
  const broken = async () => {
    throw new Error('disk full');
  };
  await serve({
    ...{ ledger, version, clock, clientFor, providers: [{ otec: OTEC, sources }], signal: stop.signal },
    alerts: { take: broken, tick: broken },
    onDefect: (defect) => void told.defects.push(defect),
    onEvent: ({ kind }) => {
      if (kind === 'done') stop.abort();
    },
  });
  expect(await states()).toMatchObject({ A: 'hecha null' });
  expect(new Set(told.defects.map(({ haciendo }) => haciendo))).toEqual(
    new Set(['anotar lo que pasó', 'enviar los avisos']),
  );
});

test('twenty courses, one reading; a restart reads anew only what is not sent', async () => {
  world.courses = Array.from({ length: 20 }, (_, index) => good(index === 0 ? 'A' : `C${index}`));
  at('2026-11-20T22:00:00-03:00');
  const first = runnerOf(world, told, { sources: [aula] });
  world.faults = ['none', 'none', 'none', 'cut-during'];
  await first.tick();
  expect(aula.reads).toEqual([null]);
  await first.close(AbortSignal.abort());
  await until(world, '2026-11-20T23:00:00-03:00', [runnerOf(world, told, { sources: [aula] })], 1);
  expect(aula.reads).toHaveLength(2);
  expect(aula.reads[1]?.length).toBe(1);
  expect(new Set(Object.values(await states()))).toEqual(new Set(['hecha null']));
});

test('a source that never answers holds up neither the other source nor other providers', async () => {
  world.courses = [good('A')];
  const hung: Source = { ...aula, name: 'colgada', read: () => new Promise(() => {}) };
  at('2026-11-20T22:00:00-03:00');
  const runner = runnerOf(world, told, { sources: [hung, aula] });
  void runner.tick();
  await expect.poll(states).toMatchObject({ A: 'hecha null' });
});

test('the reading room: few at once, nobody while too much is held, and who cannot send lets go', async () => {
  const room = readingRoom({ readers: 2, records: 10 });
  const owner = {};
  const order: string[] = [];
  let finish = (): void => {};
  const slow = room.read(() => new Promise<void>((resolve) => (finish = resolve)));
  const second = room.read(async () => void order.push('second'));
  await second;
  room.hold(owner, 10, null);
  const third = room.read(async () => void order.push('third'));
  finish();
  await slow;
  expect(order).toEqual(['second']);
  room.hold(owner, 10, () => {
    order.push('released');
    room.hold(owner, 0, null);
  });
  await third;
  expect(order).toEqual(['second', 'released', 'third']);
});

test('health is red while the service has a defect', async () => {
  at('2026-11-20T22:30:00-03:00');
  const { ledger, version, clock, clientFor, sources } = world.request();
  const stop = new AbortController();
  const ventana = { desde: 'never', hasta: '00:00' };
  await serve({
    ...{
      ledger,
      version,
      clock,
      clientFor,
      providers: [{ otec: OTEC, sources, ventana }],
      signal: stop.signal,
    },
    onEvent: () => stop.abort(),
  });
  expect(await healthOf(ledger, [{ rutOtec: OTEC.rut }], world.time.now)).toMatchObject({
    proveedores: [{ problemas: [{ clave: 'servicio' }] }],
  });
});
