import { SourceError } from '@puente-sic/sources';
import { course, OTEC, openWorld, sourceOf, student, type World } from '@puente-sic/testing';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findEnvios, type Provider, type ServeEvent, serve } from '../src/index.ts';
import { type NightRunner, nightRunner } from '../src/serve/night-runner.ts';

let world: World;
let events: ServeEvent[];
beforeEach(async () => {
  world = await openWorld();
  events = [];
});
afterEach(() => world.close());

function runner(more: Partial<Provider> = {}): NightRunner {
  const { sources, ...request } = world.request();
  const { ledger, version, clock, clientFor } = request;
  const context = { ledger, version, clock, clientFor, onEvent: (event: ServeEvent) => events.push(event) };
  return nightRunner({ otec: OTEC, sources, ...more }, context);
}

/** Lets the clock go on, with the question of every so many minutes. */
async function until(instant: string | Date, runners: NightRunner[], stepMinutes = 5): Promise<void> {
  const end = new Date(instant).getTime();
  for (;;) {
    await Promise.all(runners.map((item) => item.tick()));
    if (world.time.now.getTime() >= end) return;
    world.time.now = new Date(Math.min(end, world.time.now.getTime() + stepMinutes * 60_000));
  }
}

const nights = async () => {
  const { processes } = await world.client.history();
  return processes.map(({ listaregistros }) => listaregistros[0]?.fecha_ejecucion?.slice(0, 10));
};
const lost = () => events.flatMap((event) => (event.kind === 'lost' ? event.noche : []));
const at = (instant: string) => {
  world.time.now = new Date(instant);
};

test('each night once, inside the window, for days on end', async () => {
  at('2026-11-20T12:00:00-03:00');
  world.courses = [course([student(0, 10)], { fechaInicio: '2026-11-01', fechaFin: '2026-12-31' })];
  await until('2026-11-23T12:00:00-03:00', [runner()]);
  expect(await nights()).toEqual(['2026-11-20', '2026-11-21', '2026-11-22']);
  expect(lost()).toEqual([]);
  const { processes } = await world.client.history();
  for (const { fecha } of processes) expect(fecha?.slice(11, 13)).toMatch(/22|23/);
});

test('April’s long window and September’s missing midnight: once each', async () => {
  world.courses = [course([student(0, 10)], { fechaInicio: '2026-01-01', fechaFin: '2026-12-31' })];
  at('2026-04-04T20:00:00-03:00');
  await until('2026-04-05T10:00:00-04:00', [runner()]);
  expect(await nights()).toEqual(['2026-04-04']);
  at('2026-09-05T20:00:00-04:00');
  events = [];
  // The months between are nobody's fault here.
  await world.ledger.db.deleteFrom('noche').execute();
  await world.ledger.db.deleteFrom('servicio').execute();
  await until('2026-09-06T10:00:00-03:00', [runner()]);
  expect(await nights()).toEqual(['2026-04-04', '2026-09-05']);
  expect(lost()).toEqual([]);
});

test('started late inside the window it catches up; after it the night is lost and told once', async () => {
  world.courses = [course([student(0, 10)])];
  at('2026-11-20T12:00:00-03:00');
  await until('2026-11-20T12:10:00-03:00', [runner()]);
  at('2026-11-20T23:50:00-03:00');
  await until('2026-11-20T23:55:00-03:00', [runner()]);
  expect(await nights()).toEqual(['2026-11-20']);
  // Asleep for two nights.
  at('2026-11-23T08:00:00-03:00');
  await until('2026-11-23T21:00:00-03:00', [runner()]);
  expect(lost()).toEqual(['2026-11-21', '2026-11-22']);
  expect(await nights()).toEqual(['2026-11-20']);
});

test('a late send, where it is wished, reports the night that it is for', async () => {
  world.courses = [course([student(0, 10)])];
  at('2026-11-20T12:00:00-03:00');
  await until('2026-11-20T12:10:00-03:00', [runner()]);
  at('2026-11-21T08:00:00-03:00');
  await until('2026-11-21T09:00:00-03:00', [runner({ tardio: 'enviar' })]);
  expect(await nights()).toEqual(['2026-11-20']);
  expect(events).toContainEqual(expect.objectContaining({ kind: 'done', tarde: true }));
});

test('a bad line: tried again with growing pauses, nothing twice, done before the window ends', async () => {
  world.courses = [course([student(0, 10)])];
  world.faults = ['cut-after', '503', 'cut-before', 'cut-during'];
  at('2026-11-20T21:50:00-03:00');
  await until('2026-11-21T10:00:00-03:00', [runner()], 1);
  expect(await nights()).toEqual(['2026-11-20']);
  world.faults = ['503', 'cut-during'];
  await until('2026-11-22T10:00:00-03:00', [runner()], 1);
  expect(await nights()).toEqual(['2026-11-20', '2026-11-21']);
  expect(lost()).toEqual([]);
});

test('an answer lost in the last minute is settled after midnight and counts for its night', async () => {
  world.courses = [course([student(0, 10)])];
  at('2026-11-20T12:00:00-03:00');
  await until('2026-11-20T12:10:00-03:00', [runner()]);
  at('2026-11-20T23:59:00-03:00');
  world.faults = ['cut-after'];
  await until('2026-11-21T01:00:00-03:00', [runner()], 1);
  expect(await nights()).toEqual(['2026-11-20']);
  expect(lost()).toEqual([]);
});

test('two services by mistake: still once', async () => {
  world.courses = [course([student(0, 10)])];
  at('2026-11-20T21:50:00-03:00');
  await until('2026-11-21T10:00:00-03:00', [runner(), runner()]);
  expect(await nights()).toEqual(['2026-11-20']);
});

