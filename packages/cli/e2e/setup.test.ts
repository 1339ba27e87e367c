import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, BENITO, csv, ELENA, GRUPO, OFERTA, OTEC, santiagoTime, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';
import { type Served, serve } from './support/panel.ts';

let office: Office;
let served: Served | undefined;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(async () => {
  await served?.stop('SIGKILL');
  served = undefined;
  await office.close();
});

const read = (name: string) => readFileSync(join(office.folder, name), 'utf8');
/** No night begins while a test runs, whatever the hour. */
const awayFromNow = () => ({ desde: santiagoTime(6), hasta: santiagoTime(8) });
const PLANILLAS = { nombre: 'planillas', tipo: 'archivo', ruta: './planillas' };
const MOODLE = {
  ...{ nombre: 'El Moodle', tipo: 'moodle-bd', motor: 'mariadb', servidor: '127.0.0.1', puerto: 1 },
  ...{ base: 'moodle', usuario: 'lectura', clave: 'm@l secreta', prefijo: 'mdl_', sitio: null, tls: false },
};

test('from nothing to a first accepted send, and again after a restart', async () => {
  served = await serve(office);
  expect(served.said()).toContain('abra el panel y complete la puesta en marcha');
  expect((await fetch(`${served.url}/salud`)).status).toBe(503);
  expect(await served.change('GET', '')).toMatchObject({ otecs: [], falta: ['otec', 'token', 'fuente'] });

  const gestor = office.gestor.url;
  const otec = '/otecs/76.543.210-3';
  const wrong = { token: TOKEN.replace(/^./, 'F'), gestor };
  expect(await served.change('POST', `${otec}/prueba`, wrong)).toMatchObject({ tokenAceptado: false });
  expect(await served.change('POST', `${otec}/prueba`, { token: TOKEN, gestor })).toMatchObject({
    alcanzado: true,
    tokenAceptado: true,
  });
  expect(existsSync(join(office.folder, 'puente.yaml'))).toBe(false);
  await served.change('PUT', '', { gestor });
  expect(await served.change('PUT', otec, { nombre: 'La nuestra', token: TOKEN })).toMatchObject({
    otecs: [{ rut: OTEC, nombre: 'La nuestra', tokenDe: 'guardado', ventanaOficial: true }],
    falta: ['fuente'],
  });
  expect(await served.change('PUT', otec, { ventana: awayFromNow() })).toMatchObject({
    otecs: [{ ventanaOficial: false }],
    falta: ['fuente'],
  });
  expect(await served.change('PUT', '/fuentes/planillas', { fuente: PLANILLAS })).toMatchObject({
    falta: [],
  });
  expect(await served.change('POST', '/fuentes', { fuente: PLANILLAS })).toMatchObject({
    bien: false,
    mensaje: expect.stringContaining('no hay ningún archivo'),
  });
  expect(await served.drop('planillas', 'noche.csv', csv([ANA, '10'], [ELENA, '20']))).toMatchObject({
    archivo: 'noche.csv',
  });
  expect(await served.change('POST', '/fuentes', { fuente: PLANILLAS })).toMatchObject({
    bien: true,
    cursos: 1,
  });
  expect(await served.change('GET', '/fuentes/planillas/cursos')).toMatchObject({
    cursos: [{ curso: OFERTA, codigoOferta: { codigo: OFERTA }, grupos: [{ codigo: GRUPO, alumnos: 2 }] }],
  });
  expect(await served.ask('GET', '/api/prevision')).toMatchObject({
    cursos: [{ codigoOferta: OFERTA, alumnos: 2, registros: 4, retenidos: 0 }],
  });
  await served.ask('POST', '/api/envios', { fueraDeVentana: true });
  await expect
    .poll(trabajo)
    .toMatchObject({ envios: [{ resultado: 'parcial', aceptados: 2, rechazados: 2 }] });
  expect((await fetch(`${served.url}/salud`)).status).toBe(200);

  const yaml = read('puente.yaml');
  expect(yaml).not.toContain(TOKEN);
  for (const secretFile of ['puente.yaml', 'puente.clave']) {
    expect(statSync(join(office.folder, secretFile)).mode & 0o777).toBe(0o600);
  }
  expect(readdirSync(office.folder).filter((name) => name.endsWith('.nuevo'))).toEqual([]);
  expect(served.said()).not.toContain(TOKEN);
  await served.stop();
  served = await serve(office);
  expect(served.said()).toContain(`Enviando cada noche por ${OTEC}.`);
  expect(read('puente.yaml')).toBe(yaml);
  // The command line goes on with what the panel has set up.
  expect((await office.run(['probar'], { env: { SENCE_TOKEN: '' } })).code).toBe(0);
});

