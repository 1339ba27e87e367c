import { course, OTEC, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type SendRequest, send } from '../src/index.ts';
import { type NightRunner, nightRunner } from '../src/serve/night-runner.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld(6);
});
afterEach(() => world.close());

const at = (instant: string) => {
  world.time.now = new Date(instant);
};
const sendNow = (more: Partial<SendRequest> = {}) => send(world.request(more));

function runner(): NightRunner {
  const { sources, ledger, version, clock, clientFor } = world.request();
  return nightRunner({ otec: OTEC, sources }, { ledger, version, clock, clientFor });
}

async function until(instant: string, service: NightRunner, stepMinutes = 5): Promise<void> {
  const end = new Date(instant).getTime();
  for (;;) {
    await service.tick();
    if (world.time.now.getTime() >= end) return;
    world.time.now = new Date(Math.min(end, world.time.now.getTime() + stepMinutes * 60_000));
  }
}

/** What SENCE recorded of each person, call by call, in order. */
const recorded = async () => {
  const { processes } = await world.client.history();
  return processes.map(({ listaregistros }) =>
    [...new Set(listaregistros.map(({ rut_alumno }) => rut_alumno))].map(Number),
  );
};

test('sent by day: the night sends what has changed since, was refused or is new, and nothing else', async () => {
  at('2026-11-20T18:39:00-03:00');
  world.courses = [course([student(0, 10), student(1, 10), student(9, 10)])];
  const byDay = await sendNow();
  expect(byDay.envios).toMatchObject([{ aceptados: 4, rechazados: 2 }]);

  // One figure rises, one student is enrolled, the refused one stays as it is.
  world.courses = [course([student(0, 10), student(1, 30), student(9, 10), student(2, 5)])];
  await until('2026-11-21T03:00:00-03:00', runner());
  const all = await recorded();
  expect(all).toEqual([
    [rutOf(0), rutOf(1), rutOf(9)].map(({ numero }) => numero),
    [rutOf(1), rutOf(9), rutOf(2)].map(({ numero }) => numero),
  ]);
});

test('a night that is made up for after somebody has sent for the next one: what went by day does not go again', async () => {
  at('2026-11-20T18:39:00-03:00');
  world.courses = [course([student(0, 10)])];
  await sendNow();
  // The service was off all night; in the morning somebody sends the new day's figures.
  at('2026-11-21T08:20:00-03:00');
  world.courses = [course([student(0, 20)])];
  await sendNow();
  const said = async () =>
    (await world.client.history()).processes.map(({ listaregistros: [first] }) => [
      first?.fecha_ejecucion?.slice(0, 10),
      first?.porcentaje_avance,
    ]);
  const days = [
    ['2026-11-20', '10.00000'],
    ['2026-11-21', '20.00000'],
  ];
  expect(await said()).toEqual(days);
  world.courses = [course([student(0, 10)])];
  await send(world.request({ at: new Date('2026-11-20T22:00:00-03:00'), onceTonight: true }));
  expect(await said()).toEqual(days);
});

test('nothing has changed since the day: the night is done with no call', async () => {
  at('2026-11-20T18:39:00-03:00');
  world.courses = [course([student(0, 10)])];
  await sendNow();
  await until('2026-11-21T03:00:00-03:00', runner());
  expect(await recorded()).toHaveLength(1);
  const rows = await world.ledger.db.selectFrom('noche').select(['noche', 'estado']).execute();
  expect(rows).toContainEqual({ noche: '2026-11-20', estado: 'hecha' });
});

test('the service sends each record once in its window, whatever is said of it and however it changes', async () => {
  at('2026-11-20T21:50:00-03:00');
  world.courses = [course([student(0, 10), student(9, 10)])];
  const service = runner();
  await until('2026-11-20T22:10:00-03:00', service);
  expect(await recorded()).toHaveLength(1);
  // As if the night had to be gone through again: a value has changed, a refused one is still refused.
  await world.ledger.db.updateTable('noche').set({ estado: 'pendiente' }).execute();
  world.courses = [course([student(0, 40), student(9, 10)])];
  await until('2026-11-20T23:30:00-03:00', service);
  expect(await recorded()).toHaveLength(1);
  // A person may, all the same.
  expect((await sendNow()).envios).toMatchObject([{ aceptados: 2, rechazados: 2 }]);
});

