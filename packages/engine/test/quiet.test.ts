import { OTEC, openWorld, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openLedger } from '../src/index.ts';
import { quietOf } from '../src/serve/quiet.ts';
import { currentNight, VENTANA_OFICIAL } from '../src/window.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const morning = new Date('2026-11-21T09:00:00-03:00');
const minutes = (count: number) => new Date(morning.getTime() + count * 60_000);
const night = (now: Date) => currentNight(now, VENTANA_OFICIAL);

/** A question at 9:00 that found nothing to do. */
async function quiet() {
  const one = quietOf(world.ledger.db);
  expect(await one.lasts(night(morning), morning)).toBe(false);
  one.begin();
  return { lasts: (now: Date) => one.lasts(night(now), now), begin: () => one.begin() };
}

test('what found nothing to do is not asked again for five minutes, nor longer', async () => {
  const { lasts, begin } = await quiet();
  expect(await lasts(minutes(1))).toBe(true);
  expect(await lasts(minutes(4))).toBe(true);
  expect(await lasts(minutes(5))).toBe(false);
  // Nor after a question that found something.
  expect(await lasts(minutes(6))).toBe(false);
  begin();
  expect(await lasts(minutes(7))).toBe(true);
});

test('whatever is written ends it, here or by another process; so do another night and a clock that steps back', async () => {
  const first = await quiet();
  await world.ledger.db.insertInto('servicio').values({ rutOtec: OTEC.rut, desde: 'x' }).execute();
  expect(await first.lasts(minutes(1))).toBe(false);

  const second = await quiet();
  const other = await openLedger(world.datos);
  await other.db.updateTable('servicio').set({ desde: 'y' }).execute();
  await other.close();
  expect(await second.lasts(minutes(1))).toBe(false);

  const third = await quiet();
  expect(await third.lasts(minutes(-1))).toBe(false);
  const fourth = await quiet();
  expect(await fourth.lasts(minutes(13 * 60))).toBe(false);
});
