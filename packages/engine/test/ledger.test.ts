import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileDialect, migrated, openDatabase } from '@puente-sic/store';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Ledger, openEmptyLedger, openLedger } from '../src/index.ts';
import * as envios from '../src/ledger/migrations/001-envios.ts';
import * as noches from '../src/ledger/migrations/002-noches.ts';
import * as cursos from '../src/ledger/migrations/003-cursos.ts';
import * as queHacer from '../src/ledger/migrations/004-que-hacer.ts';

let datos: string;
beforeEach(() => {
  datos = mkdtempSync(join(tmpdir(), 'puente-ledger-'));
});
afterEach(() => rmSync(datos, { recursive: true }));

const fileOf = () => join(datos, 'puente.sqlite');

const schemaOf = async (ledger: Ledger) => {
  const tables = await ledger.db.introspection.getTables();
  return tables.map(({ name, columns }) => [name, columns.map((column) => column.name).sort()]);
};

const STEPS = [envios, noches, cursos, queHacer];

/** A ledger as an earlier puente left it: so many migrations, counted by `user_version` alone. */
async function before(version: number): Promise<void> {
  const db = new Kysely<unknown>({ dialect: new FileDialect(openDatabase(fileOf()), fileOf()) });
  for (const step of STEPS.slice(0, version)) await step.up(db);
  await sql.raw(`PRAGMA user_version = ${version}`).execute(db);
  await sql`INSERT INTO aceptado VALUES ('76111222-8', 'O', 'G', '1-9', 'M', 50, 0, 1, null, '2026-11-01', null, null)`.execute(
    db,
  );
  await db.destroy();
}

test.each([1, 2, 3, 4])(
  'a ledger of user_version %i comes up to date with what it holds',
  async (version) => {
    await before(version);
    const fresh = await openEmptyLedger();
    const ledger = await openLedger(datos);
    expect(await schemaOf(ledger)).toEqual(await schemaOf(fresh));
    expect(await migrated(ledger.db)).toEqual(await migrated(fresh.db));
    expect(await ledger.db.selectFrom('aceptado').selectAll().execute()).toHaveLength(1);
    await ledger.close();
    await fresh.close();
  },
);

test('a ledger of a newer puente is left alone, whichever way it says so', async () => {
  await (await openLedger(datos)).close();
  const database = openDatabase(fileOf());
  database.exec('PRAGMA user_version = 99');
  await expect(openLedger(datos)).rejects.toMatchObject({ name: 'StoreError', kind: 'newer' });
  database.exec(`PRAGMA user_version = 4; INSERT INTO kysely_migration VALUES ('999-later', '2030-01-01')`);
  await expect(openLedger(datos)).rejects.toMatchObject({ name: 'StoreError', kind: 'newer' });
  database.close();
});