test('a file that is written by hand keeps its words; a token given here is the one that counts', async () => {
  office.write('planillas.csv', csv([ANA, '10'], [BENITO, '20']));
  office.write(
    'puente.yaml',
    `# Nuestra OTEC: preguntar a Rosa antes de cambiar algo
gestor: ${office.gestor.url}
otecs:
  - rut: 76.543.210-3
    token: \${EL_TOKEN}   # el de sistemas
fuentes:
  - { nombre: planillas, tipo: archivo, ruta: ./planillas.csv }
cursos:
  # el único de este año
  - fuente: planillas
    curso: ${OFERTA}
`,
  );
  served = await serve(office, { EL_TOKEN: TOKEN.replace(/^./, 'F') });
  expect((await served.change('GET', '')).otecs).toMatchObject([{ tokenDe: 'variable' }]);
  const changed = await served.change('PUT', `/otecs/${OTEC}`, {
    token: TOKEN.toLowerCase(),
    ventana: { desde: '21:30', hasta: '23:30' },
  });
  expect(changed.otecs).toMatchObject([{ tokenDe: 'guardado', ventana: { desde: '21:30', hasta: '23:30' } }]);
  expect(await served.ask('POST', '/api/conexion', { rutOtec: OTEC })).toMatchObject({ tokenAceptado: true });
  await served.ask('PUT', `/api/cursos/${OTEC}/${OFERTA}/${GRUPO}/reglas`, { descenso: 'mantener' });
  expect(await served.ask('GET', `/api/cursos/${OTEC}/${OFERTA}/${GRUPO}`)).toMatchObject({
    reglas: { descenso: 'mantener' },
  });
  const yaml = read('puente.yaml');
  expect(yaml).toContain('# Nuestra OTEC: preguntar a Rosa antes de cambiar algo');
  expect(yaml).toContain('# el único de este año');
  expect(yaml).toContain('descenso: mantener');
  expect(yaml).not.toContain('EL_TOKEN');

  const entries = [
    { curso: OFERTA, descenso: 'mantener' },
    { curso: 'OTRO', codigoOferta: '0012' },
  ];
  await served.change('PUT', '/fuentes/planillas/cursos', { rutOtec: OTEC, cursos: entries });
  expect(read('puente.yaml')).toContain('# el único de este año');
  expect((await served.change('GET', '')).cursos).toMatchObject([
    { curso: OFERTA },
    { codigoOferta: '0012' },
  ]);
});

