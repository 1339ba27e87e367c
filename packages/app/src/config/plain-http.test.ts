import { expect, test } from 'vitest';
import { plainHttpProblem, plainHttpWarnings } from './plain-http.ts';
import { settingsSchema } from './settings.ts';

test.each([
  ['https://auladigital.sence.cl/gestor/API', [], true],
  ['http://localhost:8350/x', [], true],
  ['http://127.9.0.1/x', [], true],
  ['http://[::1]:8350', [], true],
  ['http://0x7f.1/x', [], true],
  ['http://auladigital.sence.cl/gestor/API', [], false],
  ['http://127.0.0.1.ejemplo.cl', [], false],
  ['http://localhost.ejemplo.cl', [], false],
  ['http://192.168.1.20:8350', [], false],
  ['http://192.168.1.20:8350', ['192.168.1.20'], true],
  ['http://192.168.1.20:8350', ['192.168.1.20:8350'], true],
  ['http://192.168.1.20:8350', ['192.168.1.20:80'], false],
  ['http://192.168.1.20:8350', ['192.168.1.2'], false],
])('a token to %s, with %j permitted: %s', (gestor, permitted, may) => {
  expect(plainHttpProblem(gestor, permitted) === null).toBe(may);
});

test('a Moodle by http is warned about', () => {
  const fuentes = ['http://aula.ejemplo.cl', 'https://aula.ejemplo.cl', 'http://127.0.0.1'].map(
    (url, at) => ({
      ...{ nombre: String(at), tipo: 'moodle-ws', url, token: 'x' },
    }),
  );
  expect(plainHttpWarnings(settingsSchema.parse({ fuentes })).map(({ path }) => path)).toEqual([
    ['fuentes', 0, 'url'],
  ]);
});
