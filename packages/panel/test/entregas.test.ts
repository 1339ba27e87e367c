import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Entregas, entregasIn, settingsSchema } from '@puente-sic/app';
import { withInbox } from '@puente-sic/sources';
import { OTEC } from '@puente-sic/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { panelOpenApi } from '../src/index.ts';
import { type Answered, type Office, openOffice } from './support/office.ts';

const COURSE = {
  curso: { nombre: 'Bodega' },
  alumnos: [{ alumno: '17', rut: '11111111-1', nombre: 'Ana Soto' }],
  modulos: [{ modulo: 'm0', codigoModulo: 'PRES028008000558' }],
};
const CLICK = { id: 'c1', curso: '9', alumno: '17', modulo: 'm0', instante: 1_790_000_000 };

let office: Office;
let datos = '';
let clave = '';
let now = new Date('2026-11-23T20:00:00-03:00');
beforeEach(async () => {
  datos = mkdtempSync(join(tmpdir(), 'puente-entregas-'));
  now = new Date('2026-11-23T20:00:00-03:00');
  const settings = settingsSchema.parse({
    otecs: [{ rut: OTEC.rut }],
    fuentes: [{ nombre: 'plataforma', tipo: 'push' }],
  });
  clave = await withInbox({ name: 'plataforma', stateDir: datos }, (inbox) =>
    inbox.createKey('lms', OTEC.rut, now),
  );
  const entregas: Entregas = entregasIn({
    datos,
    clock: () => now,
    settings: () => settings,
    ledger: () => office.world.ledger,
  });
  office = await openOffice({ entregas, clock: () => now });
});
afterEach(async () => {
  await office.close();
  rmSync(datos, { recursive: true });
});

/** As a program does, with no browser around it. */
const deliver = (method: string, path: string, body: unknown, headers: object = {}): Promise<Answered> =>
  office.ask({
    ...{ method, path, body },
    headers: { authorization: `Bearer ${clave}`, 'x-puente': '', origin: '', ...headers },
  });

test('a course and its clicks are taken, and the same twice is once', async () => {
  const first = await deliver('PUT', '/v1/cursos/9', COURSE);
  expect(first).toMatchObject({
    status: 200,
    json: { curso: '9', estado: 'recibido', repetido: false, filas: { alumnos: 1 } },
  });
  expect(await deliver('PUT', '/v1/cursos/9', COURSE)).toMatchObject({
    status: 200,
    json: { repetido: true },
  });
  expect(await deliver('POST', '/v1/clics', [CLICK])).toMatchObject({ json: { nuevos: 1, repetidos: 0 } });
  expect(await deliver('POST', '/v1/clics', [CLICK])).toMatchObject({ json: { nuevos: 0, repetidos: 1 } });
  await withInbox({ name: 'plataforma', stateDir: datos }, (inbox) =>
    expect(inbox.snapshots().map(({ id }) => id)).toEqual(['9']),
  );
});

test('clicks may come as lines, and a line that is none is told by its number', async () => {
  const lines = (...rows: string[]) =>
    fetch(`${office.panel.url}/v1/clics`, {
      method: 'POST',
      headers: { authorization: `Bearer ${clave}`, 'content-type': 'application/x-ndjson' },
      body: rows.join('\n'),
    });
  const taken = await lines(JSON.stringify(CLICK), '', JSON.stringify({ ...CLICK, id: 'c2' }));
  expect(await taken.json()).toMatchObject({ nuevos: 2 });
  const cut = await lines(JSON.stringify({ ...CLICK, id: 'c3' }), '{"id":');
  expect(cut.status).toBe(400);
  expect(JSON.stringify(await cut.json())).toContain('línea 2');
});

test('what is wrong is told row by row, in its status', async () => {
  const bad = { ...COURSE, notas: [{ alumno: '17', nota: 'buena' }] };
  expect(await deliver('PUT', '/v1/cursos/9', bad)).toMatchObject({
    status: 422,
    json: {
      error: { codigo: 'datos' },
      errores: [
        { lugar: 'entrega, «notas», fila 1, columna nota', mensaje: expect.stringContaining('«buena»') },
      ],
    },
  });
  expect(await deliver('PUT', '/v1/cursos/9', [])).toMatchObject({
    status: 400,
    json: { error: { codigo: 'forma' } },
  });
  const keyed = { 'idempotency-key': 'k' };
  await deliver('PUT', '/v1/cursos/9', COURSE, keyed);
  expect((await deliver('PUT', '/v1/cursos/8', COURSE, keyed)).status).toBe(409);
});

test('a number of more digits than JSON keeps is no id: two of them would be one', async () => {
  const long = (text: string) => JSON.parse(`[{"alumno":${text},"rut":""}]`);
  const people = await deliver('PUT', '/v1/cursos/9', { ...COURSE, alumnos: long('9007199254740993') });
  expect(people).toMatchObject({
    status: 422,
    json: {
      errores: [
        { lugar: expect.stringContaining('columna alumno'), mensaje: expect.stringContaining('comillas') },
      ],
    },
  });
  const clicks = await deliver('POST', '/v1/clics', [{ ...CLICK, id: 2 ** 60 }]);
  expect(clicks).toMatchObject({ status: 422, json: { errores: [{ lugar: 'clics, fila 1, columna id' }] } });
  expect((await deliver('POST', '/v1/clics', [{ ...CLICK, id: String(2n ** 60n) }])).status).toBe(200);
});

