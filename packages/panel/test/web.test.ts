import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EngineFailure } from '@puente-sic/engine';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CLAVE, type Office, openOffice } from './support/office.ts';

let folder: string;
let office: Office;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'puente-panel-'));
  mkdirSync(join(folder, 'web/assets'), { recursive: true });
  writeFileSync(join(folder, 'secreto.txt'), 'not for the web');
  writeFileSync(join(folder, 'web/index.html'), '<!doctype html><title>puente</title>');
  writeFileSync(join(folder, 'web/assets/app-1a2b.js'), `export default "${'áé'.repeat(2000)}";`);
  office = await openOffice({ webFolder: join(folder, 'web') });
});
afterEach(async () => {
  await office.close();
  rmSync(folder, { recursive: true, force: true });
});

test('the page for every address of the application; files by their own rules', async () => {
  for (const path of ['/', '/por-corregir', '/cursos/a/b/c?x=1', '/cursos/76111222-8/A.1/B.2']) {
    const page = await office.ask({ path });
    expect(page).toMatchObject({ status: 200, text: expect.stringContaining('<title>puente</title>') });
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
    });
  }
  const script = await office.ask({ path: '/assets/app-1a2b.js' });
  expect(script.headers['cache-control']).toContain('immutable');
  const { etag = '' } = script.headers;
  const again = await office.ask({ path: '/assets/app-1a2b.js', headers: { 'if-none-match': String(etag) } });
  expect([again.status, again.text]).toEqual([304, '']);
  for (const encoding of ['br', 'gzip']) {
    const response = await fetch(`${office.panel.url}/assets/app-1a2b.js`, {
      headers: { 'accept-encoding': encoding },
    });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(await response.text()).toBe(script.text);
  }
});

test.each([
  '/../secreto.txt',
  '/%2e%2e/secreto.txt',
  '/assets/..%2f..%2fsecreto.txt',
  '/assets/no.js',
  '/.env',
])('%s gives nothing', async (path) => {
  const { status, text } = await office.ask({ path });
  expect(text).not.toContain('not for the web');
  expect(status === 404 || text.includes('<title>puente</title>')).toBe(true);
});

test('no page of another host, no script but ours, in no frame', async () => {
  const { headers } = await office.ask({ path: '/' });
  const policy = String(headers['content-security-policy']);
  expect(policy).toContain("script-src 'self';");
  expect(policy).toContain("frame-ancestors 'none'");
  expect(policy).not.toMatch(/https?:|unsafe-/);
  expect(headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
  expect((await office.ask({ method: 'POST', path: '/', body: {} })).status).toBe(404);
});

test('without built pages the API works and the page says so', async () => {
  const bare = await openOffice({ webFolder: join(folder, 'none') });
  expect((await bare.ask({ path: '/' })).text).toContain('no están construidas');
  expect((await bare.ask({ path: '/api/sesion' })).status).toBe(200);
  await bare.close();
});

test('other computers see it only once somebody has a password', async () => {
  await expect(openOffice({ host: '0.0.0.0' })).rejects.toThrow(EngineFailure);
});

test('rubbish is answered in Spanish, and no request ends the panel', async () => {
  for (const body of ['x', 7, null, [], { usuario: {}, clave: [] }]) {
    const answered = await office.ask({ method: 'POST', path: '/api/sesion', body });
    expect(answered).toMatchObject({ status: 400, json: { error: { codigo: 'solicitud' } } });
  }
  expect((await office.ask({ path: '/api/%E0%A4%A' })).status).toBeLessThan(500);
  expect((await office.ask({ path: '/api/sesion' })).status).toBe(200);
});

test('a monitor hears whether all is well; from another computer no more than that', async () => {
  const near = await office.ask({ path: '/salud' });
  expect(near).toMatchObject({ status: 200, json: { estado: 'bien', proveedores: [{ estado: 'bien' }] } });
  const far = await office.ask({ path: '/salud', headers: { 'x-forwarded-for': '203.0.113.9' } });
  expect(far.json).toEqual({ estado: 'bien' });
});

test('behind a reverse proxy: its name is ours, the cookie is for HTTPS alone', async () => {
  const proxied = await openOffice({ publicUrl: 'https://panel.example' });
  await proxied.enter('administrador');
  const headers = {
    host: 'panel.example',
    origin: 'https://panel.example',
    'x-forwarded-for': '203.0.113.9',
  };
  const body = { usuario: 'Ana', clave: CLAVE };
  const entered = await proxied.ask({ method: 'POST', path: '/api/sesion', body, headers });
  expect(entered.status).toBe(200);
  expect(String(entered.headers['set-cookie'])).toMatch(/; Secure$/);
  expect(entered.headers['strict-transport-security']).toBeDefined();
  const other = { ...headers, host: 'evil.example', origin: 'https://evil.example' };
  expect((await proxied.ask({ method: 'POST', path: '/api/sesion', body, headers: other })).status).toBe(421);
  const hechos = await proxied.ask({ path: '/api/bitacora', cookie: entered.cookie ?? '' });
  expect(hechos.json).toMatchObject({ hechos: [{ accion: 'ingreso', direccion: '203.0.113.9' }, {}, {}] });
  await proxied.close();
});
