import { createHmac } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entregasIn, type Settings, settingsSchema, tellResults } from '@puente-sic/app';
import { nightRunner } from '@puente-sic/engine';
import { pushSource, withInbox } from '@puente-sic/sources';
import { MODULOS, OFERTA, OTEC, rutOf } from '@puente-sic/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resultado } from '../src/api/entregas.ts';
import { type Answered, type Office, openOffice } from './support/office.ts';

const OTHER = '76543210-3';
const CLAVE = 'una clave que ambos conocen';
const COURSE = {
  curso: { nombre: 'Bodega' },
  alumnos: [
    { alumno: '1', rut: rutOf(0).text },
    // SENCE does not know the person.
    { alumno: '2', rut: rutOf(99).text },
    { alumno: '3', rut: '' },
    { alumno: '4', rut: rutOf(1).text, activo: 'no' },
  ],
  modulos: MODULOS.map((codigoModulo) => ({ modulo: codigoModulo, codigoModulo })),
  porcentajes: ['1', '2', '3'].flatMap((alumno) =>
    ['', ...MODULOS].map((modulo) => ({ alumno, modulo, porcentaje: 50 })),
  ),
  tiempos: ['1', '2', '3'].flatMap((alumno) =>
    ['', ...MODULOS].map((modulo) => ({ alumno, modulo, segundos: 60 })),
  ),
};