test('what would not work is not written, and the service goes on as it was', async () => {
  served = await serve(office, { SENCE_TOKEN: TOKEN });
  await served.change('PUT', '', { gestor: office.gestor.url });
  await served.change('PUT', `/otecs/${OTEC}`, { token: TOKEN, ventana: awayFromNow() });
  await served.change('PUT', '/fuentes/planillas', { fuente: PLANILLAS });
  const yaml = read('puente.yaml');
  const refused = async (method: string, path: string, body: unknown, what: string) => {
    const { error } = (await served?.change(method, path, body)) ?? {};
    expect([error?.mensaje, error?.queHacer]).toEqual([
      expect.stringContaining(what),
      expect.stringMatching(/./),
    ]);
    expect(read('puente.yaml')).toBe(yaml);
  };
  await refused('PUT', '', { gestor: 'sence.cl' }, 'debe ser una dirección completa');
  for (const odd of ['?v=1', '#x', '?']) {
    await refused('PUT', '', { gestor: office.gestor.url + odd }, 'no puede llevar «?» ni «#»');
  }
  await refused('PUT', '', { gestor: 'https://yo:clave@sence.cl' }, 'no puede llevar usuario ni clave');
  await refused('PUT', '/otecs/76543210-4', {}, 'dígito verificador');
  await refused('PUT', `/otecs/${OTEC}`, { token: 'abc' }, 'no tiene la forma de un token');
  await refused('PUT', `/otecs/${OTEC}`, { ventana: { desde: '25:00', hasta: '00:00' } }, '22:00');
  await refused('PUT', '/fuentes/otra', { fuente: PLANILLAS }, 'Ya hay una fuente');
  await refused(
    'PUT',
    '/fuentes/m',
    { fuente: { ...MOODLE, nombre: 'm', servidor: 'a b' } },
    'nombre de un servidor',
  );
  await refused('DELETE', '/fuentes/no-hay', undefined, 'No hay una fuente');
  await refused('PUT', '/fuentes/no-hay/cursos', { rutOtec: OTEC, cursos: [] }, 'No hay una fuente');
  for (const [name, content, what] of [
    ['..%2F..%2Fx.csv', csv([ANA, '1']), 'no es un archivo que Puente lea'],
    ['x.exe', 'MZ', 'no es un archivo que Puente lea'],
    ['x.csv', 'a;b\n1;2\n', 'no hay ningún curso'],
    ['x.xlsx', 'no es un Excel', 'x.xlsx'],
  ] as const) {
    expect((await served.drop('planillas', name, content)).error.mensaje).toContain(what);
  }
  expect(readdirSync(join(office.folder, 'planillas'))).toEqual([]);
  expect((await fetch(`${served.url}/salud`)).status).toBe(200);

  office.write('puente.yaml', `${yaml}\nventna: x\n`);
  const { error } = await served.change('PUT', `/otecs/${OTEC}`, { nombre: 'Otra' });
  expect(error.mensaje).toContain('clave desconocida «ventna»');
  expect(error.mensaje).not.toContain(office.folder);
});

test('passwords go one way: into a variable that is kept encrypted, used, replaced and forgotten', async () => {
  served = await serve(office, { SENCE_TOKEN: TOKEN });
  await served.change('PUT', `/otecs/${OTEC}`, {});
  const first = await served.change('PUT', '/fuentes/El%20Moodle', { fuente: MOODLE });
  expect(first.fuentes).toMatchObject([{ nombre: 'El Moodle', usuario: 'lectura', conClave: true }]);
  expect(read('puente.yaml')).toContain(`mariadb://lectura:\${CLAVE_EL_MOODLE}@127.0.0.1:1/moodle`);

  const { clave: _, ...kept } = MOODLE;
  await served.change('PUT', '/fuentes/El%20Moodle', { fuente: { ...kept, nombre: 'aula', base: 'otra' } });
  expect(read('puente.yaml')).toContain(`:\${CLAVE_EL_MOODLE}@127.0.0.1:1/otra`);
  expect(await served.change('POST', '/fuentes', { fuente: { ...kept, nombre: 'aula' } })).toMatchObject({
    bien: false,
    mensaje: expect.stringContaining('No se pudo conectar'),
  });
  await served.change('PUT', '/fuentes/aula', { fuente: { ...MOODLE, nombre: 'aula', clave: 'más nueva' } });
  expect(read('puente.yaml')).toContain(`\${CLAVE_AULA}`);
  const everything = `${JSON.stringify(await served.change('GET', ''))} ${served.said()} ${read('puente.yaml')}`;
  expect(everything).not.toMatch(/m@l|m%40l|más nueva|m%C3%A1s/);

  await served.change('DELETE', '/fuentes/aula');
  await served.stop();
  served = undefined;
  const { hasSecret, openLedger } = await import('@puente-sic/engine');
  const ledger = await openLedger(join(office.folder, '.puente'));
  const left = ['CLAVE_EL_MOODLE', 'CLAVE_AULA'].map((name) => hasSecret(ledger, `variable:${name}`));
  expect(await Promise.all(left)).toEqual([false, false]);
  await ledger.close();
});