test('a body that is written otherwise than it should be is told as such, and a mark before it is none of it', async () => {
  const send = async (
    type: string,
    body: NonNullable<RequestInit['body']>,
    more: Record<string, string> = {},
  ) => {
    const answer = await fetch(`${office.panel.url}/v1/cursos/9`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${clave}`, 'content-type': type, ...more },
      body,
    });
    const { error } = (await answer.json()) as { error?: { mensaje: string; queHacer: string } };
    return [answer.status, `${error?.mensaje} ${error?.queHacer}`];
  };
  const text = JSON.stringify({ ...COURSE, curso: { nombre: 'Señas' } });
  expect(await send('application/json', `\ufeff${text}`)).toEqual([200, expect.anything()]);
  expect(await send('application/json; charset=utf-8', text)).toEqual([200, expect.anything()]);
  expect(await send('application/json', Buffer.from(text, 'latin1'))).toEqual([
    400,
    expect.stringContaining('UTF-8'),
  ]);
  expect(await send('text/plain', text)).toEqual([415, expect.stringContaining('application/json')]);
  const zipped = await send('application/json', gzipSync(text), { 'content-encoding': 'gzip' });
  expect(zipped).toEqual([415, expect.stringContaining('comprim')]);
});

test('far fewer people wait: 202', async () => {
  const people = Array.from({ length: 10 }, (_, at) => ({ alumno: String(at), rut: '' }));
  await deliver('PUT', '/v1/cursos/9', { ...COURSE, alumnos: people });
  expect(await deliver('PUT', '/v1/cursos/9', COURSE)).toMatchObject({
    status: 202,
    json: { estado: 'retenido' },
  });
});

test('too much at once is told: 413 with the limit, 429 with how long to wait', async () => {
  const huge = await deliver('POST', '/v1/clics', [{ ...CLICK, modulo: 'x'.repeat(17 * 1024 * 1024) }]).catch(
    () => null,
  );
  // The connection may be gone before all of it was sent.
  if (huge)
    expect(huge).toMatchObject({
      status: 413,
      json: { error: { mensaje: expect.stringContaining('16 MB') } },
    });
  for (let count = 0; count < 121; count++) {
    const { status, headers } = await deliver('POST', '/v1/clics', []);
    if (status === 429) {
      expect(Number(headers['retry-after'])).toBeGreaterThan(0);
      now = new Date(now.getTime() + 60_000);
      expect((await deliver('POST', '/v1/clics', [])).status).toBe(200);
      return;
    }
  }
  expect.fail('there is no limit');
});

test('whoever tries key after key waits; the platform at the same address does not', async () => {
  expect((await deliver('POST', '/v1/clics', [])).status).toBe(200);
  const guess = (at: number) =>
    office.ask({
      ...{ method: 'POST', path: '/v1/clics', body: [] },
      headers: { authorization: `Bearer entrega_${String(at).padStart(43, 'x')}` },
    });
  for (let at = 0; at < 120; at += 1) expect((await guess(at)).status).toBe(401);
  expect(await guess(120)).toMatchObject({ status: 429 });
  expect((await deliver('POST', '/v1/clics', [])).status).toBe(200);
  now = new Date(now.getTime() + 60_000);
  expect((await guess(121)).status).toBe(401);
});

describe('a key', () => {
  test('delivers and does nothing else', async () => {
    expect((await deliver('GET', '/api/hoy', undefined)).status).toBe(401);
    const cookie = await office.enter('administrador');
    const asAdmin = await office.ask({ method: 'PUT', path: '/v1/cursos/9', cookie, body: COURSE });
    expect(asAdmin).toMatchObject({ status: 401, json: { error: { codigo: 'sin-clave' } } });
  });

  test('that is nobody’s is refused before anything is read', async () => {
    clave = `entrega_${'a'.repeat(43)}`;
    expect((await deliver('PUT', '/v1/cursos/9', COURSE)).status).toBe(401);
    await withInbox({ name: 'plataforma', stateDir: datos }, (inbox) =>
      expect(inbox.snapshots()).toEqual([]),
    );
  });
});

test('nothing of a person or a key is logged', async () => {
  await deliver('PUT', '/v1/cursos/9', COURSE);
  await deliver('PUT', '/v1/cursos/9', { ...COURSE, notas: [{ alumno: '17', nota: 'buena' }] });
  const log = office.log.join();
  expect(log).toContain('/v1/cursos/:curso');
  for (const secret of [clave, '11111111', 'Ana Soto']) expect(log).not.toContain(secret);
});

test('is in the OpenAPI', () => {
  const { paths } = panelOpenApi({ version: '0' }) as { paths: Record<string, object> };
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/v1/cursos/{curso}', '/v1/clics', '/v1/xapi/statements']),
  );
});
