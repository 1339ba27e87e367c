import { ROLES } from '@puente-sic/app';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { API, type Nombre, type Ruta } from '../src/index.ts';
import { type Office, openOffice } from './support/office.ts';

let office: Office;
const cookies: Record<string, string> = {};
let key = '';
beforeAll(async () => {
  office = await openOffice();
  for (const rol of ROLES) cookies[rol] = await office.enter(rol);
  const body = { nombre: 'prueba', rol: 'administrador' };
  const made = await office.ask({
    method: 'POST',
    path: '/api/claves',
    cookie: cookies.administrador ?? '',
    body,
  });
  key = (made.json as { clave: string }).clave;
});
afterAll(() => office.close());

const names = Object.keys(API) as Nombre[];
/** A stream would never end, and leaving would end the session that the next question needs. */
const checked = names.filter((name) => !['eventos', 'salir', 'ingresar', 'abrirEnlace'].includes(name));

describe.each(checked)('%s', (name) => {
  const route: Ruta = API[name];
  // What is asked is rubbish, so that nothing happens: it is the guard before it that is looked at.
  const path = route.ruta.replaceAll(/:\w+/g, 'no-hay');
  const ask = (headers: Record<string, string>) =>
    office.ask({ method: route.metodo, path, headers, ...(route.metodo !== 'GET' && { body: [] }) });
  const isLetIn = ({ status, json }: { status: number; json: unknown }) => {
    expect(status).toBeLessThan(500);
    return status !== 401 && !JSON.stringify(json ?? '').includes('sin-permiso');
  };

  test.each(ROLES)('for %s', async (rol) => {
    const needed = route.rol === 'nadie' || route.rol === 'sesion' ? 'lector' : route.rol;
    expect(isLetIn(await ask({ cookie: cookies[rol] ?? '' }))).toBe(
      ROLES.indexOf(rol) >= ROLES.indexOf(needed),
    );
  });

  test('for nobody, for a cookie or a key that is none', async () => {
    for (const headers of [
      {},
      { cookie: `puente_sesion=${'A'.repeat(43)}` },
      { authorization: `Bearer puente_${'A'.repeat(43)}` },
      { authorization: 'Basic QW5hOmNsYXZl' },
    ]) {
      const answered = await ask(headers);
      expect(isLetIn(answered)).toBe(route.rol === 'nadie');
      if (route.rol !== 'nadie') expect(answered.json).toMatchObject({ error: { codigo: 'sin-sesion' } });
    }
  });

  test('for an API key of an administrator', async () => {
    expect(isLetIn(await ask({ authorization: `Bearer ${key}` }))).toBe(
      route.rol !== 'sesion' && !route.persona,
    );
  });
});

test('the stream of events is for those with a session', async () => {
  expect((await office.ask({ path: '/api/eventos' })).status).toBe(401);
});

test('what is no route of the API is none for an administrator either', async () => {
  const cookie = cookies.administrador ?? '';
  for (const path of ['/api', '/api/', '/api/nada', '/api/hoy/']) {
    const { status, headers } = await office.ask({ path, cookie });
    expect([path, status]).toEqual([path, path === '/api' ? expect.any(Number) : 404]);
    expect(headers['content-security-policy']).toContain("default-src 'none'");
  }
});
