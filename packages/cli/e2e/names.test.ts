import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OTEC, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';
import { type Served, serve } from './support/panel.ts';

/** A DNS in which a name of somebody else's leads to where a machine is told its own passwords. */
const DNS = `
import dns from 'node:dns';
import { syncBuiltinESMExports } from 'node:module';
const known = dns.lookup;
dns.lookup = (name, options, done) => {
  if (!name.endsWith('.ejemplo.cl')) return known(name, options, done);
  const found = { address: '169.254.169.254', family: 4 };
  queueMicrotask(() => (options.all ? done(null, [found]) : done(null, found.address, found.family)));
};
syncBuiltinESMExports();
`;

let office: Office;
let served: Served | undefined;
beforeEach(async () => {
  [office, served] = [await openOffice(), undefined];
});
afterEach(async () => {
  await served?.stop('SIGKILL');
  await office.close();
});

test('a name that leads to where a machine is told its own secrets is called by nobody', async () => {
  const file = join(office.folder, 'dns.mjs');
  writeFileSync(file, DNS);
  served = await serve(office, { NODE_OPTIONS: `--import ${pathToFileURL(file).href}` });
  const inside = expect.stringContaining('lleva a un servicio interno');
  const otec = `/otecs/${OTEC}`;
  const gestor = 'https://gestor.ejemplo.cl/gestor/API';
  expect(await served.change('POST', `${otec}/prueba`, { gestor, token: TOKEN })).toMatchObject({
    mensaje: inside,
  });

  const ws = { nombre: 'ws', tipo: 'moodle-ws', token: 'x', informeInscripciones: null, tiempo: null };
  for (const url of ['http://aula.ejemplo.cl', 'https://aula.ejemplo.cl'])
    expect(await served.change('POST', '/fuentes', { fuente: { ...ws, url } })).toMatchObject({
      bien: false,
      mensaje: inside,
    });

  await served.change('PUT', otec, { token: TOKEN });
  const canal = { tipo: 'webhook', url: 'https://avisos.ejemplo.cl/entrada', formato: 'json' };
  await served.change('POST', `${otec}/alertas`, { canal });
  const { otecs } = await served.change('GET', '');
  const nombre = otecs[0]?.alertas[0]?.nombre;
  expect(nombre).toContain('avisos.ejemplo.cl');
  expect(await served.change('POST', `${otec}/alertas/prueba`, { nombre })).toMatchObject({
    entregado: false,
    mensaje: inside,
  });
});
