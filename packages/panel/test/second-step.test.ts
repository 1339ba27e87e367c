import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CLAVE, type Office, openOffice } from './support/office.ts';

let office: Office;
let cookie: string;
beforeEach(async () => {
  office = await openOffice();
  cookie = await office.enter('administrador');
});
afterEach(() => office.close());

const STEP_MS = 30_000;
const pass = (ms: number) => {
  office.world.time.now = new Date(office.world.time.now.getTime() + ms);
};
/** As an authenticator shows it, so many steps from now. */
const codeOf = (secreto: string, away = 0) =>
  new TOTP({ secret: Secret.fromBase32(secreto) }).generate({
    timestamp: office.world.time.now.getTime() + away * STEP_MS,
  });
const ask = (method: string, body: unknown, path = '') =>
  office.ask({ method, path: `/api/segundo-paso${path}`, cookie, body });
const enter = (codigo?: string, clave = CLAVE) =>
  office.ask({ method: 'POST', path: '/api/sesion', body: { usuario: 'Ana', clave, codigo } });
const code = (json: unknown) => (json as { error?: { codigo: string } }).error?.codigo;

async function turnOn(): Promise<string> {
  const { secreto } = (await ask('POST', {}, '/secreto')).json as { secreto: string };
  const done = await ask('PUT', { clave: CLAVE, secreto, codigo: codeOf(secreto) });
  expect(done).toMatchObject({ status: 200, json: { desde: office.world.time.now.toISOString() } });
  pass(STEP_MS);
  return secreto;
}

test('the secret goes to an authenticator as an address and a square of squares', async () => {
  const { json } = await ask('POST', {}, '/secreto');
  const { secreto, direccion, qr } = json as { secreto: string; direccion: string; qr: string[] };
  expect(direccion).toContain(`otpauth://totp/Puente%20SIC:Ana?`);
  expect(direccion).toContain(`secret=${secreto}`);
  for (const row of qr) expect(row).toMatch(new RegExp(`^[01]{${qr.length}}$`));
  // Offered is not turned on.
  expect((await office.ask({ path: '/api/segundo-paso', cookie })).json).toEqual({ desde: null });
  expect((await enter()).status).toBe(200);
});

test('it is turned on with the password and a code of that secret, and with nothing less', async () => {
  const { secreto } = (await ask('POST', {}, '/secreto')).json as { secreto: string };
  const wrong = await ask('PUT', { clave: 'otra clave cualquiera', secreto, codigo: codeOf(secreto) });
  expect([wrong.status, code(wrong.json)]).toEqual([401, 'credenciales']);
  const other = await ask('PUT', { clave: CLAVE, secreto, codigo: codeOf(new Secret().base32) });
  expect([other.status, code(other.json)]).toEqual([401, 'segundo-paso']);
  expect((await enter()).status).toBe(200);
});

test('then the password alone opens nothing, a code lets in once, and clocks may differ by one step', async () => {
  const secreto = await turnOn();
  const without = await enter();
  expect([without.status, code(without.json), without.cookie]).toEqual([401, 'segundo-paso', undefined]);
  const wrongPassword = await enter(codeOf(secreto), 'otra clave cualquiera');
  expect(code(wrongPassword.json)).toBe('credenciales');
  expect((await enter('000000')).status).toBe(401);
  const right = codeOf(secreto);
  expect((await enter(`${right.slice(0, 3)} ${right.slice(3)}`)).status).toBe(200);
  expect((await enter(right)).status).toBe(401);
  pass(STEP_MS * 3);
  expect((await enter(codeOf(secreto, -2))).status).toBe(401);
  expect((await enter(codeOf(secreto, 1))).status).toBe(200);
  // An earlier code than the last one lets nobody in either.
  expect((await enter(codeOf(secreto))).status).toBe(401);
});

test('who guesses codes waits, and that the password was right is told', async () => {
  const secreto = await turnOn();
  for (let guess = 0; guess < 5; guess++) expect((await enter('123456')).status).toBe(401);
  expect((await enter(codeOf(secreto))).status).toBe(429);
  const { json } = await office.ask({ path: '/api/bitacora', cookie });
  const [last] = (json as { hechos: { accion: string; detalle: string }[] }).hechos;
  expect(last).toMatchObject({
    accion: 'ingreso-fallido',
    detalle: '«Ana»: la clave era correcta y el código no.',
  });
});

test('it is taken away with the password; with a link of the console where the telephone is lost', async () => {
  await turnOn();
  expect((await ask('DELETE', { clave: 'otra clave cualquiera' })).status).toBe(401);
  expect((await enter()).status).toBe(401);
  expect((await ask('DELETE', { clave: CLAVE })).json).toEqual({ desde: null });
  expect((await enter()).status).toBe(200);

  await turnOn();
  const opened = await office.ask({
    ...{ method: 'POST', path: '/api/enlace', body: { codigo: await office.enlace('Ana') } },
  });
  expect(opened).toMatchObject({ status: 200, json: { estado: 'abierta' } });
  const cuenta = { usuario: 'Ana', clave: 'una clave nueva y larga' };
  const claimed = await office.ask({
    ...{ method: 'POST', path: '/api/enlace', body: { codigo: await office.enlace(), cuenta } },
  });
  expect(claimed.status).toBe(200);
  expect((await enter(undefined, cuenta.clave)).status).toBe(200);
});

test('the secret is nowhere in the clear', async () => {
  const secreto = await turnOn();
  const { cifrado } = await office.world.ledger.db
    .selectFrom('secreto')
    .selectAll()
    .where('nombre', 'like', 'segundo-paso:%')
    .executeTakeFirstOrThrow();
  expect(Buffer.from(cifrado).toString('latin1')).not.toContain(secreto);
  expect(office.log.join()).not.toContain(secreto);
});
