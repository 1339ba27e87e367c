import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { GestorClient } from '@puente-sic/client';
import { course, OTEC, openWorld, student, type World } from '@puente-sic/testing';
import { SMTPServer } from 'smtp-server';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { postJson } from '../src/alerts/post.ts';
import {
  type Alerta,
  type AlertCenter,
  alertCenter,
  type Canal,
  healthOf,
  senceIsWell,
  send,
  serve,
} from '../src/index.ts';
import { changeCondicion } from '../src/ledger/avisos.ts';
import { planNoche, updateNoche } from '../src/ledger/noches.ts';

let world: World;
let mails: string[];
let posts: unknown[];
let broken: boolean;
let smtp: SMTPServer;
let web: Server;
let canales: Canal[];
beforeEach(async () => {
  world = await openWorld();
  mails = [];
  posts = [];
  broken = false;
  smtp = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
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
  smtp.listen(0, '127.0.0.1');
  await once(smtp.server, 'listening');
  web = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    if (broken) return void response.writeHead(500).end();
    posts.push(JSON.parse(text));
    response.end('ok');
  });
  web.listen(0, '127.0.0.1');
  await once(web, 'listening');
  const port = (server: { address(): unknown }) => (server.address() as AddressInfo).port;
  canales = [
    {
      tipo: 'correo',
      servidor: '127.0.0.1',
      puerto: port(smtp.server),
      de: 'puente@otec.example',
      para: ['a@otec.example'],
    },
    { tipo: 'webhook', url: `http://127.0.0.1:${port(web)}/secreto` },
  ];
});
afterEach(async () => {
  await new Promise<void>((resolve) => smtp.close(resolve));
  await new Promise((resolve) => web.close(resolve));
  await world.close();
});

const center = (more: { canales?: Canal[] } = {}): AlertCenter =>
  alertCenter({
    ledger: world.ledger,
    clock: () => world.time.now,
    avisar: [{ rutOtec: OTEC.rut, otec: 'Capacitaciones de Prueba', canales, ...more }],
  });
const token = (mal: boolean) =>
  ({
    kind: 'condition',
    rutOtec: OTEC.rut,
    clave: 'token',
    mal,
    mensaje: mal ? 'SENCE no aceptó las credenciales.' : 'SENCE acepta el token.',
    queHacer: mal ? 'Revise el token.' : '',
  }) as const;

test('one alert per change of state and channel, none per retry, none for what was always well', async () => {
  const alerts = center();
  for (const mal of [false, true, true, true, false, false]) alerts.take(token(mal));
  await alerts.tick();
  expect(posts).toMatchObject([
    { tipo: 'problema', clave: 'token', titulo: 'SENCE no acepta el token', queHacer: 'Revise el token.' },
    { tipo: 'resuelto', clave: 'token' },
  ]);
  expect(mails).toHaveLength(2);
  expect(mails[0]).toMatch(/^Subject: .*SENCE/m);
  // A service that starts again has not forgotten.
  const again = center();
  again.take(token(false));
  await again.tick();
  expect(posts).toHaveLength(2);
});

const conexion = (mal: boolean) => ({
  ...token(mal),
  clave: 'conexion' as const,
  mensaje: mal ? 'SENCE no responde.' : 'Hay conexión.',
});
const at = (time: string) => {
  world.time.now = new Date(`2026-11-23T${time}:00-03:00`);
};

test('what ends by itself within half an hour calls nobody, neither then nor at its end', async () => {
  const alerts = center();
  at('22:00');
  alerts.take(conexion(true));
  at('22:29');
  await alerts.tick();
  await alerts.take(conexion(false));
  at('23:00');
  await alerts.tick();
  expect([posts, mails]).toEqual([[], []]);
});

test('what lasts for half an hour is told then, also by a service that was started again, and so is its end', async () => {
  at('22:00');
  await center().take(conexion(true));
  at('22:30');
  await center().tick();
  expect(posts).toMatchObject([{ tipo: 'problema', clave: 'conexion', cuando: '2026-11-24T01:00:00.000Z' }]);
  const alerts = center();
  alerts.take(conexion(false));
  await alerts.tick();
  expect(posts).toMatchObject([{ tipo: 'problema' }, { tipo: 'resuelto' }]);
  expect(mails).toHaveLength(2);
});

test('near the end of the window nobody waits', async () => {
  const alerts = center();
  at('23:05');
  alerts.take(conexion(true));
  await alerts.tick();
  expect(posts).toEqual([]);
  at('23:15');
  await alerts.tick();
  expect(posts).toMatchObject([{ clave: 'conexion' }]);
  alerts.take({ ...conexion(true), clave: 'fuente:aula' });
  await alerts.tick();
  expect(posts).toMatchObject([{ clave: 'conexion' }, { clave: 'fuente:aula' }]);
});

test('what a person has seen to be well meanwhile is told no more', async () => {
  at('22:00');
  await center().take(conexion(true));
  expect(await senceIsWell(world.ledger, OTEC.rut, world.time.now)).toBe(true);
  at('22:30');
  await center().tick();
  expect(posts).toEqual([]);
});

