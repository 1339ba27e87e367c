import { mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OTEC, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';
import { type Served, serve } from './support/panel.ts';

/** A server that is not ours and writes down whatever it is told. */
let stranger: Server;
let heard: string[];
let office: Office;
let served: Served | undefined;
beforeEach(async () => {
  [office, heard, served] = [await openOffice(), [], undefined];
  stranger = createServer((request, response) => {
    heard.push(`${request.url} ${JSON.stringify(request.headers)}`);
    request.on('data', (chunk: Buffer) => heard.push(String(chunk)));
    request.on('end', () => response.end('[]'));
  });
  await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await served?.stop('SIGKILL');
  stranger.close();
  await office.close();
});

const otec = `/otecs/${OTEC}`;
const elsewhere = () => `http://127.0.0.1:${(stranger.address() as AddressInfo).port}/gestor/API`;
const OTHER = TOKEN.replace(/^./, 'F');
const AGAIN = { error: { mensaje: expect.stringContaining('es de otro servidor') } };
const read = () => readFileSync(join(office.folder, 'puente.yaml'), 'utf8');

test('a token that is kept goes to no other Gestor; one that is typed does', async () => {
  office.write('puente.yaml', `gestor: ${office.gestor.url}\n`);
  served = await serve(office, { SENCE_TOKEN: '' });
  await served.change('PUT', otec, { token: TOKEN });
  const yaml = read();
  expect(await served.change('POST', `${otec}/prueba`, { gestor: elsewhere() })).toMatchObject(AGAIN);
  expect(await served.change('PUT', '', { gestor: elsewhere() })).toMatchObject(AGAIN);
  expect(read()).toBe(yaml);
  // The same server under another path is no other one.
  expect(await served.change('PUT', '', { gestor: `${office.gestor.url}/` })).not.toHaveProperty('error');

  await served.change('POST', `${otec}/prueba`, { gestor: elsewhere(), token: OTHER });
  const moved = await served.change('PUT', '', { gestor: elsewhere(), tokens: { [OTEC]: OTHER } });
  expect(moved).toMatchObject({ gestor: elsewhere(), otecs: [{ tokenDe: 'guardado' }] });
  await served.change('POST', `${otec}/prueba`, {});
  expect(heard.join()).toContain(OTHER);
  expect(heard.join()).not.toContain(TOKEN);
});

test('the token of the environment goes to no Gestor that was named in the panel, by no way around', async () => {
  served = await serve(office, { SENCE_TOKEN: TOKEN });
  await served.change('PUT', '', { gestor: elsewhere() });
  const without = { error: { mensaje: 'Falta el token de la OTEC.' } };
  expect(await served.change('POST', `${otec}/prueba`, {})).toMatchObject(without);
  expect(await served.change('PUT', otec, { nombre: 'La nuestra' })).toMatchObject(without);
  await served.change('PUT', otec, { token: OTHER });
  await served.change('DELETE', otec);
  expect(await served.change('PUT', otec, {})).toMatchObject(without);
  expect(await served.change('POST', `${otec}/prueba`, {})).toMatchObject(without);
  expect(heard.join()).not.toContain(TOKEN);
});

test('what is kept of a Moodle goes to no other server either', async () => {
  served = await serve(office);
  const base = { motor: 'mariadb', base: 'moodle', usuario: 'lee', prefijo: 'mdl_' };
  const bd = {
    ...base,
    nombre: 'bd',
    tipo: 'moodle-bd',
    servidor: '127.0.0.1',
    puerto: 1,
    sitio: null,
    tls: false,
  };
  await served.change('PUT', '/fuentes/bd', { fuente: { ...bd, clave: 'secreta' } });
  for (const other of [{ puerto: 2 }, { servidor: '127.0.0.2' }]) {
    expect(await served.change('POST', '/fuentes', { fuente: { ...bd, ...other } })).toMatchObject(AGAIN);
    expect(await served.change('PUT', '/fuentes/bd', { fuente: { ...bd, ...other } })).toMatchObject(AGAIN);
  }
  expect(await served.change('PUT', '/fuentes/bd', { fuente: { ...bd, base: 'otra' } })).not.toHaveProperty(
    'error',
  );
  // Written by hand, without the usual port; and encrypted on the way so far.
  office.write(
    'puente.yaml',
    'fuentes: [{ nombre: bd, tipo: moodle-bd, url: "mariadb://lee:secreta@127.0.0.1/moodle", tls: true }]\n',
  );
  const uncovered = { error: { mensaje: expect.stringContaining('Sin TLS') } };
  expect(await served.change('PUT', '/fuentes/bd', { fuente: { ...bd, tls: true } })).toMatchObject(AGAIN);
  expect(await served.change('POST', '/fuentes', { fuente: { ...bd, puerto: 3306 } })).toMatchObject(
    uncovered,
  );

  const ws = { nombre: 'ws', tipo: 'moodle-ws', informeInscripciones: null, tiempo: null };
  await served.change('PUT', '/fuentes/ws', {
    fuente: { ...ws, url: 'https://127.0.0.1:1', token: 'del-aula' },
  });
  const moved = { fuente: { ...ws, url: elsewhere() } };
  expect(await served.change('POST', '/fuentes', moved)).toMatchObject(AGAIN);
  expect(await served.change('PUT', '/fuentes/ws', moved)).toMatchObject(AGAIN);
  expect(heard).toEqual([]);
});

test('a Gestor by http only on this computer, or named on the command line', async () => {
  const url = 'http://gestor.ejemplo.invalid:8350/gestor/API';
  office.write('puente.yaml', `otecs: []\ngestor: ${url}\n`);
  const refused = await office.run(['probar', '--rut-otec', OTEC]);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toMatch(
    /puente\.yaml, línea 2: «gestor» va por http.*--permitir-http gestor\.ejemplo\.invalid/,
  );
  const flag = await office.run([
    'probar',
    '--config',
    office.write('otro.yaml', ''),
    '--rut-otec',
    OTEC,
    '--gestor',
    url,
  ]);
  expect([flag.code, flag.stderr]).toEqual([2, expect.stringContaining('va por http')]);
  const permitted = await office.run([
    'probar',
    '--rut-otec',
    OTEC,
    '--permitir-http',
    'gestor.ejemplo.invalid',
  ]);
  expect(permitted.stderr).not.toContain('va por http');

  served = await serve(office);
  const pendientes = async () => (await (await fetch(`${served?.url}/salud`)).json()).pendientes;
  expect(await pendientes()).toMatchObject([
    { mensaje: expect.stringContaining('línea 2: «gestor» va por http') },
  ]);
  office.write('puente.yaml', '');
  expect((await served.change('PUT', '', { gestor: url })).error.mensaje).toContain('va por http');
  expect(
    (await served.change('POST', `${otec}/prueba`, { gestor: url, token: TOKEN })).error.mensaje,
  ).toContain('va por http');
});

test('the panel has nothing read outside the folders that the file’s owner allowed', async () => {
  const outside = mkdtempSync(join(tmpdir(), 'puente-afuera-'));
  try {
    office.write('puente.yaml', `carpetas: ["${outside}/permitida"]\n`);
    served = await serve(office);
    const archivo = (ruta: string) => ({ fuente: { nombre: 'x', tipo: 'archivo', ruta } });
    const csv = (ruta: string) => ({
      fuente: {
        ...{
          nombre: 'x',
          tipo: 'moodle-ws',
          url: 'https://127.0.0.1:1',
          token: 'x',
          informeInscripciones: null,
        },
        tiempo: { de: 'csv', ruta },
      },
    });
    const saying = (words: string) => ({ error: { mensaje: expect.stringContaining(words) } });
    symlinkSync(outside, join(office.folder, 'atajo'));
    symlinkSync(join(office.folder, 'puente.yaml'), join(office.folder, 'ajustes.csv'));
    const away = ['/etc', '..', './a/../../b', outside, './atajo'];
    const own = ['./.puente', './.puente/respaldos', './puente.clave', './PUENTE.Clave', './ajustes.csv'];
    for (const ruta of [...away, ...own]) {
      const refused = saying(own.includes(ruta) ? 'archivo del propio Puente' : 'carpetas permitidas');
      for (const body of [archivo(ruta), csv(ruta)]) {
        expect(await served.change('POST', '/fuentes', body), ruta).toMatchObject(refused);
        expect(await served.change('PUT', '/fuentes/x', body), ruta).toMatchObject(refused);
      }
    }
    for (const ruta of ['./planillas', `${outside}/permitida`, `${outside}/permitida/dentro`]) {
      expect(await served.change('PUT', '/fuentes/x', archivo(ruta)), ruta).not.toHaveProperty('error');
    }
    // What the owner wrote by hand stays as it is.
    office.write('puente.yaml', `fuentes:\n  - { nombre: x, tipo: archivo, ruta: "${outside}" }\n`);
    expect(await served.change('PUT', '/fuentes/x', archivo(outside))).not.toHaveProperty('error');
  } finally {
    rmSync(outside, { recursive: true });
  }
});

test('what lies beside puente.yaml and is no data is not read, so that nothing of it is quoted', async () => {
  const secrets = {
    'token.txt': TOKEN,
    'puente.env': `SENCE_TOKEN=${TOKEN}`,
    sinfin: TOKEN,
    'token.csv': TOKEN,
  };
  for (const [name, text] of Object.entries(secrets)) office.write(name, text);
  symlinkSync(join(office.folder, 'token.txt'), join(office.folder, 'avance.csv'));
  office.write('puente.yaml', `otecs: [{ rut: "${OTEC}", tokenArchivo: token.csv }]\n`);
  served = await serve(office);
  const refused = {
    error: { mensaje: expect.stringMatching(/no es una carpeta ni una planilla|archivo del propio Puente/) },
  };
  for (const ruta of [...Object.keys(secrets), 'avance.csv', './a/../token.txt', 'no-hay.log']) {
    const fuente = { nombre: 'x', tipo: 'archivo', ruta };
    expect(await served.change('PUT', '/fuentes/x', { fuente }), ruta).toMatchObject(refused);
    expect(JSON.stringify(await served.change('GET', '/fuentes/x/cursos')), ruta).not.toContain(TOKEN);
  }
});

test('the addresses at which a machine is told its own secrets are called by nobody', async () => {
  served = await serve(office);
  const refused = { error: { mensaje: expect.stringContaining('servicio interno de la máquina') } };
  const url = 'http://169.254.169.254/gestor/API';
  expect(await served.change('PUT', '', { gestor: url })).toMatchObject(refused);
  expect(await served.change('POST', `${otec}/prueba`, { gestor: url, token: TOKEN })).toMatchObject(refused);
  const moodle = {
    nombre: 'x',
    tipo: 'moodle-ws',
    url,
    token: 'x',
    informeInscripciones: null,
    tiempo: null,
  };
  expect(await served.change('POST', '/fuentes', { fuente: moodle })).toMatchObject(refused);
  await served.change('PUT', otec, { token: TOKEN });
  const canal = {
    ...{ tipo: 'correo', servidor: '2852039166', puerto: 80, tls: false, usuario: null, clave: null },
    ...{ de: 'a@ejemplo.cl', para: ['b@ejemplo.cl'] },
  };
  expect(await served.change('POST', `${otec}/alertas`, { canal })).toMatchObject(refused);
});
