import { expect, test } from 'vitest';
import { Failure } from '../failure.ts';
import { resolveConnection } from './connection.ts';
import { settingsSchema } from './settings.ts';

const A = '0A1B2C3D-4E5F-4A6B-8C7D-9E0F1A2B3C4D';
const B = '11111111-2222-4333-8444-555555555555';
const file = (otecs: { rut: string; token?: string }[], gestor = 'http://archivo/gestor/API') =>
  settingsSchema.parse({ otecs, gestor });

test('the file alone', () => {
  expect(resolveConnection(file([{ rut: '76543210-3', token: A }]), {}, {}, true)).toEqual({
    gestor: 'http://archivo/gestor/API',
    otecs: [{ rut: '76543210-3', token: A }],
  });
});

test('flags and SENCE_TOKEN alone; production where no address is given', () => {
  const found = resolveConnection(
    settingsSchema.parse({}),
    { rutOtec: '76.543.210-3' },
    { SENCE_TOKEN: A.toLowerCase() },
    true,
  );
  expect(found).toEqual({
    gestor: 'https://auladigital.sence.cl/gestor/API',
    otecs: [{ rut: '76543210-3', token: A }],
  });
});

test('flags win over the file', () => {
  const settings = file([
    { rut: '76543210-3', token: A },
    { rut: '77654321-7', token: B },
  ]);
  const env = { SENCE_TOKEN: B };
  expect(resolveConnection(settings, { gestor: 'https://otro/x' }, {}, true).gestor).toBe('https://otro/x');
  expect(resolveConnection(settings, { rutOtec: '77654321-7' }, {}, true).otecs).toEqual([
    { rut: '77654321-7', token: B },
  ]);
  // Only the whole trio overrides a token that the file has for that very provider.
  expect(resolveConnection(settings, { rutOtec: '76543210-3' }, env, true).otecs).toEqual([
    { rut: '76543210-3', token: A },
  ]);
  expect(
    resolveConnection(settings, { rutOtec: '76543210-3', gestor: 'https://otro/x' }, env, true).otecs,
  ).toEqual([{ rut: '76543210-3', token: B }]);
});

test('SENCE_TOKEN is for one provider, never for all', () => {
  const settings = file([{ rut: '76543210-3' }, { rut: '77654321-7', token: B }]);
  expect(() => resolveConnection(settings, {}, { SENCE_TOKEN: A }, true)).toThrow(
    'Falta el token de la OTEC 76543210-3.',
  );
});

test.each([
  ['no provider', {}, { SENCE_TOKEN: A }, 'No se sabe de qué OTEC son los datos.'],
  ['no token', { rutOtec: '76543210-3' }, {}, 'Falta el token de la OTEC 76543210-3.'],
  [
    'a wrong token',
    { rutOtec: '76543210-3' },
    { SENCE_TOKEN: 'abc' },
    'El token de la OTEC 76543210-3 no tiene la forma',
  ],
  [
    'a wrong check digit',
    { rutOtec: '76543210-4' },
    { SENCE_TOKEN: A },
    'El dígito verificador de «76543210-4» no corresponde a ese RUT.',
  ],
  ['a wrong RUT', { rutOtec: 'hola' }, { SENCE_TOKEN: A }, '«hola» no tiene la forma de un RUT.'],
  [
    'a wrong address',
    { gestor: 'sence.cl', rutOtec: '76543210-3' },
    { SENCE_TOKEN: A },
    'no se puede usar: debe ser una dirección completa',
  ],
  [
    'an address that no client takes',
    { gestor: 'https://sence.cl/gestor/API?v=1', rutOtec: '76543210-3' },
    { SENCE_TOKEN: A },
    'no puede llevar «?» ni «#»',
  ],
])('%s is told', (_what, flags, env, message) => {
  const attempt = () => resolveConnection(settingsSchema.parse({}), flags, env, true);
  expect(attempt).toThrow(Failure);
  expect(attempt).toThrow(message);
});

test('a preview needs no token', () => {
  expect(resolveConnection(settingsSchema.parse({}), { rutOtec: '76543210-3' }, {}, false).otecs).toEqual([
    { rut: '76543210-3', token: '' },
  ]);
});
