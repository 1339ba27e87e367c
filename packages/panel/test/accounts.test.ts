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

test('users are made, changed and removed; somebody can always administer', async () => {
  const admin = await office.enter('administrador');
  const user = { usuario: 'Luis', clave: CLAVE, rol: 'lector' };
  const made = await post('/api/usuarios', user, { cookie: admin });
  expect(made.json).toMatchObject({ usuario: 'Luis', rol: 'lector', ultimoIngreso: null });
  expect(made.text).not.toContain('argon2');
  expect((await post('/api/usuarios', { ...user, usuario: 'LUIS' }, { cookie: admin })).status).toBe(409);
  const cookie = (await login('Luis', CLAVE)).cookie ?? '';
  const change = (id: number, body: unknown) =>
    office.ask({ method: 'PUT', path: `/api/usuarios/${id}`, cookie: admin, body });
  const remove = (id: number) => office.ask({ method: 'DELETE', path: `/api/usuarios/${id}`, cookie: admin });

  expect(await change(1, { rol: 'lector' })).toMatchObject({ status: 409 });
  expect(await remove(1)).toMatchObject({ status: 409, json: { error: { codigo: 'ultimo-administrador' } } });
  expect((await change(2, { rol: 'operador' })).json).toMatchObject({ rol: 'operador' });
  expect(await state(cookie)).toMatchObject({ usuario: { rol: 'operador' } });
  expect((await remove(2)).status).toBe(200);
  expect(await state(cookie)).toMatchObject({ estado: 'cerrada' });
  expect((await remove(2)).status).toBe(404);
});

test('nobody is named so that the audit would read as somebody else', async () => {
  const cookie = await office.enter('administrador');
  const names = [
    'puente (consola)',
    'Puente',
    'consola',
    'clave de la noche',
    'Ana\u202e',
    'Ana\u200b',
    'A\nB',
    '«Ana»',
    '=1+1',
    'Аna', // the first letter is Cyrillic
    'Αna', // Greek
    'Jоsé', // a Cyrillic o within
    'Олена',
    'Ａｎａ', // full width
    'Anıta', // without its dot
    'ﬁdel', // one sign
    'A\u034fna',
    'Z\u0337oe', // a mark that no letter of ours has
    'Púente',
    'C0nsola',
    'puente consola.',
  ];
  for (const name of names) {
    const user = { usuario: name, clave: CLAVE, rol: 'lector' };
    expect((await post('/api/usuarios', user, { cookie })).status, name).toBe(400);
    expect((await post('/api/claves', { nombre: name, rol: 'lector' }, { cookie })).status, name).toBe(400);
  }
  for (const name of [
    'José Ñúñez-O’Higgins',
    'maria.perez+sence@otec.cl',
    'Clavería 2',
    'Ivo Luksić',
    'Puente Alto',
  ]) {
    const user = { usuario: name, clave: CLAVE, rol: 'lector' };
    expect((await post('/api/usuarios', user, { cookie })).status, name).toBe(200);
  }
  const told = await post('/api/usuarios', { usuario: 'Jоsé', clave: CLAVE, rol: 'lector' }, { cookie });
  expect(told.text).toContain('letras de nuestro alfabeto');
  const long = { usuario: 'a'.repeat(81), clave: CLAVE, rol: 'lector' };
  expect((await post('/api/usuarios', long, { cookie })).text).toContain('puede tener hasta 80 letras');
});

test('no two accounts read the same; an accent may be typed as a sign of its own', async () => {
  const cookie = await office.enter('administrador');
  const user = { usuario: 'Luis Pérez', clave: CLAVE, rol: 'administrador' };
  expect((await post('/api/usuarios', user, { cookie })).status).toBe(200);
  for (const usuario of ['LUIS PEREZ', 'Luis  Pérez', 'Luis-Pérez', '1uis Pérez', 'Luis Pe\u0301rez.']) {
    const alike = await post('/api/usuarios', { ...user, usuario }, { cookie });
    expect(alike, usuario).toMatchObject({ status: 409, json: { error: { codigo: 'ya-hay' } } });
  }
  expect((await login('Luis Pe\u0301rez', CLAVE)).status).toBe(200);
  // Nor by a link of the console, which gives an account of that very name a new password.
  const codigo = await office.enlace();
  const claimed = await post('/api/enlace', { codigo, cuenta: { usuario: 'Luis Perez', clave: CLAVE } });
  expect(claimed.status).toBe(409);
  expect(claimed.text).toContain('se lee igual que «Luis Pérez»');
  const own = { usuario: 'Luis Pérez', clave: CLAVE };
  expect((await post('/api/enlace', { codigo, cuenta: own })).status).toBe(200);
});

test('no two API keys read the same', async () => {
  const cookie = await office.enter('administrador');
  expect((await post('/api/claves', { nombre: 'Tablero 1', rol: 'lector' }, { cookie })).status).toBe(200);
  const alike = await post('/api/claves', { nombre: 'tablero-l', rol: 'lector' }, { cookie });
  expect(alike).toMatchObject({ status: 409, json: { error: { codigo: 'ya-hay' } } });
});

test('an API key does what its role may, until it is taken away; it needs no header of a page', async () => {
  const admin = await office.enter('administrador');
  const made = await post('/api/claves', { nombre: 'tablero', rol: 'lector' }, { cookie: admin });
  const { clave, id } = made.json as { clave: string; id: number };
  const withKey = (path: string, method = 'GET') =>
    office.ask({ path, method, headers: { authorization: `Bearer ${clave}`, 'x-puente': '', origin: '' } });
  expect((await withKey('/api/hoy')).status).toBe(200);
  expect((await withKey('/api/usuarios')).status).toBe(403);
  expect((await withKey('/api/envios', 'POST')).status).toBe(403);
  const list = await office.ask({ path: '/api/claves', cookie: admin });
  expect(list.json).toMatchObject({ claves: [{ nombre: 'tablero', ultimoUso: expect.any(String) }] });
  expect(list.text).not.toContain(clave);
  await office.ask({ method: 'DELETE', path: `/api/claves/${id}`, cookie: admin });
  expect((await withKey('/api/hoy')).status).toBe(401);
});
