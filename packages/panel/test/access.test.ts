import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { listUsuarios } from '@puente-sic/app';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CLAVE, type Office, openOffice } from './support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const post = (path: string, body: unknown, more = {}) => office.ask({ method: 'POST', path, body, ...more });
const login = (usuario: string, clave: string) => post('/api/sesion', { usuario, clave });
const state = async (cookie?: string) =>
  (await office.ask({ path: '/api/sesion', ...(cookie !== undefined && { cookie }) })).json;
const seconds = (count: number) => {
  office.world.time.now = new Date(office.world.time.now.getTime() + count * 1000);
};

test('the first administrator, by a link of the console, once, within ten minutes, also through a proxy', async () => {
  expect(await state()).toEqual({ estado: 'primer-uso', usuario: null, ensayo: false });
  const cuenta = { usuario: 'Ana', clave: CLAVE };
  const open = (codigo: string, more = {}) => post('/api/enlace', { codigo, cuenta }, more);
  const late = await office.enlace();
  seconds(600);
  for (const nothing of [late, '', 'A'.repeat(43)]) {
    expect(await open(nothing)).toMatchObject({ status: 403, json: { error: { codigo: 'enlace' } } });
  }
  const replaced = await office.enlace();
  const codigo = await office.enlace();
  expect((await open(replaced)).status).toBe(403);
  // What is wrong with an account does not use the link up.
  const common = { codigo, cuenta: { ...cuenta, clave: 'Contraseña.2026' } };
  expect(await post('/api/enlace', common)).toMatchObject({
    status: 409,
    json: { error: { mensaje: expect.stringContaining('de las primeras que se prueban') } },
  });
  expect(await post('/api/enlace', { codigo, cuenta: { ...cuenta, clave: 'corta' } })).toMatchObject({
    status: 400,
    json: { error: { mensaje: expect.stringContaining('clave: debe tener al menos 12 caracteres') } },
  });
  // Looking is no use.
  expect(await post('/api/enlace', { codigo })).toMatchObject({ json: { estado: 'primer-uso' } });

  const proxied = { headers: { 'x-forwarded-for': '203.0.113.9' } };
  const both = await Promise.all([open(codigo, proxied), open(codigo, proxied), open(codigo)]);
  expect(both.map(({ status }) => status).sort()).toEqual([200, 403, 403]);
  const made = both.find(({ status }) => status === 200);
  expect(made?.headers['set-cookie']).toEqual([
    expect.stringMatching(/^puente_sesion=[\w-]{43}; Path=\/; Max-Age=604800; HttpOnly; SameSite=Strict$/),
    expect.stringMatching(
      /^puente_navegador=[\w.-]+; Path=\/api\/sesion; Max-Age=31536000; HttpOnly; SameSite=Strict$/,
    ),
  ]);
  expect(await state(made?.cookie)).toEqual({
    estado: 'abierta',
    usuario: { usuario: 'Ana', rol: 'administrador' },
    ensayo: false,
  });
  expect(await state()).toEqual({ estado: 'cerrada', usuario: null, ensayo: false });
  expect((await listUsuarios(office.world.ledger))[0]?.clave).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

test('a link gives an administrator a new password, nobody else; one that is somebody’s lets in without', async () => {
  await office.enter('operador');
  const admin = await office.enter('administrador');
  const clave = 'otra clave igual de larga';
  const open = async (cuenta?: object) => post('/api/enlace', { codigo: await office.enlace(), cuenta });
  expect(await open({ usuario: 'un operador', clave })).toMatchObject({ status: 409 });
  expect((await login('un operador', CLAVE)).status).toBe(200);
  expect(await open({ usuario: 'ANA', clave })).toMatchObject({ status: 200, json: { estado: 'abierta' } });
  expect(await state(admin)).toMatchObject({ estado: 'cerrada' });
  expect((await login('Ana', CLAVE)).status).toBe(401);
  const entered = (await login('Ana', clave)).cookie ?? '';

  const own = await post('/api/enlace', { codigo: await office.enlace('Ana') });
  expect(await state(own.cookie)).toMatchObject({ usuario: { usuario: 'Ana' } });
  const { text } = await office.ask({ path: '/api/bitacora', cookie: entered });
  expect(text).toContain('clave-recuperada');
});

test('in and out; a session ends after twelve idle hours, and after a week in any case', async () => {
  await office.enter('administrador');
  const { cookie = '' } = await login('ANA', CLAVE);
  expect(await state(cookie)).toMatchObject({ estado: 'abierta' });
  await office.ask({ method: 'DELETE', path: '/api/sesion', cookie });
  expect(await state(cookie)).toMatchObject({ estado: 'cerrada' });

  const idle = (await login('Ana', CLAVE)).cookie ?? '';
  seconds(11 * 3600);
  expect(await state(idle)).toMatchObject({ estado: 'abierta' });
  seconds(12 * 3600 + 1);
  expect(await state(idle)).toMatchObject({ estado: 'cerrada' });

  const busy = (await login('Ana', CLAVE)).cookie ?? '';
  for (let hours = 0; hours < 168; hours += 8) {
    expect(await state(busy)).toMatchObject({ estado: 'abierta' });
    seconds(8 * 3600);
  }
  seconds(1);
  expect(await state(busy)).toMatchObject({ estado: 'cerrada' });
});

test('a tab that is open, with nobody before it, keeps no session open', async () => {
  const cookie = await office.enter('lector');
  const alone = () => office.ask({ path: '/api/hoy', cookie, headers: { 'x-puente-sola': '1' } });
  const follow = async () => {
    const stream = httpRequest(`${office.panel.url}/api/eventos`, {
      headers: { cookie },
      agent: false,
    }).end();
    await once(stream, 'response');
    return stream;
  };
  const streams = [await follow()];
  for (let hours = 0; hours < 12; hours += 3) {
    expect((await alone()).status).toBe(200);
    // A browser takes it up again by itself where it broke off.
    streams.push(await follow());
    seconds(3 * 3600);
  }
  seconds(1);
  expect((await alone()).status).toBe(401);
  for (const stream of streams) stream.destroy();
});

test.each([
  ['POST', '/api/usuarios', { usuario: 'Luis', clave: 'luis.luis.luis', rol: 'lector' }],
  ['PUT', '/api/usuarios/1', { clave: 'password1234' }],
  ['PUT', '/api/clave', { actual: CLAVE, nueva: 'puente2026sence' }],
])('%s %s takes no password that is tried first', async (method, path, body) => {
  const cookie = await office.enter('administrador');
  expect(await office.ask({ method, path, cookie, body })).toMatchObject({
    status: 409,
    json: { error: { mensaje: expect.stringContaining('de las primeras que se prueban') } },
  });
});

test('what another page sends in a person’s name is turned away', async () => {
  const cookie = await office.enter('administrador');
  const body = { ids: [1], conocido: true };
  const path = '/api/errores/conocidos';
  const withHeaders = (headers: Record<string, string>) => post(path, body, { cookie, headers });
  expect((await withHeaders({})).status).toBe(200);
  for (const headers of [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: office.panel.url.replace('127.0.0.1', 'localhost') },
    { 'x-puente': '' },
  ]) {
    expect(await withHeaders(headers)).toMatchObject({ status: 403, json: { error: { codigo: 'origen' } } });
  }
  const rebound = {
    host: `evil.example:${office.panel.port}`,
    origin: `http://evil.example:${office.panel.port}`,
  };
  expect((await withHeaders(rebound)).status).toBe(421);
  expect((await office.ask({ path: '/api/sesion', headers: { host: 'evil.example' } })).status).toBe(421);
});

test('a new password ends the other sessions, one’s own change too', async () => {
  const admin = await office.enter('administrador');
  const other = (await login('Ana', CLAVE)).cookie ?? '';
  const change = (actual: string) =>
    office.ask({
      method: 'PUT',
      path: '/api/clave',
      cookie: admin,
      body: { actual, nueva: 'otra clave igual de larga' },
    });
  expect((await change('equivocada')).status).toBe(401);
  const changed = await change(CLAVE);
  expect(changed.status).toBe(200);
  expect([await state(other), await state(admin)]).toMatchObject([
    { estado: 'cerrada' },
    { estado: 'cerrada' },
  ]);
  expect(await state(changed.cookie)).toMatchObject({ estado: 'abierta' });
  expect((await login('Ana', CLAVE)).status).toBe(401);
});

test('who did what is written down, page by page, without secrets; nothing secret is logged', async () => {
  const admin = await office.enter('operador').then(() => office.enter('administrador'));
  await login('Ana', 'equivocada y secreta');
  const { json, text } = await office.ask({ path: '/api/bitacora', cookie: admin });
  expect((json as { hechos: { accion: string; quien: string | null }[] }).hechos).toMatchObject([
    { accion: 'ingreso-fallido', quien: null },
    { accion: 'ingreso', quien: 'un operador' },
    { accion: 'usuario-creado', quien: 'Ana', direccion: '127.0.0.1' },
    { accion: 'ingreso', quien: 'Ana' },
    { accion: 'primer-uso', quien: 'Ana' },
  ]);
  const logged = office.log.join('');
  expect(logged).toContain('/api/usuarios');
  for (const secret of [CLAVE, 'equivocada y secreta', admin.slice(14)]) {
    expect(text).not.toContain(secret);
    expect(logged).not.toContain(secret);
  }
  for (let count = 0; count < 101; count += 1) {
    const body = { ids: [count + 1], conocido: true };
    await post('/api/errores/conocidos', body, { cookie: admin });
  }
  const first = (await office.ask({ path: '/api/bitacora', cookie: admin })).json as Page;
  const second = (await office.ask({ path: `/api/bitacora?antes=${first.siguiente}`, cookie: admin }))
    .json as Page;
  expect([first.hechos.length, second.hechos.length, second.siguiente]).toEqual([100, 6, null]);
});

interface Page {
  hechos: unknown[];
  siguiente: number | null;
}