test('a clock that is put right by hours does not hold back what was told before', async () => {
  const alerts = center();
  at('22:00');
  await alerts.take(conexion(true));
  at('19:00');
  await alerts.tick();
  expect(posts).toMatchObject([{ clave: 'conexion' }]);
});

test('health names what passes and stays well for half an hour; then it is red', async () => {
  at('22:00');
  await center().take(conexion(true));
  const health = () => healthOf(world.ledger, [{ rutOtec: OTEC.rut }], world.time.now);
  at('22:29');
  const problema = { clave: 'conexion', mensaje: 'SENCE no responde.' };
  const passing = [{ problemas: [{ ...problema, pasajero: true }] }];
  expect(await health()).toMatchObject({ estado: 'bien', proveedores: passing });
  at('22:30');
  const lasting = [{ problemas: [{ ...problema, pasajero: false }] }];
  expect(await health()).toMatchObject({ estado: 'mal', proveedores: lasting });
});

test('a channel that is down does not hold up the other, and gets it later, once', async () => {
  broken = true;
  const alerts = center();
  alerts.take(token(true));
  await alerts.tick();
  expect([posts.length, mails.length]).toEqual([0, 1]);
  broken = false;
  await alerts.tick();
  expect(posts).toHaveLength(0);
  world.time.now = new Date(world.time.now.getTime() + 2 * 60_000);
  await center().tick();
  await center().tick();
  expect([posts.length, mails.length]).toEqual([1, 1]);
});

test('each channel gets the kinds that it asked for', async () => {
  const [correo, webhook] = canales;
  if (correo === undefined || webhook === undefined) throw new Error('no channels');
  world.courses = [course([student(0, 10), student(9, 10)])];
  await send(world.request());
  const key = { rutOtec: OTEC.rut, noche: '2026-11-22', fuente: 'aula', curso: 'A' };
  await planNoche(world.ledger.db, [{ ...key, estado: 'hecha', desde: '', motivo: null }], world.time.now);
  const alerts = center({
    canales: [
      { ...correo, recibe: ['resumen'] },
      { ...webhook, recibe: ['problemas'] },
    ],
  });
  world.time.now = new Date('2026-11-23T08:00:00-03:00');
  alerts.take(token(true));
  await alerts.tick();
  expect([posts, mails.length]).toMatchObject([[{ tipo: 'problema' }], 1]);
  expect(mails[0]).toMatch(/^Subject: .*pendiente/m);
});

test('two webhooks of one host: each gets its own', async () => {
  const [, webhook] = canales;
  if (webhook?.tipo !== 'webhook') throw new Error('no webhook');
  const alerts = center({ canales: [webhook, { ...webhook, url: `${webhook.url}/otro`, formato: 'slack' }] });
  alerts.take(token(true));
  await alerts.tick();
  expect(posts).toHaveLength(2);
  expect(posts).toContainEqual({ text: expect.stringContaining('SENCE no acepta el token') });
  expect(posts).toContainEqual(expect.objectContaining({ clave: 'token' }));
});

test('a lost night is told with what to do', async () => {
  const alerts = center();
  alerts.take({
    kind: 'lost',
    rutOtec: OTEC.rut,
    noche: '2026-11-21',
    cursos: [],
    motivo: 'Estaba apagado.',
  });
  await alerts.tick();
  expect((posts[0] as Alerta).text).toMatchInlineSnapshot(`
    "Noche perdida: sábado 21 de noviembre — Capacitaciones de Prueba
    No se envió ningún curso. Motivo: Estaba apagado.
    Qué hacer: Si el computador o el servicio de Puente estaban apagados, déjelos encendidos en la noche; si no, corrija lo que dice el motivo. Puede enviarlo ahora desde el panel: el avance se informará con la fecha de hoy."
  `);
});

test('Slack and Teams get what their webhooks take', async () => {
  const [, webhook] = canales;
  if (webhook?.tipo !== 'webhook') throw new Error('no webhook');
  const both: Canal[] = [
    { ...webhook, formato: 'slack' },
    { ...webhook, url: webhook.url.replace('127.0.0.1', 'localhost'), formato: 'teams' },
  ];
  const alerts = center({ canales: both });
  alerts.take(token(true));
  await alerts.tick();
  expect(posts).toHaveLength(2);
  expect(posts).toContainEqual({ text: expect.stringContaining('SENCE no acepta el token') });
  expect(posts).toContainEqual({
    type: 'message',
    attachments: [expect.objectContaining({ contentType: 'application/vnd.microsoft.card.adaptive' })],
  });
});

