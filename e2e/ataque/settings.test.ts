import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFirstUsuario, loadSettings, openService } from '@puente-sic/app';
import { openLedger } from '@puente-sic/engine';
import { openPanel } from '@puente-sic/panel';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { oddText, part, REQUESTS, SEED } from './hostile.ts';

const OTEC = '76543210-3';
const TOKEN = '5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220';
const PERSON = { usuario: 'Rosa', clave: 'una frase que sólo yo sé' };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-ataque-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const place = () => ({ config: join(folder, 'puente.yaml'), datos: join(folder, 'estado') });

/** `puente servir` without its nights. */
async function openPuente() {
  const host = { env: {}, stdin: process.stdin, signal: new AbortController().signal, onNotice: () => {} };
  const service = await openService({ ...host, clock: () => new Date('2026-11-22T15:00:00Z') }, place(), {
    openPanel: () => openPanel({ port: 0, webFolder: join(folder, 'no-pages') }),
    ...{ onEvent: () => {}, onUndelivered: () => {}, onDefect: () => {} },
    pause: async () => {},
  });
  const call = async (method: string, path: string, body?: unknown, cookie = '') => {
    const headers = { cookie, 'x-puente': '1', 'content-type': 'application/json' };
    const answer = await fetch(service.panel.url + path, {
      method,
      headers,
      body: JSON.stringify(body ?? {}),
    });
    return { status: answer.status, json: await answer.json(), cookie: answer.headers.get('set-cookie') };
  };
  const entered = await call('POST', '/api/sesion', PERSON);
  const change = (method: string, path: string, body?: unknown) =>
    call(method, `/api/instalacion${path}`, body, entered.cookie?.split(';')[0]);
  return { service, change };
}

const hour = fc.oneof(oddText, fc.constantFrom('22:00', '00:00', '08:15'));
const address = fc.oneof(
  oddText,
  fc
    .tuple(fc.constantFrom('https://sence.cl', 'http://127.0.0.1', 'https://x:y@z', 'ftp://a'), oddText)
    .map((two) => two.join('')),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
);
const port = fc.oneof(fc.integer(), fc.constant(3306));
const name = fc.oneof(oddText, fc.constantFrom('planillas', 'aula', 'El Moodle'));
const base = {
  servidor: oddText,
  puerto: port,
  base: oddText,
  usuario: oddText,
  prefijo: oddText,
  clave: oddText,
};
const source = fc.oneof(
  fc.record({ nombre: name, tipo: fc.constant('archivo'), ruta: oddText }),
  fc.record({
    ...{
      nombre: name,
      tipo: fc.constant('moodle-bd'),
      motor: fc.constantFrom('mariadb', 'postgres'),
      ...base,
    },
    ...{ sitio: fc.option(address), tls: fc.boolean() },
  }),
  fc.record({
    ...{ nombre: name, tipo: fc.constant('moodle-ws'), url: address, token: oddText },
    ...{
      informeInscripciones: fc.constant(null),
      tiempo: fc.option(fc.record({ de: fc.constant('csv'), ruta: oddText })),
    },
  }),
);
const channel = fc.oneof(
  fc.record({ tipo: fc.constant('webhook'), formato: fc.constant('json'), url: address, clave: oddText }),
  fc.record({
    ...{ tipo: fc.constant('correo'), servidor: oddText, puerto: port, tls: fc.boolean() },
    ...{
      usuario: fc.option(oddText),
      clave: fc.option(oddText),
      de: oddText,
      para: fc.array(oddText, { maxLength: 2 }),
    },
  }),
);
const change: fc.Arbitrary<[method: string, path: string, body?: unknown]> = fc.oneof(
  address.map((gestor): [string, string, unknown] => ['PUT', '', { gestor, tokens: { [OTEC]: TOKEN } }]),
  fc
    .record(
      {
        nombre: oddText,
        token: fc.oneof(oddText, fc.constant(TOKEN)),
        resumenA: hour,
        graciaDias: fc.integer(),
      },
      { requiredKeys: [] },
    )
    .map((body): [string, string, unknown] => ['PUT', `/otecs/${OTEC}`, body]),
  fc
    .tuple(name, source)
    .map(([nombre, fuente]): [string, string, unknown] => [
      'PUT',
      `/fuentes/${part(nombre) || 'x'}`,
      { fuente },
    ]),
  channel.map((canal): [string, string, unknown] => ['POST', `/otecs/${OTEC}/alertas`, { canal }]),
  fc
    .array(
      fc.record({
        curso: oddText,
        codigoGrupo: oddText,
        modulos: fc.dictionary(oddText, oddText, { maxKeys: 2 }),
      }),
      { maxLength: 2 },
    )
    .map((cursos): [string, string, unknown] => [
      'PUT',
      '/fuentes/planillas/cursos',
      { rutOtec: OTEC, cursos },
    ]),
  fc.constant<[string, string, unknown]>([
    'PUT',
    '/fuentes/planillas',
    { fuente: { nombre: 'planillas', tipo: 'archivo', ruta: './planillas' } },
  ]),
  name.map((nombre): [string, string] => ['DELETE', `/fuentes/${part(nombre) || 'x'}`]),
);

test(`whatever the panel saves can be started with, and set right again (seed ${SEED})`, async () => {
  const ledger = await openLedger(place().datos);
  await createFirstUsuario(ledger, 'consola', PERSON, new Date('2026-11-22T15:00:00Z'));
  await ledger.close();
  await writeFile(place().config, '');
  const puente = await openPuente();
  let saved = 0;
  await fc.assert(
    fc.asyncProperty(change, async ([method, path, body]) => {
      const { status } = await puente.change(method, path, body);
      expect(status, JSON.stringify([method, path, body])).toBeLessThan(500);
      if (status !== 200) return;
      saved += 1;
      await loadSettings({ ...place(), permitirHttp: [], needsTokens: false, env: {} });
      expect(puente.service.generation()?.settings).not.toBe(null);
    }),
    { numRuns: Math.ceil(REQUESTS / 5), seed: SEED, endOnFailure: true },
  );
  expect(saved).toBeGreaterThan(10);
  await puente.service.panel.close();

  const again = await openPuente();
  expect(again.service.generation()?.settings).not.toBe(null);
  const right = { gestor: 'https://auladigital.sence.cl/gestor/API', tokens: { [OTEC]: TOKEN } };
  expect((await again.change('PUT', '', right)).status).toBe(200);
  await again.service.panel.close();
}, 3_600_000);