test('sending again by hand doubles nothing; with repetir it does', async () => {
  at('2026-11-20T18:39:00-03:00');
  world.courses = [course([student(0, 10), student(1, 10)])];
  await sendNow();
  at('2026-11-20T19:00:00-03:00');
  const again = await sendNow();
  expect(again).toMatchObject({
    envios: [],
    noEnviados: [],
    yaEnviados: [{ registros: 4, enviado: new Date('2026-11-20T18:39:00-03:00') }],
  });
  expect(await recorded()).toHaveLength(1);
  expect((await sendNow({ repetir: true })).envios).toMatchObject([{ aceptados: 4 }]);
  // Another night is another matter.
  at('2026-11-21T19:00:00-03:00');
  expect((await sendNow()).envios).toMatchObject([{ aceptados: 4 }]);
});

test('sent by day and not given at night: late it does not go again, though by hand the next day’s has gone since', async () => {
  at('2026-11-20T18:39:00-03:00');
  world.courses = [course([student(0, 10), student(1, 10)])];
  await sendNow();
  const given = world.courses;
  world.courses = [];
  const { sources, ledger, version, clock, clientFor } = world.request();
  const cursos = [{ fuente: sources[0]?.name ?? '', otec: OTEC.rut, curso: given[0]?.id ?? '' }];
  const late = nightRunner(
    { otec: OTEC, sources, cursos, tardio: 'enviar' },
    { ledger, version, clock, clientFor },
  );
  at('2026-11-20T22:00:00-03:00');
  await until('2026-11-20T22:10:00-03:00', late);
  at('2026-11-21T10:00:00-03:00');
  world.courses = [course([student(0, 10), student(1, 30)])];
  await sendNow();
  await until('2026-11-21T21:00:00-03:00', late, 20);
  const { processes } = await world.client.history();
  const ofNight = processes.flatMap(({ listaregistros }) =>
    listaregistros
      .filter(({ fecha_ejecucion }) => fecha_ejecucion?.startsWith('2026-11-20'))
      .map(({ rut_alumno }) => Number(rut_alumno)),
  );
  expect(ofNight.filter((numero) => numero === rutOf(0).numero)).toHaveLength(2);
  expect(ofNight.filter((numero) => numero === rutOf(1).numero)).toHaveLength(4);
});

test('by day a value and back again: at night the earlier one goes, since SENCE has the last one', async () => {
  const seconds = (tiempoConectividad: number) => [course([student(0, 10, { tiempoConectividad })])];
  at('2026-11-20T18:00:00-03:00');
  for (const time of [100, 200]) {
    world.courses = seconds(time);
    await sendNow();
  }
  world.courses = seconds(100);
  await until('2026-11-21T03:00:00-03:00', runner());
  expect(await recorded()).toHaveLength(3);
});

test('a value that goes back to one sent earlier the same night is sent, since SENCE has the last one', async () => {
  const seconds = (tiempoConectividad: number) => [course([student(0, 10, { tiempoConectividad })])];
  for (const time of [100, 200, 100]) {
    world.courses = seconds(time);
    expect((await sendNow()).envios).toMatchObject([{ aceptados: 2 }]);
  }
});

test('two courses, the second’s answer cut: sent again, each goes once', async () => {
  world.courses = [
    course([student(0, 10)]),
    course([student(1, 10)], { id: 'otro', name: 'otro', codigoGrupo: 'PRUEBA-OTRO' }),
  ];
  world.faults = ['none', 'cut-after'];
  const first = await sendNow({ concurrency: 1 });
  expect(first.envios.map(({ resultado }) => resultado)).toEqual(['aceptado', 'incierto']);
  const second = await sendNow({ concurrency: 1 });
  expect(second.yaEnviados).toMatchObject([{ registros: 2 }]);
  expect(second.envios).toHaveLength(1);
  const codes = (await world.client.history()).processes.map(({ codigo_externo }) => codigo_externo);
  expect(codes).toEqual(first.envios.map(({ codigoEnvio }) => codigoEnvio));
});

test('known from the history alone: compared by what the history tells', async () => {
  world.courses = [course([student(0, 10), student(1, 10)])];
  await sendNow();
  // As after an old backup and «sincronizar»: no hash, and figures to five decimals.
  await world.ledger.db.updateTable('aceptado').set({ huella: null, porcentajeAvance: 10.000001 }).execute();
  expect(await sendNow()).toMatchObject({ envios: [], yaEnviados: [{ registros: 4 }] });
  world.courses = [course([student(0, 10), student(1, 11)])];
  expect((await sendNow()).envios).toMatchObject([{ aceptados: 2 }]);
});
