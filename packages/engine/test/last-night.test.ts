import { course, OTEC, openWorld, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { summarise } from '../src/alerts/summary.ts';
import { healthOf, lastNights, overview, send, toldOf, VENTANA_OFICIAL } from '../src/index.ts';
import { contractSource, runnerOf, type Told, until } from './support/nights.ts';

const NOCHE = '2026-11-20';
let world: World;
let isAway = true;
let told: Told;
beforeEach(async () => {
  world = await openWorld(4);
  told = { events: [], defects: [] };
  world.time.now = new Date('2026-11-20T21:55:00-03:00');
  world.courses = [course([student(0, 10)])];
  isAway = true;
});
afterEach(() => world.close());

const CURSOS = [{ fuente: 'aula', otec: OTEC.rut, curso: course([]).id }];
const aula = () =>
  contractSource(() => world.courses, {
    causes: () => (isAway ? new Map([[course([]).id, 'missing' as const]]) : new Map()),
  });
const runner = () => runnerOf(world, told, { sources: [aula()], cursos: CURSOS });
const at = (instant: string) => {
  world.time.now = new Date(instant);
};

/** What the three places say of the night: `/salud`, `puente estado`, Hoy, and the summary’s title. */
async function said() {
  const { ledger } = world;
  const { now } = world.time;
  const which = { rutOtec: OTEC.rut, noche: NOCHE, ventana: VENTANA_OFICIAL };
  const [salud] = (await healthOf(ledger, [{ rutOtec: OTEC.rut }], now)).proveedores;
  const [noche] = await lastNights(ledger, now);
  const { nochesPerdidas } = await overview(ledger, { otec: OTEC }, now);
  const rojos = (await toldOf(ledger, which, now)).filter(({ gravedad }) => gravedad === 'rojo');
  return {
    salud: salud?.estado,
    estado: noche?.estado,
    perdidas: nochesPerdidas.filter(({ recuperada }) => !recuperada).length,
    rojos: rojos.length,
    titulo: (await summarise(ledger, which, now)).titulo,
    noche,
  };
}

test('a night that was lost is red in every place; made up for since, it is recovered in every place', async () => {
  await until(world, '2026-11-21T00:20:00-03:00', [runner()], 15);
  at('2026-11-21T08:00:00-03:00');
  expect(await said()).toMatchObject({
    ...{ salud: 'mal', estado: 'mal', perdidas: 1, titulo: 'La noche quedó incompleta' },
    noche: { cursos: [{ situacion: 'perdida', proximo: null }] },
  });
  isAway = false;
  await send(world.request({ sources: [aula()], cursos: CURSOS }));
  at('2026-11-21T09:00:00-03:00');
  const { noche, ...rest } = await said();
  expect(rest).toEqual({
    ...{ salud: 'bien', estado: 'bien', perdidas: 0, rojos: 0 },
    titulo: 'Noche recuperada: lo que faltó se envió después',
  });
  expect(noche).toMatchObject({ queHacer: '', cursos: [{ estado: 'perdida', situacion: 'recuperada' }] });
  expect(noche?.mensaje).toContain('se envió después y SENCE lo aceptó');
});

test('while the window is open the night is under way, and what was before it is judged', async () => {
  isAway = false;
  const { tick } = runner();
  const all = [{ tick }] as never;
  await until(world, '2026-11-21T00:20:00-03:00', all, 15);
  isAway = true;
  at('2026-11-21T21:55:00-03:00');
  await until(world, '2026-11-21T22:30:00-03:00', all, 5);
  const { salud, estado, noche } = await said();
  expect([salud, estado]).toEqual(['bien', 'bien']);
  expect(noche).toMatchObject({
    ...{ noche: NOCHE, titulo: 'Noche enviada sin problemas' },
    enCurso: { noche: '2026-11-21', hechos: 0, cursos: [{ situacion: 'pendiente' }] },
  });
  expect(new Date(noche?.enCurso?.cursos[0]?.proximo ?? 0) > world.time.now).toBe(true);
});

test('the first night of all says that it is under way, and calls nothing incomplete', async () => {
  await until(world, '2026-11-20T22:30:00-03:00', [runner()], 5);
  const { salud, estado, noche } = await said();
  expect([salud, estado]).toEqual(['bien', 'bien']);
  expect(noche).toMatchObject({
    titulo: 'La primera noche está en curso',
    cursos: [],
    enCurso: { hechos: 0 },
  });
  expect(noche?.enCurso?.dichos).toMatchObject([{ gravedad: 'rojo' }]);
});

test('after the window nothing is tried again, also where nobody was there to give it up', async () => {
  await until(world, '2026-11-20T23:50:00-03:00', [runner()], 10);
  const [row] = await world.ledger.db.selectFrom('noche').selectAll().execute();
  expect(row?.estado).toBe('pendiente');
  at('2026-11-21T08:00:00-03:00');
  expect(await said()).toMatchObject({
    ...{ salud: 'mal', estado: 'mal', titulo: 'La noche quedó incompleta' },
    noche: { enCurso: null, cursos: [{ estado: 'pendiente', situacion: 'perdida', proximo: null }] },
  });
});

test('a service that was not running last night: said, although the ledger has nothing of it', async () => {
  isAway = false;
  await until(world, '2026-11-21T00:20:00-03:00', [runner()], 15);
  at('2026-11-21T08:00:00-03:00');
  expect((await said()).noche).toMatchObject({ estado: 'bien', problemas: [] });
  at('2026-11-22T08:00:00-03:00');
  const [noche] = await lastNights(world.ledger, world.time.now);
  expect(noche).toMatchObject({
    ...{ noche: NOCHE, estado: 'mal' },
    problemas: [{ titulo: 'No se envió la noche del 21-11-2026' }],
  });
});
