import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { variable } from '@puente-sic/app';
import { API, type Ruta } from '@puente-sic/panel';
import { openDatabase } from '@puente-sic/store';
import { unzipSync } from 'fflate';
import { Secret, TOTP } from 'otpauth';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ANA, BENITO, csv, ELENA, GRUPO, OFERTA, OTEC, santiagoTime, TOKEN } from './support/data.ts';
import { type Office, openOffice } from './support/office.ts';
import { PERSON, type Served, serve } from './support/panel.ts';

/** One secret of each kind, each as it would be told from all others wherever it came out. */
const CANARIES = {
  key: 'canario-de-la-clave-maestra-0001',
  kept: TOKEN,
  environment: 'CA0A4100-0000-4000-8000-000000000002',
  mail: 'canario de correo 0003',
  webhook: 'canario-webhook-0004',
  signature: 'canario de la firma 0008',
  post: 'canario del correo que llega 0009',
  database: 'canario/base:0005',
  moodle: 'canarioservicioweb0006',
  time: 'canario@tiempo 0007',
  person: PERSON.clave,
};
/** What somebody would write to have them shown. */
const NAMING = `${variable('PUENTE_CLAVE')} ${variable('SENCE_TOKEN')}`;

let office: Office;
let served: Served;
const heard: string[] = [];
/** What a mail server got, once it had accepted the password. */
const mails: string[] = [];
const post = new SMTPServer({
  allowInsecureAuth: true,
  disabledCommands: ['STARTTLS'],
  onAuth: ({ username }, _session, done) => done(null, { user: username }),
  onData(stream, _session, done) {
    let text = '';
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString('utf8');
    });
    stream.on('end', () => {
      mails.push(text);
      done();
    });
  },
});
/** A webhook, and beside it a Moodle that refuses every token. */
const outside = createServer((request, response) => {
  const isWebhook = request.url?.includes(CANARIES.webhook) === true;
  request.on('data', (chunk: Buffer) => heard.push(isWebhook ? String(chunk) : ''));
  request.on('end', () => response.end(isWebhook ? '' : REFUSED));
});
const REFUSED = JSON.stringify({ exception: 'moodle_exception', errorcode: 'invalidtoken', message: 'no' });
beforeEach(async () => {
  office = await openOffice();
  await new Promise<void>((resolve) => outside.listen(0, '127.0.0.1', resolve));
  await new Promise<void>((resolve) => post.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await served.stop('SIGKILL');
  outside.close();
  await new Promise<void>((resolve) => post.close(resolve));
  await office.close();
});

test('no secret comes out anywhere, whatever is typed and asked for', async () => {
  const env = { PUENTE_CLAVE: CANARIES.key, SENCE_TOKEN: CANARIES.environment };
  served = await serve(office, env);
  await setUp();
  await served.ask('POST', '/api/envios', { fueraDeVentana: true });
  const trabajos = async () => (await served.ask<'trabajos'>('GET', '/api/trabajos')).trabajos[0]?.estado;
  await expect.poll(trabajos).toBe('terminado');
  const key = (nombre: string) =>
    served.ask<'crearClaveApi'>('POST', '/api/claves', { nombre, rol: 'lector' });
  expect(await key(NAMING)).toHaveProperty('error');
  const { clave } = await key('tablero');
  for (const { nombre } of (await served.change('GET', '')).otecs[0]?.alertas ?? []) {
    await served.change('POST', `/otecs/${OTEC}/alertas/prueba`, { nombre });
  }
  const secondStep = await turnOnSecondStep();

  const outputs = new Map<string, string>([
    ...(await everyAnswer()),
    ...(await everyDeed()),
    ['the webhook', heard.join()],
    ['the mails', mails.map(asRead).join()],
    ['puente.yaml', readFileSync(join(office.folder, 'puente.yaml'), 'utf8')],
  ]);
  for (const args of ORDERS) {
    const { stdout, stderr } = await office.run(args, { env });
    outputs.set(args.join(' '), stdout + stderr);
  }
  const files = filesOf(office.folder);
  for (const [file, bytes] of files) outputs.set(file, bytes);
  // Of backups, exports and what lies in them.
  outputs.set('the names of files', files.map(([file]) => file).join('\n'));
  outputs.set('log', served.said());

  const secrets = {
    ...CANARIES,
    secondStep,
    cookie: served.cookie().slice('puente_sesion='.length),
    api: clave,
  };
  const found = [...outputs].flatMap(([where, text]) =>
    Object.entries(secrets).flatMap(([kind, secret]) =>
      formsOf(secret).some((form) => text.includes(form)) ? [`${kind} in ${where}`] : [],
    ),
  );
  expect(found).toEqual([]);
  expect(heard.join()).toContain(OTEC);
  expect(mails.join()).toContain('puente@ejemplo.cl');
  expect(outputs.get('the names of files')).toMatch(/lunes\.respaldo.*respaldo\.json/s);
  expect(outputs.get('the mails')).toContain('Así llegarán los avisos');
  expect(outputs.size).toBeGreaterThan(60);
  // Sixteen runs of the whole program.
}, 600_000);

/** Everything that has a secret, set up through the panel; where text may be typed, the secrets are named. */
async function setUp(): Promise<void> {
  const { port } = outside.address() as AddressInfo;
  const ok = async (method: string, path: string, body: unknown) =>
    expect(await served.change(method, path, body)).not.toHaveProperty('error');
  await ok('PUT', '', { gestor: office.gestor.url });
  const ventana = { desde: santiagoTime(6), hasta: santiagoTime(8) };
  await ok('PUT', `/otecs/${OTEC}`, { nombre: NAMING, token: CANARIES.kept, ventana });
  await ok('POST', `/otecs/${OTEC}/alertas`, {
    canal: {
      ...{ tipo: 'webhook', formato: 'json', clave: CANARIES.signature },
      url: `http://127.0.0.1:${port}/${CANARIES.webhook}`,
    },
  });
  const correo = { tipo: 'correo', servidor: '127.0.0.1', puerto: 1, tls: false };
  await ok('POST', `/otecs/${OTEC}/alertas`, {
    canal: { ...correo, usuario: NAMING, clave: CANARIES.mail, de: NAMING, para: [NAMING] },
  });
  const { port: puerto } = post.server.address() as AddressInfo;
  await ok('POST', `/otecs/${OTEC}/alertas`, {
    canal: {
      ...{ ...correo, puerto, usuario: 'puente', clave: CANARIES.post },
      ...{ de: 'puente@ejemplo.cl', para: ['rosa@ejemplo.cl'] },
    },
  });
  await ok('PUT', '/fuentes/planillas', {
    fuente: { nombre: 'planillas', tipo: 'archivo', ruta: './planillas' },
  });
  await served.drop('planillas', 'noche.csv', csv([ANA, '10'], [BENITO, '20'], [ELENA, '30']));
  const base = { motor: 'mariadb', servidor: '127.0.0.1', puerto: 1, base: 'moodle', prefijo: 'mdl_' };
  const sitio = `http://127.0.0.1:${port}/${NAMING.split(' ').join('')}`;
  await ok('PUT', '/fuentes/base', {
    fuente: {
      ...{ ...base, nombre: 'base', tipo: 'moodle-bd', usuario: NAMING, clave: CANARIES.database },
      ...{ sitio, tls: false },
    },
  });
  await ok('PUT', '/fuentes/aula', {
    fuente: {
      ...{
        nombre: 'aula',
        tipo: 'moodle-ws',
        url: sitio,
        token: CANARIES.moodle,
        informeInscripciones: null,
      },
      tiempo: { de: 'base-de-datos', ...base, usuario: 'lee', clave: CANARIES.time },
    },
  });
}

/** Its secret is told once, to whoever turns it on. */
async function turnOnSecondStep(): Promise<string> {
  const { secreto } = await served.ask<'secretoDeSegundoPaso'>('POST', '/api/segundo-paso/secreto', {});
  const codigo = new TOTP({ secret: Secret.fromBase32(secreto) }).generate();
  const body = { clave: PERSON.clave, secreto, codigo };
  expect(await served.ask<'segundoPaso'>('PUT', '/api/segundo-paso', body)).toHaveProperty('desde');
  return secreto;
}

/** Of every route that reads, and of the pages. */
async function everyAnswer(): Promise<[string, string][]> {
  const rutas: [string, Ruta][] = Object.entries(API);
  const { envios } = await served.ask<'envios'>('GET', '/api/envios');
  const params: Record<string, string> = {
    ...{ rutOtec: OTEC, codigoOferta: OFERTA, codigoGrupo: GRUPO, rut: ANA, fuente: 'aula' },
    ...{ codigoEnvio: envios[0]?.codigoEnvio ?? '', id: '1', noche: '2026-11-22' },
  };
  const paths = rutas.flatMap(([name, { metodo, ruta }]) =>
    metodo === 'GET' && name !== 'eventos'
      ? [ruta.replace(/:(\w+)/g, (_, param: string) => encodeURIComponent(params[param] ?? 'x'))]
      : [],
  );
  const all = [...paths, '/', '/salud', '/metrics', '/vivo', '/api/instalacion/fuentes/base/cursos'];
  return Promise.all(all.map(async (path): Promise<[string, string]> => [path, await served.text(path)]));
}

/** What is tried, tested, refused and handed over: by answers to what is no reading. */
async function everyDeed(): Promise<[string, string][]> {
  const otec = `/api/instalacion/otecs/${OTEC}`;
  const kept = { nombre: 'aula', tipo: 'moodle-ws', url: NAMING, informeInscripciones: null, tiempo: null };
  const deeds: [string, string, unknown][] = [
    ['POST', `${otec}/prueba`, {}],
    ['POST', `${otec}/prueba`, { gestor: `https://${NAMING}`, token: NAMING }],
    ['PUT', otec, { token: NAMING }],
    ['PUT', '/api/instalacion', { gestor: NAMING }],
    ['POST', '/api/instalacion/fuentes', { fuente: kept }],
    ['POST', '/api/instalacion/fuentes', { fuente: { nombre: 'x', tipo: 'archivo', ruta: NAMING } }],
    ['POST', `${otec}/alertas/prueba`, { nombre: NAMING }],
    ['POST', '/api/personas/exportacion', { rut: ANA }],
    ['POST', '/api/personas/exportacion', { rut: NAMING.slice(0, 20) }],
    ['POST', '/api/personas/borrados', { rut: ANA, motivo: NAMING }],
    ['PUT', `/api/planillas/planillas/${encodeURIComponent(`${NAMING}.csv`)}`, {}],
    ['POST', '/api/sesion', { usuario: NAMING, clave: NAMING }],
    ['POST', '/api/otra', { usuario: NAMING }],
  ];
  const told: [string, string][] = [];
  for (const [method, path, body] of deeds) {
    told.push([`${method} ${path} ${told.length}`, JSON.stringify(await served.ask(method, path, body))]);
  }
  return told;
}

/** A mail's texts as its reader has them, whatever they were packed with on the way. */
function asRead(mail: string): string {
  const words = mail.replace(/=\?utf-8\?([BQ])\?([^?]*)\?=/gi, (_, how: string, packed: string) =>
    how.toUpperCase() === 'B' ? utf8(packed, 'base64') : unquoted(packed.replaceAll('_', ' ')),
  );
  const [head = '', ...body] = words.split('\r\n\r\n');
  const text = body.join('\r\n\r\n');
  const isBase64 = /transfer-encoding: base64/i.test(head);
  return `${head}\n${isBase64 ? utf8(text, 'base64') : unquoted(text.replace(/=\r\n/g, ''))}`;
}

function unquoted(text: string): string {
  const bytes = text.replace(/=([\dA-F]{2})/gi, (_, two: string) =>
    String.fromCharCode(Number.parseInt(two, 16)),
  );
  return `${bytes} ${utf8(bytes, 'latin1')}`;
}

function utf8(packed: string, how: BufferEncoding): string {
  return Buffer.from(packed, how).toString('utf8');
}

const ORDERS = [
  ['probar'],
  ['estado'],
  ['errores'],
  ['previsualizar', '--json'],
  ['conciliar', '--json'],
  ['historial', '--json'],
  ['explicar', ANA],
  ['moodle', 'revisar'],
  ['moodle', 'permisos'],
  ['evidencia', '--curso', OFERTA, '--desde', '2021-01-01', '--salida', 'evidencia.zip'],
  ['persona', 'exportar', ANA, 'ana.json'],
  ['respaldar', 'lunes.respaldo'],
  ['enviar', '--json'],
];

/** As text, unzipped where they are ZIPs; but for what the program keeps its key and the tests their registry in. */
function filesOf(folder: string): [string, string][] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.flatMap((entry): [string, string][] => {
    const file = join(entry.parentPath, entry.name);
    if (!entry.isFile() || file.startsWith(join(folder, 'gestor'))) return [];
    const bytes = readFileSync(file);
    if (entry.name.endsWith('.sqlite')) return [[file, `${bytes.toString('latin1')} ${packedIn(file)}`]];
    if (!entry.name.endsWith('.zip')) return [[file, bytes.toString('latin1')]];
    return Object.entries(unzipSync(bytes)).map(([name, part]) => [
      `${file}/${name}`,
      Buffer.from(part).toString('utf8'),
    ]);
  });
}

/** What a database holds packed: bodies and answers. */
function packedIn(file: string): string {
  const database = openDatabase(file, { readOnly: true });
  try {
    const tables = database.prepare(`SELECT name FROM sqlite_schema WHERE type = 'table'`).all();
    const rows = tables.flatMap(({ name }) => database.prepare(`SELECT * FROM "${String(name)}"`).all());
    const blobs = rows.flatMap((row) => Object.values(row).filter((value) => value instanceof Uint8Array));
    return blobs
      .map((blob) => (blob[0] === 0x1f && blob[1] === 0x8b ? gunzipSync(blob).toString() : ''))
      .join();
  } finally {
    database.close();
  }
}

/** As it is, and as it would stand in an address, in JSON, in Base64 or in hexadecimal. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  return [
    ...[secret, secret.toLowerCase(), encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)],
    ...[bytes.toString('base64').replace(/=+$/, ''), bytes.toString('base64url'), bytes.toString('hex')],
  ];
}
