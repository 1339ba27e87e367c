import { GestorClient } from '@puente-sic/client';
import { moodleBdSource, moodleWsSource } from '@puente-sic/sources';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  databaseProblem,
  gestorProblem,
  patternProblem,
  siteProblem,
  sqlProblem,
  webhookProblem,
} from './addresses.ts';

test.each([
  ['https://auladigital.sence.cl/gestor/API', null],
  ['http://127.0.0.1:8350/gestor/API/', null],
  ['http://[::1]:8350', null],
  ['https://sence.cl/API?v=1', 'no puede llevar «?»'],
  ['https://sence.cl/API?', 'no puede llevar «?»'],
  ['https://sence.cl/API#x', 'ni «#»'],
  ['https://yo:clave@sence.cl/API', 'no puede llevar usuario ni clave'],
  ['https://@sence.cl/API', 'no puede llevar usuario ni clave'],
  ['sence.cl', 'debe ser una dirección completa'],
  ['http:sence.cl', 'debe ser una dirección completa'],
  ['https://sence.cl/A PI', 'debe ser una dirección completa'],
  ['https://sence.cl/A\tPI', 'debe ser una dirección completa'],
  ['https://sence.cl:99999/', 'debe ser una dirección completa'],
  ['', 'debe ser una dirección completa'],
])('as a Gestor: %s', (text, problem) => {
  if (problem === null) expect(gestorProblem(text)).toBe(null);
  else expect(gestorProblem(text)).toContain(problem);
});

test.each([
  ['mariadb://lectura:clave@servidor:3306/moodle', null],
  ['postgres://lectura:m%40l@[::1]/moodle', null],
  ['mysql://lectura:100%@servidor/moodle', '% es %25'],
  ['sqlserver://lectura:clave@servidor:1433/moodle', 'dirección de una base de datos'],
  ['mariadb://raro:cl#ve@1/2@127.0.0.1:3306/moodle', '# es %23'],
  ['mariadb://raro:12/3@servidor/moodle', '/ es %2F'],
  ['mariadb://raro:12?3@servidor/moodle', '? es %3F'],
  ['mariadb://raro:100%25segura%23@servidor/moodle?x=a', null],
  ['mariadb://raro:clave@servidor/moodle?x=a@b', '@ es %40'],
  ['mariadb://a:b@http//@c/d', '@ es %40'],
  ['mariadb://a:b@http/@c/d', '@ es %40'],
  ['mariadb://a:b c@d/e', 'el espacio es %20'],
  ['mysql://lectura@servidor', 'nombre de la base'],
  ['mysql://lectura@servidor/', 'nombre de la base'],
  ['oracle://lectura@servidor/moodle', 'debe ser la dirección de una base de datos'],
])('as a database: %s', (text, problem) => {
  if (problem === null) expect(databaseProblem(text)).toBe(null);
  else expect(databaseProblem(text)).toContain(problem);
});

test.each([
  ['sqlserver://lectura@servidor:1433/aula', null],
  ['sqlserver://EMPRESA%5Clectura:clave@[::1]/aula', null],
  ['sqlserver://lectura@SERVIDOR\\SQLEXPRESS/aula', 'fijen un puerto'],
  ['sqlserver://lectura@SERVIDOR%5CSQLEXPRESS/aula', 'fijen un puerto'],
  ['sqlserver://lectura@servidor', 'nombre de la base'],
  ['sqlserver://lectura:cl/ve@servidor/aula', '/ es %2F'],
  ['mariadb://lectura@servidor/aula', null],
])('as the database of an LMS: %s', (text, problem) => {
  if (problem === null) expect(sqlProblem(text)).toBe(null);
  else expect(sqlProblem(text)).toContain(problem);
});

test('what is accepted can be started with: no constructor refuses it', () => {
  const pieces = fc.constantFrom(
    ...[
      'http',
      'https',
      'mysql',
      'postgres',
      ':',
      '//',
      '/',
      '@',
      '?',
      '#',
      '%',
      '%40',
      '%zz',
      '\\',
      ' ',
      '\t',
    ],
    ...['sence.cl', '127.0.0.1', '[::1]', ':80', 'v=1', 'á', 'a', '..', '\u0000', '.', '(', ')', '[', '+'],
  );
  const text = fc.oneof(
    fc.array(pieces, { maxLength: 9 }).map((parts) => parts.join('')),
    fc.array(pieces, { maxLength: 6 }).map((parts) => `https://sence.cl${parts.join('')}`),
    fc.array(pieces, { maxLength: 6 }).map((parts) => `mariadb://a:b${parts.join('')}@c/d`),
    fc.webUrl({ withQueryParameters: true, withFragments: true }),
  );
  let accepted = 0;
  fc.assert(
    fc.property(text, (one) => {
      if (gestorProblem(one) === null) {
        new GestorClient({ baseUrl: one, credenciales: { rutOtec: '76543210-3', token: '' } });
        accepted += 1;
      }
      if (siteProblem(one) === null) moodleWsSource({ name: 'x', url: one, token: 'x' });
      if (webhookProblem(one) === null) new Request(one);
      if (patternProblem(one) === null) new RegExp(one, 'u');
      if (databaseProblem(one) === null) {
        moodleBdSource({ name: 'x', url: one });
        decodeURIComponent(new URL(one).password);
      }
    }),
    { numRuns: 3000 },
  );
  expect(accepted).toBeGreaterThan(100);
});
