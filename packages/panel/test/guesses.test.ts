import { afterEach, beforeEach, expect, test } from 'vitest';
import { CLAVE, type Office, openOffice } from './support/office.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const post = (path: string, body: unknown, more = {}) => office.ask({ method: 'POST', path, body, ...more });
const login = (usuario: string, clave: string) => post('/api/sesion', { usuario, clave });
const seconds = (count: number) => {
  office.world.time.now = new Date(office.world.time.now.getTime() + count * 1000);
};

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