let office: Office;
let datos = '';
let settings: Settings;
let keys: { own: string; other: string };
let web: Server;
let got: { cabeceras: IncomingHttpHeaders; cuerpo: string }[];
let down: boolean;
/** What its body says of a call that is not taken. */
let refuses: string | null;
beforeEach(async () => {
  datos = mkdtempSync(join(tmpdir(), 'puente-resultado-'));
  got = [];
  [down, refuses] = [false, null];
  web = createServer(async (request, response) => {
    let cuerpo = '';
    for await (const chunk of request) cuerpo += chunk;
    const no = down || (refuses !== null && cuerpo.includes(refuses));
    if (!no) got.push({ cabeceras: request.headers, cuerpo });
    response.writeHead(no ? 503 : 204).end();
  });
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(web.address() as AddressInfo).port}/entrada`;
  const own = { codigoOferta: OFERTA, codigoGrupo: OFERTA, inicio: '2026-11-01', fin: '2026-12-31' };
  settings = settingsSchema.parse({
    otecs: [{ rut: OTEC.rut }, { rut: OTHER }],
    fuentes: [{ nombre: 'plataforma', tipo: 'push', webhook: { url, clave: CLAVE } }],
    cursos: [
      { fuente: 'plataforma', curso: '9', otec: OTEC.rut, ...own },
      { fuente: 'plataforma', curso: '8', otec: OTHER, ...own },
    ],
  });
  office = await openOffice({
    entregas: entregasIn({
      datos,
      clock: () => office.world.time.now,
      settings: () => settings,
      ledger: () => office.world.ledger,
    }),
  });
  keys = await withInbox({ name: 'plataforma', stateDir: datos }, (inbox) => ({
    own: inbox.createKey('lms', OTEC.rut, new Date()),
    other: inbox.createKey('lms', OTHER, new Date()),
  }));
});
afterEach(async () => {
  await office.close();
  await new Promise((resolve) => web.close(resolve));
  rmSync(datos, { recursive: true });
});

const call = (method: string, path: string, body?: unknown, clave = keys.own): Promise<Answered> =>
  office.ask({
    ...{ method, path, body },
    headers: { authorization: `Bearer ${clave}`, 'x-puente': '', origin: '' },
  });

/** The course as it is after a whole night. */
async function night(): Promise<void> {
  const { world } = office;
  const { ledger, version, clock, clientFor } = world.request();
  const source = pushSource({ name: 'plataforma', stateDir: datos, clock: () => world.time.now });
  const cursos = (settings.cursos ?? []).map(({ otec = '', ...curso }) => ({ ...curso, otec }));
  const runner = nightRunner(
    { otec: OTEC, sources: [source], cursos },
    { ledger, version, clock: clock ?? (() => world.time.now), clientFor },
  );
  for (let step = 0; step < 40; step++) {
    await runner.tick();
    world.time.now = new Date(world.time.now.getTime() + 60_000);
  }
  await runner.close(new AbortController().signal);
  await source.close();
}

const tell = (failures: string[] = []): Promise<number> =>
  tellResults({
    ...{ settings, ledger: office.world.ledger, datos, clock: () => office.world.time.now },
    onUndelivered: (canal) => failures.push(canal),
  });

describe('what became of a course', () => {
  test('is told person by person, with what to do, and never with a RUT', async () => {
    expect((await call('GET', '/v1/cursos/9/resultado')).status).toBe(404);
    const { json: receipt } = await call('PUT', '/v1/cursos/9', COURSE);
    const before = await call('GET', '/v1/cursos/9/resultado');
    expect(resultado.parse(before.json)).toMatchObject({
      noche: null,
      alumnos: [
        { estado: 'sin-leer' },
        { estado: 'sin-leer' },
        { estado: 'sin-leer' },
        { estado: 'no-activo' },
      ],
    });
    await night();
    const { json, text } = await call('GET', '/v1/cursos/9/resultado');
    const found = resultado.parse(json);
    expect(found).toMatchObject({
      ...{ curso: '9', rutOtec: OTEC.rut, lote: (receipt as { lote: string }).lote, retenido: false },
      noche: { noche: '2026-11-22', estado: 'hecha' },
      delCurso: [],
    });
    expect(found.alumnos.map(({ alumno, estado }) => [alumno, estado])).toEqual([
      ['1', expect.stringMatching(/^(sin-confirmar|lo-tiene)$/)],
      ['2', 'rechazado'],
      ['3', 'retenido'],
      ['4', 'no-activo'],
    ]);
    const [fine, refused, held] = found.alumnos;
    expect(fine).toMatchObject({ codigoOferta: OFERTA, codigoGrupo: OFERTA, porque: [] });
    expect(refused?.porque).toMatchObject([{ codigo: expect.stringMatching(/^01[12]$/) }]);
    expect(held?.porque[0]?.mensaje).toContain('no tiene RUT');
    expect(found.alumnos.flatMap(({ porque }) => porque).every(({ queHacer }) => queHacer !== '')).toBe(true);
    for (const index of [0, 1, 99]) expect(text).not.toContain(String(rutOf(index).numero));
  });

  test('says that a later delivery waits, and speaks of the one in use', async () => {
    const { json } = await call('PUT', '/v1/cursos/9', COURSE);
    const few = await call('PUT', '/v1/cursos/9', { ...COURSE, alumnos: COURSE.alumnos.slice(0, 1) });
    expect(few).toMatchObject({ status: 202, json: { estado: 'retenido' } });
    const found = resultado.parse((await call('GET', '/v1/cursos/9/resultado')).json);
    expect(found).toMatchObject({ lote: (json as { lote: string }).lote, retenido: true });
    expect(found.alumnos.map(({ alumno }) => alumno)).toEqual(['1', '2', '3', '4']);
  });

  test('is that of one OTEC: a key of another neither delivers nor reads it', async () => {
    const clicks = [{ id: 'c', curso: '9', alumno: '1', instante: 1_790_000_000 }];
    const statement = {
      ...{ id: 's', timestamp: '2026-11-20T10:00:00Z', verb: { id: 'http://x/viewed' }, object: { id: 'a' } },
      actor: { account: { name: '1' } },
      context: { contextActivities: { grouping: { id: '9' } } },
    };
    await call('PUT', '/v1/cursos/9', COURSE);
    for (const [method, path, body] of [
      ['GET', '/v1/cursos/9/resultado', undefined],
      ['PUT', '/v1/cursos/9', COURSE],
      // In no entry of cursos: nobody's.
      ['PUT', '/v1/cursos/7', COURSE],
      ['POST', '/v1/clics', clicks],
      ['POST', '/v1/xapi/statements', statement],
    ] as const)
      expect(await call(method, path, body, keys.other)).toMatchObject({
        status: 403,
        json: { error: { codigo: 'ajeno', mensaje: expect.stringMatching(/«[79]»/) } },
      });
    await withInbox({ name: 'plataforma', stateDir: datos }, (inbox) =>
      expect([...inbox.clicks('9')]).toEqual([]),
    );
    expect((await call('PUT', '/v1/cursos/8', COURSE, keys.other)).status).toBe(200);
  });
});

describe('the platform’s own address', () => {
  test('is told signed once something has been met, and again only when it changes', async () => {
    await call('PUT', '/v1/cursos/9', COURSE);
    expect(await tell()).toBe(0);
    await night();
    expect(await tell()).toBe(1);
    const [{ cabeceras, cuerpo } = { cabeceras: {}, cuerpo: '' }] = got;
    const { tipo, id, cuando, ...said } = JSON.parse(cuerpo);
    expect({ tipo, cuando }).toEqual({ tipo: 'resultado', cuando: office.world.time.now.toISOString() });
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(said).toEqual((await call('GET', '/v1/cursos/9/resultado')).json);
    const firma = createHmac('sha256', CLAVE)
      .update(`${cabeceras['x-puente-fecha']}.${cuerpo}`)
      .digest('hex');
    expect(cabeceras['x-puente-firma']).toBe(`sha256=${firma}`);
    expect(await tell()).toBe(0);
    // The same course once more is no news; who is not there any more is.
    await call('PUT', '/v1/cursos/9', COURSE);
    expect(await tell()).toBe(0);
    await call('PUT', '/v1/cursos/9', { ...COURSE, alumnos: COURSE.alumnos.slice(0, 3) });
    expect(await tell()).toBe(1);
  });

  test('is told what comes back under another id than the first time', async () => {
    for (const alumnos of [COURSE.alumnos, COURSE.alumnos.slice(0, 3), COURSE.alumnos]) {
      await call('PUT', '/v1/cursos/9', { ...COURSE, alumnos });
      if (got.length === 0) await night();
      expect(await tell()).toBe(1);
    }
    const [first, second, third] = got.map(({ cuerpo }) => JSON.parse(cuerpo));
    expect(third.alumnos).toEqual(first.alumnos);
    expect(new Set([first.id, second.id, third.id]).size).toBe(3);
  });

  test('that does not take one course is told the others all the same', async () => {
    for (const curso of ['9', '10']) {
      const own = { codigoOferta: OFERTA, codigoGrupo: OFERTA, inicio: '2026-11-01', fin: '2026-12-31' };
      if (curso === '10')
        settings.cursos?.push({ fuente: 'plataforma', curso, otec: OTEC.rut, ...own, codigoGrupo: 'OTRO' });
      await call('PUT', `/v1/cursos/${curso}`, COURSE);
    }
    await night();
    refuses = '"curso":"9"';
    const failures: string[] = [];
    expect(await tell(failures)).toBe(1);
    expect(got.map(({ cuerpo }) => JSON.parse(cuerpo).curso)).toEqual(['10']);
    expect(failures).toHaveLength(1);
    refuses = null;
    expect(await tell(failures)).toBe(1);
  });

  test('that is down is told later, by itself', async () => {
    await call('PUT', '/v1/cursos/9', COURSE);
    await night();
    down = true;
    const failures: string[] = [];
    expect(await tell(failures)).toBe(0);
    expect(failures).toEqual(['el webhook de «plataforma»']);
    down = false;
    expect(await tell(failures)).toBe(1);
    expect(failures).toHaveLength(1);
  });
});
