import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { course, OTEC, openWorld, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { backup, EngineFailure, errors, openLedger, restore, send } from '../src/index.ts';
import { takeLease } from '../src/lease.ts';

let world: World;
let file: string;
beforeEach(async () => {
  world = await openWorld();
  file = join(world.datos, '..', 'respaldo.sqlite');
  world.courses = [course([student(0, 10), student(9, 10)])];
  await send(world.request());
});
afterEach(() => world.close());

const sent = async (datos: string) => {
  const ledger = await openLedger(datos);
  const rows = await ledger.db.selectFrom('envio').selectAll().execute();
  const found = { rows, errors: await errors(ledger) };
  await ledger.close();
  return found;
};

test('a backup restored elsewhere, and over a ledger that went on, says the same', async () => {
  const before = await sent(world.datos);
  backup(world.datos, file);
  expect(statSync(file).mode & 0o077).toBe(0);
  await send(world.request());
  expect((await sent(world.datos)).rows).toHaveLength(2);

  const elsewhere = join(world.datos, '..', 'otro');
  expect(await restore(elsewhere, file, world.time.now)).toBeNull();
  expect(await sent(elsewhere)).toEqual(before);

  const kept = await restore(world.datos, file, world.time.now);
  expect(await sent(world.datos)).toEqual(before);
  // Who had it open sees the restored one, and what was there is kept.
  expect(await world.ledger.db.selectFrom('envio').selectAll().execute()).toEqual(before.rows);
  expect(kept !== null && existsSync(kept)).toBe(true);
});

test('a file that is no backup leaves everything as it is', async () => {
  const before = readFileSync(join(world.datos, 'puente.sqlite'));
  writeFileSync(file, 'no es un respaldo');
  await expect(restore(world.datos, file, world.time.now)).rejects.toThrow(EngineFailure);
  expect(readFileSync(join(world.datos, 'puente.sqlite'))).toEqual(before);
  await expect(restore(world.datos, `${file}.no-hay`, world.time.now)).rejects.toThrow(EngineFailure);
});

test('a damaged backup is refused', async () => {
  backup(world.datos, file);
  const bytes = readFileSync(file);
  bytes.fill(0x7f, 5000, 9000);
  writeFileSync(file, bytes);
  await expect(restore(world.datos, file, world.time.now)).rejects.toThrow(EngineFailure);
  expect((await sent(world.datos)).rows).toHaveLength(1);
});

test('nothing is restored while something is being sent; a backup never replaces a file', async () => {
  backup(world.datos, file);
  expect(() => backup(world.datos, file)).toThrow(EngineFailure);
  const lease = takeLease(world.ledger, OTEC.rut);
  await expect(restore(world.datos, file, world.time.now)).rejects.toThrow(EngineFailure);
  lease?.release();
});
