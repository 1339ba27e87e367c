import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SourceError } from '../source.ts';
import { openKept } from './file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-guardado-'));
  file = join(folder, 'estado', 'clics.sqlite');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const unusable = (name: string, cause: unknown) =>
  new SourceError('wrong', `no sirve ${name}`, 'Cámbielo.', { cause });
const open = (version = 1) =>
  openKept(file, { schema: 'create table if not exists a (b integer) strict;', version, unusable }, (db) =>
    db.exec('insert into a values (1)'),
  );

test('made once, for its owner alone, and opened again as it is', () => {
  open().close();
  const again = open();
  expect(again.prepare('select count(*) as n from a').get()).toEqual({ n: 1 });
  again.close();
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'estado')).mode & 0o777).toBe(0o700);
});

test('one of a later version is left alone, and told', () => {
  open(2).close();
  expect(() => open(1)).toThrow(/es de una versión más nueva de Puente/);
  open(2).close();
});

test('what is no database, or no file, is told by whoever keeps it', () => {
  open().close();
  writeFileSync(file, 'not a database at all'.repeat(100));
  expect(() => open()).toThrow(`no sirve ${file}`);
  rmSync(file);
  mkdirSync(file);
  expect(() => open()).toThrow(`no sirve ${file}`);
});
