import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { filesOf, zipOf } from '../scripts/empaquetar/archive.ts';

let work: string;
beforeEach(() => {
  work = mkdtempSync(join(tmpdir(), 'puente-archivo-'));
});
afterEach(() => rmSync(work, { recursive: true }));

/** The same tree under another roof, its files made in this order and at that time. */
function tree(roof: string, names: readonly string[], day: string): string {
  const folder = join(work, roof, 'puente');
  for (const name of names) {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), `contents of ${name}`);
    utimesSync(join(folder, name), new Date(day), new Date(day));
  }
  return folder;
}

it('a ZIP has the same bytes whatever order, day and place its files were made in', () => {
  const names = ['b/dos.txt', 'a.cmd', 'b/año.txt', 'B.txt'];
  const moment = new Date('2026-11-22T13:14:16Z');
  zipOf(tree('una', names, '2020-01-01'), join(work, 'una.zip'), moment);
  zipOf(tree('otra', [...names].reverse(), '2026-06-15'), join(work, 'otra.zip'), moment);
  const [una, otra] = ['una.zip', 'otra.zip'].map((file) => readFileSync(join(work, file)));
  expect(una?.equals(otra as Buffer)).toBe(true);
  const inside = Object.entries(unzipSync(una as Buffer));
  expect(inside.map(([name]) => name)).toEqual([
    'puente/B.txt',
    'puente/a.cmd',
    'puente/b/año.txt',
    'puente/b/dos.txt',
  ]);
  expect(inside.map(([, bytes]) => Buffer.from(bytes).toString())).toContain('contents of b/dos.txt');
  // The clock of the wall in UTC, as MS-DOS writes it: two seconds a step.
  expect((una as Buffer).readUInt16LE(10)).toBe((13 << 11) | (14 << 5) | (16 / 2));
  expect((una as Buffer).readUInt16LE(12)).toBe(((2026 - 1980) << 9) | (11 << 5) | 22);
});

it('a link, which not every archive keeps, is refused by name', () => {
  const folder = tree('una', ['a.txt'], '2020-01-01');
  symlinkSync('a.txt', join(folder, 'enlace'));
  expect(() => filesOf(folder)).toThrow(/enlace/);
});
