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

test('whoever guesses waits, longer each time, even with the right password; others do not', async () => {
  await office.enter('operador');
  for (let count = 0; count < 5; count += 1) {
    expect(await login('Ana', 'equivocada')).toMatchObject({
      status: 401,
      json: { error: { codigo: 'credenciales' } },
    });
  }
  expect(await login('ana ', CLAVE)).toMatchObject({
    status: 429,
    headers: { 'retry-after': '2' },
    json: { error: { codigo: 'bloqueado' } },
  });
  expect((await login('un operador', CLAVE)).status).toBe(200);
  seconds(2);
  expect((await login('Ana', CLAVE)).status).toBe(200);
});

test('many guesses at once are counted before any is judged; an address waits over all accounts', async () => {
  await office.enter('administrador');
  const guesses = await Promise.all(Array.from({ length: 12 }, () => login('Ana', 'equivocada')));
  expect(guesses.filter(({ status }) => status === 401)).toHaveLength(5);
  const others = await Promise.all(Array.from({ length: 12 }, (_, at) => login(`nadie ${at}`, 'equivocada')));
  expect(others.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
});

test('nobody locks somebody out: what strangers try holds up neither her browser, nor her session, nor the console', async () => {
  await office.close();
  office = await openOffice({ publicUrl: 'https://panel.example' });
  const from = (direccion: string) => ({ headers: { 'x-forwarded-for': direccion } });
  const admin = await office.enter('administrador');
  const abroad = from('203.0.113.80');
  const body = (clave: string) => ({ usuario: 'Ana', clave });
  const { mark } = await post('/api/sesion', body(CLAVE), from('203.0.113.9'));
  // At home or on a train: it is the browser.
  const browser = { ...from('198.51.100.3'), cookie: mark };

  const tried = [];
  for (let count = 0; count < 40; count += 1) {
    tried.push(await post('/api/sesion', body('equivocada'), from(`198.51.100.${count}`)));
  }
  // Each address was a new one; over all of them the account is slowed down.
  expect(tried.filter(({ status }) => status === 401)).toHaveLength(20);
  expect((await post('/api/sesion', body(CLAVE), abroad)).status).toBe(429);
  expect((await post('/api/sesion', body(CLAVE), browser)).status).toBe(200);
  const change = { actual: CLAVE, nueva: 'otra clave igual de larga' };
  const changed = await office.ask({ method: 'PUT', path: '/api/clave', cookie: admin, body: change });
  expect(changed.status).toBe(200);
  const codigo = await office.enlace();
  expect((await post('/api/enlace', { codigo, cuenta: body(CLAVE) }, abroad)).status).toBe(200);
  // Eight seconds are the longest that she waits somewhere new.
  seconds(8);
  expect((await post('/api/sesion', body(CLAVE), abroad)).status).toBe(200);
});

test('behind a proxy that makes all of them one address, strangers hold up no browser that has come in before', async () => {
  await office.enter('administrador');
  const body = (clave: string) => ({ usuario: 'Ana', clave });
  const { mark, cookie } = await post('/api/sesion', body(CLAVE));
  for (let count = 0; count < 12; count += 1) await post('/api/sesion', body('equivocada'));
  expect((await post('/api/sesion', body(CLAVE))).status).toBe(429);
  const again = await post('/api/sesion', body(CLAVE), { cookie: `${cookie}; ${mark}` });
  expect([again.status, again.mark?.split('.')[0]]).toEqual([200, mark?.split('.')[0]]);

  // It lets nobody in, and guesses behind it are counted too; that of another account or of a former password is none.
  const guesses = [];
  for (let count = 0; count < 6; count += 1)
    guesses.push((await post('/api/sesion', body('equivocada'), { cookie: mark })).status);
  expect(guesses).toEqual([401, 401, 401, 401, 401, 429]);
  await office.enter('lector');
  const others = { usuario: 'un lector', clave: 'equivocada' };
  const spread = [];
  for (let count = 0; count < 6; count += 1)
    spread.push((await post('/api/sesion', others, { cookie: mark })).status);
  expect(spread).toEqual([401, 401, 401, 401, 401, 429]);
});

test('one IPv6 connection is one address, and coming in oneself makes no room for guesses at others', async () => {
  await office.close();
  office = await openOffice({ publicUrl: 'https://panel.example' });
  await office.enter('administrador');
  await office.enter('lector');
  const try_ = async (usuario: string, clave: string, direccion: string) =>
    (await post('/api/sesion', { usuario, clave }, { headers: { 'x-forwarded-for': direccion } })).status;
  const guesses = [];
  for (let count = 0; count < 25; count += 1)
    guesses.push(await try_(`alguien ${count}`, 'equivocada', `2800:3f0:1:2::${count.toString(16)}`));
  expect(guesses.filter((status) => status === 401)).toHaveLength(20);

  const between = [];
  for (let count = 0; count < 25; count += 1) {
    between.push(await try_(`alguien ${count}`, 'equivocada', '203.0.113.9'));
    if (count % 5 === 4) await try_('un lector', CLAVE, '203.0.113.9');
  }
  expect(between.filter((status) => status === 401)).toHaveLength(20);
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
