import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { REGISTRO } from './support/data.ts';
import { start } from './support/puente.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'puente-interrumpido-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

test('Ctrl-C in the middle of the demo: it says so, without a stack, and leaves nothing', async () => {
  const child = start(['demo'], { cwd: folder, env: { TMPDIR: folder } });
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  // The second act calls the Gestor: from here on an interruption is waited for and cleaned up after.
  child.stdout?.on('data', (chunk) => {
    if (/Probar la conexión/.test(String(chunk))) child.kill('SIGINT');
  });
  expect(await once(child, 'exit')).toEqual([3, null]);
  expect(stderr).toBe('✖ Se interrumpió.\n  → Repita la orden cuando quiera.\n');
  expect(readdirSync(folder)).toEqual([]);
});

test('Ctrl-C while traffic is compared: the copy of the registry goes with it', async () => {
  const registro = join(folder, 'registro.json');
  writeFileSync(registro, JSON.stringify(REGISTRO));
  const child = start(['gestor', 'espejo', '-', '--registro', registro], {
    cwd: folder,
    env: { TMPDIR: folder },
  });
  let stderr = '';
  child.stderr?.on('data', (chunk) => {
    stderr += String(chunk);
  });
  const exit = once(child, 'exit');
  const copies = () => readdirSync(folder).filter((name) => name.startsWith('puente-espejo-'));
  await expect.poll(() => copies().some((name) => readdirSync(join(folder, name)).length > 0)).toBe(true);
  child.kill('SIGINT');
  expect(await exit).toEqual([3, null]);
  expect(stderr).toBe('✖ Se interrumpió.\n  → Repita la orden cuando quiera.\n');
  expect(copies()).toEqual([]);
  rmSync(registro);
});

test('a reader that goes away early does not stop the work', async () => {
  const child = start(['demo'], { cwd: folder, env: { TMPDIR: folder } });
  child.stdout?.once('data', () => child.stdout?.destroy());
  expect(await once(child, 'exit')).toEqual([0, null]);
});
