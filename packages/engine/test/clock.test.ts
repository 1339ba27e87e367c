import { course, OTEC, openWorld, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Alerta, alertCenter, healthOf, nightRunner, type ServeEvent, send } from '../src/index.ts';
import { clockWarning } from '../src/send/clock-warning.ts';

let world: World;
/** How far this computer is ahead of the Gestor, in milliseconds. */
let ahead: number;
beforeEach(async () => {
  world = await openWorld();
  world.courses = [course([student(0, 10)])];
  ahead = 0;
});
afterEach(() => world.close());

const clock = () => new Date(world.time.now.getTime() + ahead);
const at = (instant: string) => {
  world.time.now = new Date(instant);
};

test('more than a minute, to either side, and nothing at a minute or where the service does not tell', () => {
  const service = new Date('2026-11-22T22:30:00-03:00');
  const after = (seconds: number) => clockWarning(service, new Date(service.getTime() + seconds * 1000));
  expect([after(0), after(60), after(-60), clockWarning(null, service)]).toEqual([null, null, null, null]);
  expect(after(61)?.mensaje).toBe('El reloj de este computador está 1 min adelantado respecto del de SENCE.');
  expect(after(-3 * 3600)?.mensaje).toBe(
    'El reloj de este computador está 3 h atrasado respecto del de SENCE.',
  );
});

test('a send by hand tells it once, however many courses go', async () => {
  const more = ['2', '3'].map((codigoGrupo) => course([student(0, 10)], { id: codigoGrupo, codigoGrupo }));
  world.courses = [...world.courses, ...more];
  ahead = 5 * 60_000;
  const { hallazgos, envios } = await send(world.request({ clock }));
  expect(envios).toHaveLength(3);
  expect(hallazgos.map(({ mensaje }) => mensaje)).toEqual([
    'El reloj de este computador está 5 min adelantado respecto del de SENCE.',
  ]);
});

test('the service alerts once when it begins and once when it is over; health is red between', async () => {
  const alerts = alertCenter({
    ...{ ledger: world.ledger, clock },
    avisar: [
      {
        ...{ rutOtec: OTEC.rut, otec: 'Capacitaciones de Prueba', resumenA: null },
        canales: [{ tipo: 'webhook', url: 'http://127.0.0.1:9/nobody' }],
      },
    ],
  });
  const onEvent = (event: ServeEvent) => alerts.take(event);
  const { sources, ledger, version, clientFor } = world.request();
  const runner = nightRunner({ otec: OTEC, sources }, { ledger, version, clock, clientFor, onEvent });
  const told = async () => {
    await alerts.tick();
    const rows = await ledger.db.selectFrom('aviso').select(['clave', 'contenido']).orderBy('id').execute();
    return rows.map(({ contenido }): Alerta => JSON.parse(contenido)).map(({ tipo, clave }) => [tipo, clave]);
  };
  const health = async () => (await healthOf(ledger, [{ rutOtec: OTEC.rut }], clock())).estado;

  at('2026-11-20T22:00:00-03:00');
  await runner.tick();
  expect(await told()).toEqual([]);
  ahead = 5 * 60_000;
  for (const night of ['2026-11-21', '2026-11-22', '2026-11-23']) {
    at(`${night}T22:00:00-03:00`);
    await runner.tick();
  }
  expect(await told()).toEqual([['problema', 'reloj']]);
  expect(await health()).toBe('mal');
  ahead = 0;
  at('2026-11-24T22:00:00-03:00');
  await runner.tick();
  expect(await told()).toEqual([
    ['problema', 'reloj'],
    ['resuelto', 'reloj'],
  ]);
  expect(await health()).toBe('bien');
});