test('two providers: the courses of the first stay its own, and each says which are its own', async () => {
  served = await serve(office);
  await served.change('PUT', '', { gestor: office.gestor.url });
  await served.change('PUT', `/otecs/${OTEC}`, { token: TOKEN });
  await served.change('PUT', '/fuentes/planillas', { fuente: PLANILLAS });
  await served.change('PUT', '/fuentes/planillas/cursos', { rutOtec: OTEC, cursos: [{ curso: OFERTA }] });
  const other = '77654321-7';
  expect(await served.change('PUT', `/otecs/${other}`, { nombre: 'La otra' })).toMatchObject({
    cursos: [{ curso: OFERTA, rutOtec: OTEC }],
    falta: ['token'],
  });
  expect((await served.ask<'hoy'>('GET', '/api/hoy')).pendientes).toMatchObject([
    { mensaje: expect.stringContaining('No se envía nada por La otra') },
  ]);
  expect((await fetch(`${served.url}/salud`)).status).toBe(503);
  await served.change('PUT', `/otecs/${other}`, { token: TOKEN });
  const { error } = await served.change('PUT', '/fuentes/planillas/cursos', { rutOtec: other, cursos: null });
  expect(error.mensaje).toContain('todos los cursos');
  const shared = { rutOtec: other, cursos: [{ curso: 'B' }] };
  expect((await served.change('PUT', '/fuentes/planillas/cursos', shared)).cursos).toMatchObject([
    { curso: OFERTA, rutOtec: OTEC },
    { curso: 'B', rutOtec: other },
  ]);
  expect(await served.change('DELETE', `/otecs/${other}`)).toMatchObject({
    otecs: [{ rut: OTEC }],
    cursos: [{ curso: OFERTA }],
  });
});

test('an alert is tried, and a channel that is dead is told without its address', async () => {
  const got: string[] = [];
  const office365 = createServer((request, response) => {
    request.on('data', (chunk: Buffer) => got.push(String(chunk)));
    request.on('end', () => response.end('ok'));
  });
  await new Promise<void>((resolve) => office365.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(office365.address() as AddressInfo).port}/secreto`;
  served = await serve(office, { SENCE_TOKEN: TOKEN });
  await served.change('PUT', `/otecs/${OTEC}`, { nombre: 'La nuestra' });
  const alertas = `/otecs/${OTEC}/alertas`;
  const canal = { tipo: 'webhook', formato: 'json', url };
  const { otecs } = await served.change('POST', alertas, { canal });
  const nombre = otecs[0]?.alertas[0]?.nombre;
  expect(await served.change('POST', `${alertas}/prueba`, { nombre })).toMatchObject({ entregado: true });
  expect(JSON.parse(got.join(''))).toMatchObject({ tipo: 'prueba', otec: 'La nuestra', rutOtec: OTEC });
  await new Promise((resolve) => office365.close(resolve));
  const dead = await served.change('POST', `${alertas}/prueba`, { nombre });
  expect(dead).toMatchObject({ entregado: false, mensaje: expect.stringContaining('ECONNREFUSED') });
  expect((await served.change('POST', alertas, { canal })).error.mensaje).toContain('Ya se avisa por');
  expect(JSON.stringify(dead) + served.said() + read('puente.yaml')).not.toContain('secreto');
  expect((await served.change('DELETE', alertas, { nombre })).otecs).toMatchObject([{ alertas: [] }]);
});

async function trabajo() {
  const { trabajos } = (await served?.ask<'trabajos'>('GET', '/api/trabajos')) ?? { trabajos: [] };
  return trabajos[0]?.resultado;
}