test('a clock that steps back sends nothing again', async () => {
  world.courses = [course([student(0, 10)])];
  at('2026-11-20T21:50:00-03:00');
  await until('2026-11-20T23:59:00-03:00', [runner()]);
  at('2026-11-20T21:30:00-03:00');
  await until('2026-11-20T23:59:00-03:00', [runner()]);
  at('2026-11-19T22:30:00-03:00');
  await until('2026-11-20T23:59:00-03:00', [runner()]);
  expect((await nights()).filter((noche) => noche === '2026-11-20')).toHaveLength(1);
});

test('courses begin with their date and end after their grace', async () => {
  world.courses = [course([student(0, 10)], { fechaInicio: '2026-11-21', fechaFin: '2026-11-22' })];
  at('2026-11-20T12:00:00-03:00');
  await until('2026-11-26T12:00:00-03:00', [runner({ graciaDias: 1 })], 15);
  expect(await nights()).toEqual(['2026-11-21', '2026-11-22', '2026-11-23']);
  expect(lost()).toEqual([]);
});

test('a source that is down is told at once, asked again, and the night is saved when it is back', async () => {
  let down = true;
  const source = sourceOf(() => world.courses);
  const fails = async () => {
    throw new SourceError('down', 'Moodle no responde.', 'Revise Moodle.');
  };
  const flaky = {
    ...source,
    listCourses: () => (down ? fails() : source.listCourses()),
    read: (request: Parameters<typeof source.read>[0]) => (down ? fails() : source.read(request)),
  };
  world.courses = [course([student(0, 10)])];
  at('2026-11-20T21:58:00-03:00');
  const one = runner({ sources: [flaky] });
  await until('2026-11-20T22:01:00-03:00', [one], 1);
  expect(events).toContainEqual(
    expect.objectContaining({ kind: 'condition', clave: 'fuente:aula', mal: true }),
  );
  await until('2026-11-20T22:40:00-03:00', [one], 1);
  down = false;
  await until('2026-11-21T10:00:00-03:00', [one], 1);
  expect(await nights()).toEqual(['2026-11-20']);
  expect(lost()).toEqual([]);
});

test('any night of fifty years, with restarts, sleeps and cuts: once, or lost and told; never twice', async () => {
  world.courses = [course([student(0, 10)], { fechaInicio: '2020-01-01', fechaFin: '2075-01-01' })];
  const step = fc.oneof(
    { weight: 8, arbitrary: fc.constant('minutes' as const) },
    { weight: 1, arbitrary: fc.constant('restart' as const) },
    { weight: 1, arbitrary: fc.constant('sleep' as const) },
  );
  const changes = fc.constantFrom('2026-04-04', '2026-09-05', '2027-04-03', '2031-04-05', '2044-09-03');
  const anyDay = fc
    .date({ min: new Date('2022-01-01'), max: new Date('2072-01-01'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10));
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(changes, anyDay),
      fc.array(fc.tuple(step, fc.integer({ min: 1, max: 40 })), { minLength: 40, maxLength: 80 }),
      fc.array(fc.constantFrom('cut-after', 'cut-before', '503', 'none'), { maxLength: 4 }),
      async (day, steps, faults) => {
        await world.close();
        world = await openWorld();
        world.courses = [course([student(0, 10)], { fechaInicio: '2020-01-01', fechaFin: '2075-01-01' })];
        world.faults = [...faults];
        events = [];
        at(`${day}T21:00:00Z`);
        let service = runner();
        for (const [kind, amount] of steps) {
          if (kind === 'restart') service = runner();
          const minutes = kind === 'sleep' ? amount * 20 : amount;
          world.time.now = new Date(world.time.now.getTime() + minutes * 60_000);
          await service.tick();
        }
        // Two quiet hours in the daytime let what is uncertain be settled.
        world.time.now = new Date(world.time.now.getTime() + 3_600_000);
        await until(new Date(world.time.now.getTime() + 2 * 3_600_000), [service], 10);

        const sent = await nights();
        expect(new Set(sent).size).toBe(sent.length);
        // A list of courses that was read is no course.
        const rows = await world.ledger.db
          .selectFrom('noche')
          .select(['noche', 'estado'])
          .where((eb) => eb.or([eb('curso', '!=', '*'), eb('estado', '!=', 'hecha')]))
          .execute();
        const done = rows.filter(({ estado }) => estado === 'hecha').map(({ noche }) => noche);
        expect(done.filter((noche) => !sent.includes(noche))).toEqual([]);
        const told = new Set([
          ...done,
          ...lost(),
          ...rows.filter(({ estado }) => estado === 'pendiente').map(({ noche }) => noche),
        ]);
        for (const noche of sent) expect(told.has(noche ?? '')).toBe(true);
      },
    ),
    { numRuns: 15, endOnFailure: true },
  );
});

test('handed over to other settings, the service waits for the call on the line and begins no other', async () => {
  at('2026-11-22T23:50:00-03:00');
  world.courses = [course([student(0, 10)]), course([student(1, 20)], { id: 'otro', codigoGrupo: '2' })];
  const handOver = new AbortController();
  // Told while the service at the other end has the first call.
  world.faults.shift = () => {
    handOver.abort();
    return 'none';
  };
  const { ledger, clock, clientFor, sources } = world.request();
  const providers: Provider[] = [{ otec: OTEC, sources, concurrency: 1 }];
  const signal = new AbortController().signal;
  await serve({ ledger, clock, clientFor, providers, version: 2, signal, handOver: handOver.signal });
  expect((await findEnvios(ledger, { limite: 10 })).envios).toMatchObject([{ estado: 'aceptado' }]);
  const next = runner();
  await next.tick();
  expect((await findEnvios(ledger, { limite: 10 })).envios).toHaveLength(2);
  await next.close(AbortSignal.abort());
});
