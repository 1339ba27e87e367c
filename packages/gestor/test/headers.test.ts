import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gestor, type Kit, startGestor, startKit } from '../src/index.ts';
import { EVENING, RUT_OTEC, registry, TOKEN } from './data.ts';

let folder: string;
let gestor: Gestor;
let kit: Kit;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-headers-'));
  gestor = await startGestor({ datos: join(folder, 'g'), clock: () => EVENING, registro: registry() });
  kit = await startKit({ datos: join(folder, 'k') });
});
afterAll(async () => {
  await gestor.close();
  await kit.close();
  await rm(folder, { recursive: true, force: true });
});

test('what a provider is answered is kept by no cache, and taken by no browser for something else', async () => {
  const asked = `rutOtec=${RUT_OTEC}&idSistema=1350&token=${TOKEN}`;
  for (const path of [`/avance-sic/historialEnvios?${asked}`, '/nada']) {
    const { headers } = await fetch(`${gestor.url}${path}`);
    expect(headers.get('cache-control'), path).toBe('no-store');
    expect(headers.get('x-content-type-options'), path).toBe('nosniff');
  }
});

test('a page runs and looks by files of its own alone', async () => {
  const { headers } = await fetch(new URL('/procesos', gestor.url));
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
  expect(policy).not.toContain('unsafe');
  expect([headers.get('cache-control'), headers.get('x-content-type-options')]).toEqual([
    'no-store',
    'nosniff',
  ]);
});

test('the signed report has its one style, known by its hash, and nothing else', async () => {
  const answer = await fetch(new URL('/certificacion/informe.html', kit.url));
  const policy = answer.headers.get('content-security-policy') ?? '';
  const [, style = ''] = /<style>(.*?)<\/style>/s.exec(await answer.text()) ?? [];
  expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`);
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain('unsafe');
});
