import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { course, openWorld, rutOf, student, type World } from '@puente-sic/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  dailyBackup,
  erasePerson,
  errors,
  openLedger,
  openLedgerToRead,
  restore,
  send,
} from '../src/index.ts';

const DAY_MS = 86_400_000;

let world: World;
beforeEach(async () => {
  world = await openWorld();
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

const after = (days: number) => new Date(world.time.now.getTime() + days * DAY_MS);

/** A database, whole, and nothing in it. */
function emptyDatabase(file: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(file + suffix, { force: true });
  const database = new DatabaseSync(file);
  database.exec('create table x (x); drop table x');
  database.close();
}

function tablesIn(file: string): unknown[] {
  const database = new DatabaseSync(file);
  const rows = database.prepare('select name from sqlite_master').all();
  database.close();
  return rows;
}

describe('a ledger that is gone, or empty, where there was one', () => {
  const file = () => join(world.datos, 'puente.sqlite');
  const lost = (datos = world.datos) =>
    openLedger(datos).then(
      () => null,
      (error: unknown) => error,
    );

  test.each([
    ['gone', () => rmSync(file())],
    ['empty', () => writeFileSync(file(), '')],
    ['without a table, as where it was copied without its -wal', () => emptyDatabase(file())],
  ])(
    '%s: said with file and what to do, nothing is begun anew, and the last backup restores it',
    async (_, befall) => {
      const before = await sent(world.datos);
      const own = (await dailyBackup(world.ledger, world.time.now)) ?? '';
      await world.ledger.close();
      befall();
      const error = await lost();
      expect(error).toMatchObject({ name: 'StoreError', kind: 'lost', file: file() });
      expect(error).toMatchObject({ fix: expect.stringContaining(`puente restaurar ${own}`) });
      await expect(openLedgerToRead(world.datos)).rejects.toMatchObject({ kind: 'lost' });
      if (existsSync(file()) && statSync(file()).size > 0) expect(tablesIn(file())).toEqual([]);

      await restore(world.datos, own, after(1));
      expect(await sent(world.datos)).toEqual(before);
      world.ledger = await openLedger(world.datos);
    },
  );

  test('what it left beside it is not taken for the restored one’s own', async () => {
    const own = (await dailyBackup(world.ledger, world.time.now)) ?? '';
    const before = await sent(world.datos);
    // Written and not yet in the file itself.
    await send(world.request({ repetir: true }));
    const [wal, shm] = ['-wal', '-shm'].map((suffix) => readFileSync(file() + suffix));
    await world.ledger.close();
    rmSync(file());
    writeFileSync(`${file()}-wal`, wal ?? '');
    writeFileSync(`${file()}-shm`, shm ?? '');
    const { anterior } = await restore(world.datos, own, after(1));
    expect(await sent(world.datos)).toEqual(before);
    expect(readdirSync(anterior ?? '')).toContain('puente.sqlite-wal');
    world.ledger = await openLedger(world.datos);
  });

  test('of a folder without backups the notes of who was erased tell; an empty folder is a first start', async () => {
    await erasePerson(world.ledger, rutOf(9).text, world.time.now);
    await world.ledger.close();
    rmSync(file());
    const error = await lost();
    expect(error).toMatchObject({ kind: 'lost', fix: expect.stringContaining('borrados.ndjson') });
    rmSync(join(world.datos, 'borrados.ndjson'));
    world.ledger = await openLedger(world.datos);
    expect(await world.ledger.db.selectFrom('envio').selectAll().execute()).toEqual([]);
  });
});
