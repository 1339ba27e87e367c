import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { MAGICOS, type Sandbox, startSandbox } from '../src/index.ts';
import { OTEC_INVENTADA } from '../src/sandbox/registro.ts';

let datos: string;
let sandbox: Sandbox;

beforeEach(async () => {
  datos = await mkdtemp(join(tmpdir(), 'puente-sandbox-'));
  sandbox = await startSandbox({ datos });
});

afterEach(async () => {
  await sandbox.close();
  await rm(datos, { recursive: true });
});

const { rut: rutOtec, token } = OTEC_INVENTADA;

async function enviar(ruts: string[], codigoOferta = 'SANDBOX-01', more: object = {}) {
  const dates = { fechaInicio: '2026-01-05', fechaFin: '2027-12-31' };
  const figures = { tiempoConectividad: 60, porcentajeAvance: 10, ...dates };
  const modulo = {
    codigoModulo: `${codigoOferta}-M1`,
    ...figures,
    listaActividades: [{ codigoActividad: 'a' }],
  };
  const answer = await fetch(`${sandbox.url}/avance-sic/enviarAvance`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      ...{ rutOtec, idSistema: 1350, token, codigoOferta, codigoGrupo: `${codigoOferta}-A`, ...more },
      listaAlumnos: ruts.map((rut) => ({
        ...{ rutAlumno: Number(rut.split('-')[0]), dvAlumno: rut.split('-')[1] },
        ...figures,
        listaModulos: [modulo],
      })),
    }),
  });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await answer.text() };
}

async function codes(ruts: string[], codigoOferta?: string): Promise<string[]> {
  const { text } = await enviar(ruts, codigoOferta);
  const { datosError = [] } = JSON.parse(text) as { datosError?: { codigo: string }[] };
  return datosError.map(({ codigo }) => codigo);
}

async function ask(path: string, fields?: object) {
  const answer = await fetch(new URL(path, sandbox.url), {
    method: fields ? 'POST' : 'GET',
    ...(fields && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) }),
  });
  return { status: answer.status, body: await answer.json() };
}

const MAGIC = Object.values(MAGICOS).map(({ rut, dv }) => `${rut}-${dv}`);
const NUEVO = {
  otecs: [{ rut: rutOtec, nombre: 'La misma', token }],
  cursos: [
    {
      ...{ codigoOferta: 'PROPIO', codigoGrupo: 'PROPIO-A', rutOtec, nombre: 'Curso propio' },
      modulos: [{ codigoModulo: 'PROPIO-M1', nombre: 'Uno' }],
      alumnos: [{ rut: '11111111-1', nombre: 'Alumna' }],
    },
  ],
};

test('each magic RUT always gives its code, in a course of the sandbox and in one of one’s own', async () => {
  await ask('/sandbox/sembrar', NUEVO);
  for (const course of ['SANDBOX-01', 'PROPIO'])
    for (let again = 0; again < 2; again += 1)
      expect((await codes(['11111111-1', ...MAGIC], course)).sort()).toEqual(['010', '011', '012', '025']);
  expect((await ask('/sandbox')).body.rutMagicos['025']).toMatchObject({ rut: 25025025, dv: '8' });
});

test('a fault hits only the provider and the course that it is asked for', async () => {
  await ask('/sandbox/sembrar', NUEVO);
  await ask('/sandbox/fallas', { falla: 'http-503', codigoOferta: 'PROPIO', segundos: 7 });
  await ask('/sandbox/fallas', { falla: 'codigo-001', rutOtec: '77124930-2' });
  expect(await codes(['11111111-1'])).toEqual([]);
  expect(await enviar(['11111111-1'], 'PROPIO')).toMatchObject({ status: 503, retryAfter: '7' });
  expect(await codes(['11111111-1'], 'PROPIO')).toEqual([]);
  expect((await enviar([], 'X', { rutOtec: '77124930-2' })).text).toContain('Token invalido');
  const wrong = await ask('/sandbox/fallas', { tipo: 'http-503' });
  expect(wrong).toMatchObject({
    status: 400,
    body: { error: [{ mensaje: expect.stringContaining('«falla»') }] },
  });
});

test('the journal has what was received, without the token, and the page shows it', async () => {
  await ask('/sandbox/fallas', { falla: 'http-503', endpoint: 'historialEnvios' });
  await enviar(['11111111-1'], 'SANDBOX-01', { codigoEnvio: 'uno' });
  await fetch(`${sandbox.url}/avance-sic/historialEnvios?rutOtec=${rutOtec}&token=${token}`);
  const { body } = await ask('/sandbox/diario');
  expect(body).toMatchObject([
    {
      n: 1,
      endpoint: 'enviarAvance',
      codigoEnvio: 'uno',
      alumnos: 1,
      falla: null,
      cuerpo: { idSistema: 1350 },
    },
    { n: 2, endpoint: 'historialEnvios', rutOtec, falla: 'http-503' },
  ]);
  await expect
    .poll(async () => (await ask('/sandbox/diario')).body.map(({ status }: { status: number }) => status))
    .toEqual([200, 503]);
  expect(JSON.stringify(body)).not.toContain(token);
  expect((await ask('/sandbox/diario?endpoint=enviarAvance')).body).toHaveLength(1);
  expect((await ask('/sandbox/diario?codigoOferta=OTRO')).body).toHaveLength(0);
  const page = await fetch(new URL('/sandbox/llamadas', sandbox.url));
  expect([page.headers.get('refresh'), await page.text()]).toEqual([
    '3',
    expect.stringContaining('SANDBOX-01 · uno'),
  ]);
  expect((await fetch(new URL('/sandbox/llamadas?pausa', sandbox.url))).headers.get('refresh')).toBeNull();
});

test('reset: as it was at the start, whatever was sent, seeded, asked for or moved', async () => {
  await ask('/sandbox/sembrar', NUEVO);
  await enviar(['11111111-1', ...MAGIC]);
  await ask('/sandbox/fallas', { falla: 'http-503' });
  await ask('/sandbox/reloj', { avanzar: 86_400 });
  const { body } = await ask('/sandbox/reiniciar', {});
  expect(body).toMatchObject({ fallas: [], reloj: { movido: false }, llamadas: 0 });
  const query = `rutOtec=${rutOtec}&idSistema=1350&token=${token}`;
  expect((await ask(`/gestor/API/avance-sic/historialEnvios?${query}`)).body).toEqual([]);
  expect(await codes(['11111111-1'], 'PROPIO')).toEqual(['003']);
  expect((await codes(['11111111-1', ...MAGIC])).sort()).toEqual(['010', '011', '012', '025']);
});

test('a registry that cannot be used is told, and an idle sandbox says so', async () => {
  expect((await ask('/sandbox/sembrar', { otecs: [{ rut: 'x' }] })).status).toBe(400);
  await sandbox.untilIdle(0.01, AbortSignal.timeout(60_000));
  await sandbox.untilIdle(3600, AbortSignal.abort());
});

test('an order in JSON is taken whatever its Content-Type says: curl -d calls it a form', async () => {
  const answer = await fetch(new URL('/sandbox/fallas', sandbox.url), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: '{"falla":"http-503"}',
    redirect: 'manual',
  });
  expect([answer.status, (await answer.json()).fallas.length]).toEqual([200, 1]);
});
