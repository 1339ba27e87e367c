import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, takeLock } from '../src/index.ts';

const WRITER = fileURLToPath(new URL('support/writer.mjs', import.meta.url));
const TURNS = 300;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-store-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function start(...args: string[]): ChildProcess {
  return spawn(process.execPath, [WRITER, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
}

test('three processes that open, migrate and count at once lose nothing and are never locked out', async () => {
  const file = join(folder, 'a.sqlite');
  const writers = [1, 2, 3].map(() => start('count', file, String(TURNS)));
  const codes = await Promise.all(writers.map(async (writer) => (await once(writer, 'exit'))[0]));
  expect(codes).toEqual([0, 0, 0]);
  const database = openDatabase(file, { readOnly: true });
  expect(database.prepare('select n from counter').get()).toEqual({ n: 3 * TURNS });
  database.close();
});

test('a lock is one process’s, until it lets go or dies', async () => {
  const file = join(folder, 'a.lock');
  const holder = start('hold', file);
  if (holder.stdout) await once(holder.stdout, 'data');
  expect(takeLock(file)).toBeNull();
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  const lock = takeLock(file);
  expect(lock).not.toBeNull();
  expect(takeLock(file)).toBeNull();
  lock?.release();
  takeLock(file)?.release();
});
