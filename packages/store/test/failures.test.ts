import { chmodSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import { Kysely, sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { storeErrorOf } from '../src/error.ts';
import { FileDialect, openDatabase, StoreError, type StoreErrorKind } from '../src/index.ts';

interface Tables {
  word: { text: string };
}

let folder: string;
let file: string;
let raw: DatabaseSyncInstance;
let db: Kysely<Tables>;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'puente-store-'));
  file = join(folder, 'a.sqlite');
  open();
  await sql`create table word (text text not null unique) strict`.execute(db);
});
afterEach(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true });
});

function open(): void {
  raw = openDatabase(file);
  db = new Kysely<Tables>({ dialect: new FileDialect(raw, file) });
}

const write = (text: string) => db.insertInto('word').values({ text }).execute();
const count = async () => (await db.selectFrom('word').selectAll().execute()).length;

async function kindOf(work: Promise<unknown>): Promise<StoreErrorKind> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof StoreError)) throw new Error(`not a StoreError: ${String(error)}`);
  expect(error.message).toContain(file);
  expect(error.fix).toMatch(/\.$/);
  return error.kind;
}

test('what is full keeps what was written before, and takes more once there is room', async () => {
  await write('first');
  raw.exec('pragma max_page_count = 4');
  expect(await kindOf(write('x'.repeat(50_000)))).toBe('full');
  expect(await count()).toBe(1);
  raw.exec('pragma max_page_count = 4000');
  await write('x'.repeat(50_000));
  expect(await count()).toBe(2);
});

test('also where a statement gives rows, of which the driver tells the words alone', async () => {
  raw.exec('pragma max_page_count = 4');
  const returning = db
    .insertInto('word')
    .values({ text: 'x'.repeat(50_000) })
    .returning('text')
    .execute();
  expect(await kindOf(returning)).toBe('full');
});

test('a transaction that finds the disk full leaves nothing of itself', async () => {
  await write('first');
  raw.exec('pragma max_page_count = 4');
  const both = db.transaction().execute(async (tx) => {
    await tx.insertInto('word').values({ text: 'second' }).execute();
    await tx
      .insertInto('word')
      .values({ text: 'x'.repeat(50_000) })
      .execute();
  });
  expect(await kindOf(both)).toBe('full');
  expect(await count()).toBe(1);
});

test('what was moved away or replaced under it is never written into unseen', async () => {
  await write('first');
  renameSync(file, `${file}.away`);
  expect(await kindOf(write('second'))).toBe('replaced');
  expect(await kindOf(db.transaction().execute(async () => undefined))).toBe('replaced');
  writeFileSync(file, '');
  expect(await kindOf(write('second'))).toBe('replaced');
  rmSync(file);
  renameSync(`${file}.away`, file);
  await write('second');
  expect(await count()).toBe(2);
});

test('what is no database, and what was damaged', async () => {
  await write('x'.repeat(50_000));
  raw.exec('pragma wal_checkpoint(truncate)');
  await db.destroy();
  writeFileSync(file, Buffer.alloc(4096, 0x7f), { flag: 'r+' });
  await expect(async () => open()).rejects.toMatchObject({ kind: 'damaged', file });
  writeFileSync(file, 'no es una base de datos');
  await expect(async () => open()).rejects.toMatchObject({ kind: 'damaged', file });
  rmSync(file);
  open();
});

test('what cannot be opened, and what cannot be written', async () => {
  await write('first');
  expect(() => openDatabase(join(file, 'b.sqlite'))).toThrow(StoreError);
  const reading = openDatabase(file, { readOnly: true });
  const readOnly = new Kysely<Tables>({ dialect: new FileDialect(reading, file) });
  expect(await readOnly.selectFrom('word').selectAll().execute()).toEqual([{ text: 'first' }]);
  expect(await kindOf(readOnly.insertInto('word').values({ text: 'second' }).execute())).toBe('read-only');
  await readOnly.destroy();
});

test('a mistake of ours stays a plain error', async () => {
  await write('first');
  await expect(write('first')).rejects.not.toBeInstanceOf(StoreError);
  await expect(sql`selec`.execute(db)).rejects.not.toBeInstanceOf(StoreError);
});

test('a file that others could read is theirs no more', async () => {
  await db.destroy();
  chmodSync(file, 0o644);
  open();
  await write('first');
  expect(statSync(file).mode & 0o077).toBe(0);
  expect(statSync(`${file}-wal`).mode & 0o077).toBe(0);
});

test('a disk that takes no writes, and a folder that cannot be made, are told in words', () => {
  const failure = (code: string) =>
    storeErrorOf(Object.assign(new Error(code), { code }), '/estado/puente.sqlite');
  expect(failure('EROFS')).toMatchObject({
    kind: 'read-only',
    fix: expect.stringContaining('montado solo para lectura'),
  });
  expect(failure('EACCES')).toMatchObject({ kind: 'unusable', fix: expect.stringContaining('carpeta') });
  expect(failure('ENOENT')).toBeInstanceOf(StoreError);
});

test('a disk that fails is not said to be full: less may be there than was written', () => {
  const failed = Object.assign(new Error('disk I/O error'), { errcode: 522 });
  for (const error of [failed, new Error('disk I/O error')])
    expect(storeErrorOf(error, file)).toMatchObject({
      kind: 'disk',
      message: expect.stringContaining('se desconectó o falla'),
    });
});