test.each([301, 302, 303, 307, 308])(
  'a webhook that answers %i is not followed, and was not delivered',
  async (status) => {
    const asked: string[] = [];
    const door = createServer((request, response) => {
      asked.push(request.url ?? '');
      response.writeHead(status, { location: '/otra' }).end();
    });
    await once(door.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(door.address() as AddressInfo).port}/secreto`;
    await expect(postJson({ url, clave: 'x'.repeat(32) }, { a: 1 }, world.time.now)).rejects.toThrow();
    await new Promise((resolve) => door.close(resolve));
    // Neither the body nor its signature go anywhere that nobody wrote down.
    expect(asked).toEqual(['/secreto']);
  },
);

test('a webhook goes through the proxy that the environment names', async () => {
  const asked: string[] = [];
  const proxy = createServer();
  proxy.on('connect', (request, socket) => {
    asked.push(request.url ?? '');
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  vi.stubEnv('https_proxy', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  vi.stubEnv('no_proxy', '');
  const alerts = center({ canales: [{ tipo: 'webhook', url: 'https://avisos.otec.example/secreto' }] });
  alerts.take(token(true));
  await alerts.tick();
  vi.unstubAllEnvs();
  await new Promise((resolve) => proxy.close(resolve));
  expect(asked).toEqual(['avisos.otec.example:443']);
});

test('the morning summary: once, after the night, without a student’s data', async () => {
  world.courses = [course([student(0, 10), student(9, 10)])];
  await send(world.request());
  const key = { rutOtec: OTEC.rut, noche: '2026-11-22', fuente: 'aula', curso: 'A' };
  await planNoche(world.ledger.db, [{ ...key, estado: 'hecha', desde: '', motivo: null }], world.time.now);
  const alerts = center();
  world.time.now = new Date('2026-11-23T07:59:00-03:00');
  await alerts.tick();
  expect(posts).toEqual([]);
  world.time.now = new Date('2026-11-23T08:00:00-03:00');
  await alerts.tick();
  await alerts.tick();
  await center().tick();
  expect(posts).toHaveLength(1);
  expect((posts[0] as Alerta).text).toMatchInlineSnapshot(`
    "1 alumno de 2 con algo pendiente en SENCE. Llegó el curso — Capacitaciones de Prueba
    Anoche llegó el curso. Hay 1 alumno con algo pendiente en SENCE. 1 aceptado, sin confirmar. Noche del domingo 22 de noviembre, desde las 22:00.
    1: SENCE no conoce su RUT. 1 alumno · Curso de prueba
    Compárelo con la cédula. Si está mal escrito, corríjalo en la planilla y súbala; si está bien, pida su inscripción en SIC. Fila 11 de la planilla.
    Qué hacer: Corregir a 1 alumno en Puente."
  `);
  expect(JSON.stringify(posts)).not.toContain('15001233');
});

test('whoever hears of a condition finds it in the ledger, also where nobody is to be alerted', async () => {
  const service = new AbortController();
  const found: unknown[] = [];
  const { ledger, clock, sources, version } = world.request();
  const credenciales = { rutOtec: OTEC.rut, token: '00000000-1111-4222-8333-444444444444' };
  const client = new GestorClient({ baseUrl: world.gestor.url, credenciales, clock });
  world.courses = [course([student(0, 10)])];
  await serve({
    ...{ providers: [{ otec: OTEC, sources }], ledger, clock, version },
    clientFor: () => client,
    signal: service.signal,
    onEvent: (event) => {
      if (event.kind !== 'condition' || event.clave !== 'token') return;
      found.push(healthOf(ledger, [{ rutOtec: OTEC.rut }], world.time.now));
      service.abort();
    },
  });
  const desde = world.time.now.toISOString();
  expect(await Promise.all(found)).toMatchObject([
    {
      proveedores: [
        {
          problemas: [
            {
              clave: 'token',
              titulo: 'SENCE no acepta el token',
              queHacer: expect.stringContaining('token'),
              desde,
            },
          ],
        },
      ],
    },
  ]);

  // Not well for another reason is no new beginning.
  const later = new Date(world.time.now.getTime() + 60_000);
  const other = { rutOtec: OTEC.rut, clave: 'token', mal: 1, mensaje: 'Otra cosa.', queHacer: 'Otra.' };
  expect(await changeCondicion(ledger.db, other, later)).toBe(false);
  const now = async () => (await healthOf(ledger, [{ rutOtec: OTEC.rut }], later)).proveedores[0]?.problemas;
  expect(await now()).toMatchObject([{ mensaje: 'Otra cosa.', queHacer: 'Otra.', desde }]);
  expect(await senceIsWell(ledger, OTEC.rut, later)).toBe(true);
  expect(await senceIsWell(ledger, OTEC.rut, later)).toBe(false);
  expect(await now()).toEqual([]);
});

test('the health is red while the last night was missed', async () => {
  world.time.now = new Date('2026-11-23T08:00:00-03:00');
  const key = { rutOtec: OTEC.rut, noche: '2026-11-22', fuente: 'aula', curso: 'A' };
  await planNoche(world.ledger.db, [{ ...key, estado: 'hecha', desde: '', motivo: null }], world.time.now);
  const health = () => healthOf(world.ledger, [{ rutOtec: OTEC.rut }], world.time.now);
  expect(await health()).toMatchObject({ estado: 'bien' });
  await updateNoche(world.ledger.db, key, { estado: 'perdida' }, world.time.now);
  expect(await health()).toMatchObject({
    estado: 'mal',
    proveedores: [{ noche: '2026-11-22', perdidos: 1 }],
  });
});
