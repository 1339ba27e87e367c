import { DatabaseSync } from '@photostructure/sqlite';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  FileDialect,
  type Migrations,
  markMigrated,
  migrate,
  migrated,
  runStatements,
} from '../src/index.ts';

let db: Kysely<unknown>;
beforeEach(() => {
  db = new Kysely({ dialect: new FileDialect(new DatabaseSync(':memory:'), null) });
});
afterEach(() => db.destroy());

const FIRST: Migrations = {
  '001-a': { up: (db) => runStatements(db, 'create table a (x text); -- a comment; with a semicolon\n') },
};
const SECOND: Migrations = {
  ...FIRST,
  '002-b': { up: (db) => runStatements(db, 'create table b (x text)') },
};
const BROKEN: Migrations = {
  ...SECOND,
  '003-c': { up: (db) => runStatements(db, 'create table c (x text); create table a (x text)') },
};

const tables = async () => (await db.introspection.getTables()).map(({ name }) => name).sort();

test('steps run once, in order, and later ones are added', async () => {
  expect(await migrate(db, FIRST, 'f')).toBe(true);
  expect(await migrate(db, FIRST, 'f')).toBe(false);
  expect(await migrate(db, SECOND, 'f')).toBe(true);
  expect(await migrated(db)).toEqual(['001-a', '002-b']);
  expect(await tables()).toEqual(['a', 'b']);
});

test('a step that fails takes all of that run back', async () => {
  await migrate(db, FIRST, 'f');
  await expect(migrate(db, BROKEN, 'f')).rejects.toThrow('already exists');
  expect(await tables()).toEqual(['a']);
  expect(await migrated(db)).toEqual(['001-a']);
});

test('what a newer version wrote is left alone', async () => {
  await migrate(db, SECOND, 'f');
  await expect(migrate(db, FIRST, 'f')).rejects.toMatchObject({ kind: 'newer', file: 'f' });
});

test('a schema from before the Migrator counts as having its steps', async () => {
  await sql`create table a (x text)`.execute(db);
  await db.transaction().execute((tx) => markMigrated(tx, ['001-a']));
  await migrate(db, SECOND, 'f');
  expect(await tables()).toEqual(['a', 'b']);
  await markMigrated(db, ['001-a', '002-b', '003-c']);
  expect(await migrated(db)).toEqual(['001-a', '002-b']);
});
