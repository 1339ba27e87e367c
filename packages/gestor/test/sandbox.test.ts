import { mkdtemp, rm } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Gestor, startSandbox } from '../src/index.ts';
import { OTEC_INVENTADA } from '../src/sandbox/registro.ts';

let datos: string;
let sandbox: Gestor;

beforeAll(async () => {
  datos = await mkdtemp(join(tmpdir(), 'puente-sandbox-'));
  sandbox = await startSandbox({ datos });
});

afterAll(async () => {
  await sandbox.close();
  await rm(datos, { recursive: true });
});

const { rut: rutOtec, token } = OTEC_INVENTADA;
const modulo = {
  codigoModulo: 'SANDBOX-01-M1',
  tiempoConectividad: 60,
  porcentajeAvance: 10,
  fechaInicio: '2026-01-05',
  fechaFin: '2027-12-31',
  listaActividades: [{ codigoActividad: 'Lectura' }],
};
const alumno = {
  rutAlumno: 11111111,
  dvAlumno: '1',
  tiempoConectividad: 60,
  porcentajeAvance: 10,
  fechaInicio: '2026-01-05',
  fechaFin: '2027-12-31',
  listaModulos: [modulo],
};

function enviar(codigoEnvio: string, signal?: AbortSignal): Promise<Response> {
  return fetch(`${sandbox.url}/avance-sic/enviarAvance`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      rutOtec,
      idSistema: 1350,
      token,
      codigoOferta: 'SANDBOX-01',
      codigoGrupo: 'SANDBOX-01-A',
      codigoEnvio,
      listaAlumnos: [alumno],
    }),
    ...(signal && { signal }),
  });
}

/** How many processes the service recorded under a codigoEnvio. */
async function recorded(codigoEnvio: string): Promise<number> {
  const query = new URLSearchParams({ rutOtec, idSistema: '1350', token, codigo_externo: codigoEnvio });
  const answer = await fetch(`${sandbox.url}/avance-sic/historialEnvios?${query}`);
  return ((await answer.json()) as unknown[]).length;
}

async function ask(path: string, fields: object): Promise<Response> {
  return fetch(new URL(path, sandbox.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(fields),
  });
}

test.each([
  ['codigo-001', 200, '{"error":[{"mensaje":"Token invalido"}]}'],
  ['codigo-002', 200, '{"error":[{"mensaje":"No fue posible conectar con el servicio de autenticacion"}]}'],
  ['http-503', 503, '503 Service Temporarily Unavailable'],
])('%s is answered and nothing is recorded', async (falla, status, text) => {
  await ask('/sandbox/fallas', { falla });
  const answer = await enviar(falla);
  expect(answer.status).toBe(status);
  expect(await answer.text()).toContain(text);
  expect(await recorded(falla)).toBe(0);
});

test.each([
  ['corte-antes', 0],
  ['corte-despues', 1],
])('%s: no answer, and %i process in the history', async (falla, processes) => {
  await ask('/sandbox/fallas', { falla });
  await expect(enviar(falla)).rejects.toThrow();
  expect(await recorded(falla)).toBe(processes);
});

test('a lost answer is recorded, and nobody answers until the sender gives up', async () => {
  await ask('/sandbox/fallas', { falla: 'respuesta-perdida' });
  const patience = new AbortController();
  const answer = enviar('perdida', patience.signal);
  await expect.poll(() => recorded('perdida')).toBe(1);
  patience.abort();
  await expect(answer).rejects.toThrow();
});

test.each(['html-delante', 'goteo', 'demora'])('%s leaves the answer whole', async (falla) => {
  await ask('/sandbox/fallas', { falla, segundos: 0 });
  const text = await (await enviar(falla)).text();
  expect(text.startsWith('<div')).toBe(falla === 'html-delante');
  expect(JSON.parse(text.slice(text.indexOf('{"id_proceso"')))).toMatchObject({ errores: [] });
  expect(await recorded(falla)).toBe(1);
});

test('a fault hits as many calls as asked, of the endpoint asked, and can be taken back', async () => {
  await ask('/sandbox/fallas', { falla: 'http-503', veces: 2 });
  expect(await recorded('otro')).toBe(0);
  expect((await enviar('uno')).status).toBe(503);
  await ask('/sandbox/fallas/limpiar', {});
  expect((await enviar('dos')).status).toBe(200);
});

test('what cannot be asked for is told in words', async () => {
  for (const fields of [{ falla: 'nada' }, { falla: 'goteo', veces: 0 }, { falla: 'goteo', endpoint: 'x' }]) {
    expect((await ask('/sandbox/fallas', fields)).status).toBe(400);
  }
  for (const fields of [{}, { ahora: '2026-04-04' }, { avanzar: 'mucho' }]) {
    expect((await ask('/sandbox/reloj', fields)).status).toBe(400);
  }
});

test('the clock can be moved: the echo carries the date of that day in Santiago', async () => {
  await ask('/sandbox/reloj', { ahora: '2026-09-06T02:30:00Z' });
  const { envio } = (await (await enviar('reloj')).json()) as { envio: { fechaEjecucion: string }[] };
  expect(envio[0]?.fechaEjecucion).toMatch(/^2026-09-05/);
  await ask('/sandbox/reloj', { real: true });
});

test('a page of somebody else gets neither the journal, under a name made to lead here, nor a form taken', async () => {
  const ask = (path: string, method: string, headers: Record<string, string>) =>
    new Promise<number | undefined>((resolve, reject) => {
      const { hostname, port } = new URL(sandbox.url);
      const asked = request({ hostname, port, path, method, headers, agent: false }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      });
      asked.on('error', reject);
      asked.end();
    });
  const form = { 'content-type': 'application/x-www-form-urlencoded' };
  for (const host of [
    'evil.example',
    `evil.example:${sandbox.port}`,
    '127.0.0.1.evil.example',
    'localhost.example',
  ])
    for (const path of ['/sandbox', '/sandbox/diario', '/sandbox/llamadas'])
      expect(await ask(path, 'GET', { host }), host).toBe(421);
  for (const site of ['cross-site', 'same-site'])
    expect(await ask('/sandbox/fallas/limpiar', 'POST', { ...form, 'sec-fetch-site': site })).toBe(403);
  expect(await ask('/sandbox/fallas/limpiar', 'POST', { ...form, 'sec-fetch-site': 'same-origin' })).toBe(
    303,
  );
  for (const host of [`localhost:${sandbox.port}`, '127.0.0.1', `[::1]:${sandbox.port}`])
    expect(await ask('/sandbox/diario', 'GET', { host }), host).toBe(200);
});
