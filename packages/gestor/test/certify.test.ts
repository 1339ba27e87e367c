import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { OTEC_KIT } from '../src/certify/otec.ts';
import { signText, splitSigned } from '../src/certify/sign.ts';
import { type EscenarioInforme, type Informe, type Kit, startKit, verifyReport } from '../src/index.ts';
import { Sender } from './kit/sender.ts';

let datos: string;
let kit: Kit;
const programa = { nombre: 'MiLMS', version: '3.2', perfil: 'completo' as const };
const start = () => startKit({ datos, segundosLenta: 0.4, programa });

beforeEach(async () => {
  datos = await mkdtemp(join(tmpdir(), 'puente-kit-'));
  kit = await start();
});

afterEach(async () => {
  await kit.close();
  await rm(datos, { recursive: true });
});

async function ask(path: string, fields?: object): Promise<{ status: number; body: unknown }> {
  const answer = await fetch(new URL(path, kit.url), {
    method: fields ? 'POST' : 'GET',
    ...(fields && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(fields) }),
  });
  return { status: answer.status, body: await answer.json() };
}

async function scenario(id: string): Promise<EscenarioInforme> {
  return (await ask(`/certificacion/escenarios/${id}`)).body as EscenarioInforme;
}

const settled = (id: string, estado: string) =>
  expect.poll(async () => (await scenario(id)).estado).toBe(estado);

test('before any call everything is pending, and each scenario says what it looks at', async () => {
  const { escenarios, pendientes, certificado } = (await ask('/certificacion')).body as Informe;
  expect([pendientes, certificado]).toEqual([26, false]);
  for (const { mira, espera, instruccion } of escenarios) {
    for (const text of [mira, espera, instruccion]) expect(text).toMatch(/^\p{Lu}.*\.$/su);
  }
});

test('a scenario that failed is tried again, twice, and its history stays', async () => {
  await (await Sender.for(kit.url, 'reenvia-todo')).only('parcial');
  await settled('parcial', 'fallado');
  await ask('/certificacion/escenarios/parcial/reintentar', {});
  expect(await scenario('parcial')).toMatchObject({ estado: 'pendiente', intentos: [{ estado: 'fallado' }] });
  await (await Sender.for(kit.url, 'reenvia-todo')).only('parcial');
  await settled('parcial', 'fallado');
  await ask('/certificacion/escenarios/parcial/reintentar', {});
  await (await Sender.for(kit.url)).only('parcial');
  await settled('parcial', 'cumplido');
  expect((await scenario('parcial')).intentos.map(({ estado }) => estado)).toEqual([
    ...['fallado', 'fallado'],
    'cumplido',
  ]);
  expect(kit.informeFirmado()).toContain('Cumplido al tercer intento');
  expect((await ask('/certificacion/escenarios/nada/reintentar', {})).status).toBe(404);
});

test('another go at a percentage that fell begins with no percentage', async () => {
  await (await Sender.for(kit.url, 'insiste-con-el-menor')).only('baja');
  await settled('baja', 'fallado');
  await ask('/certificacion/escenarios/baja/reintentar', {});
  await (await Sender.for(kit.url)).only('baja');
  await settled('baja', 'cumplido');
});

test('a refused value is told as what it is', async () => {
  const body = {
    ...{ rutOtec: OTEC_KIT.rut, idSistema: 1350, token: OTEC_KIT.token },
    ...(await sheetState('version-2')),
  };
  body.listaAlumnos[0] = { ...body.listaAlumnos[0], evaluacionFinal: null };
  await ask('/gestor/API/avance-sic/enviarAvance', { ...body, codigoEnvio: 'uno' });
  await settled('version-2', 'fallado');
  const { visto } = await scenario('version-2');
  expect(visto).toContain('[031] alumno.evaluacionFinal inválido');
  expect((await scenario('valores')).visto).toContain('llegó como null; la hoja dice 62');
});

test('seconds that came as minutes are told as minutes', async () => {
  await (await Sender.for(kit.url, 'minutos-por-segundos')).only('valores');
  await settled('valores', 'fallado');
  expect((await scenario('valores')).visto).toContain('Parece venir en minutos');
});

test('what was seen is still there after a restart; another program has to begin anew', async () => {
  await (await Sender.for(kit.url, 'fechas-en-utc')).only('fechas', 'parcial');
  await settled('fechas', 'fallado');
  await settled('parcial', 'cumplido');
  await kit.close();
  kit = await start();
  expect(await scenario('fechas')).toMatchObject({ estado: 'fallado' });
  expect(await scenario('parcial')).toMatchObject({ estado: 'cumplido' });

  const otro = { programa: 'Otro', version: '1' };
  expect((await ask('/certificacion/programa', otro)).status).toBe(409);
  expect((await ask('/certificacion/programa', { perfil: 'x' })).status).toBe(400);
  const begun = (await ask('/certificacion/inicio', otro)).body as Informe;
  expect(begun).toMatchObject({ programa: 'Otro', pendientes: 26, comienzos: 1 });
});

test('a certificate: named, dated, signed whole, and the same when it is judged again', async () => {
  await (await Sender.for(kit.url)).everything();
  await expect.poll(() => kit.informe().certificado).toBe(true);
  const file = kit.informeFirmado();
  const { linea, ...verified } = verifyReport(file);
  expect(verified).toMatchObject({ valido: true, certificado: true, huella: kit.huella });
  expect(linea).toMatch(
    /^CERTIFICADO · MiLMS 3\.2 · perfil completo: versiones 1 y 2 · \d{4}-\d\d-\d\d \d\d:\d\d .*autodeclaración$/,
  );
  expect(file).toContain('no prueba quién lo corrió');
  expect(file.toUpperCase()).not.toContain(OTEC_KIT.token);
  const registro = await readFile(join(datos, 'registro.ndjson'), 'utf8');
  expect(registro.toUpperCase()).not.toContain(OTEC_KIT.token);
});

test('a report whose word was altered is not valid, nor one signed anew over an altered page', async () => {
  await (await Sender.for(kit.url, 'fechas-en-utc')).only('fechas');
  await settled('fechas', 'fallado');
  const file = kit.informeFirmado();
  expect(verifyReport(file)).toMatchObject({ valido: true, certificado: false });
  const forged = file.replace('NO CERTIFICADO', 'CERTIFICADO');
  expect(verifyReport(forged)).toMatchObject({ valido: false, certificado: false, huella: null });
  expect(verifyReport(`${file}<p>CERTIFICADO</p>`).valido).toBe(false);
  expect(verifyReport('').valido).toBe(false);

  const { generateKeyPairSync } = await import('node:crypto');
  const { privateKey } = generateKeyPairSync('ed25519');
  const again = signText(splitSigned(forged)?.texto ?? '', privateKey);
  expect(verifyReport(again)).toMatchObject({ valido: false, huella: expect.any(String) });
});

test('a record that somebody changed is not gone on with', async () => {
  await (await Sender.for(kit.url, 'fechas-en-utc')).only('fechas');
  await settled('fechas', 'fallado');
  await kit.close();
  const file = join(datos, 'registro.ndjson');
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replaceAll('2026-12-19', '2026-12-18'));
  await expect(start()).rejects.toThrow('no está como el kit lo escribió');
  await writeFile(file, text.slice(0, -20));
  kit = await start();
  expect(await scenario('fechas')).toMatchObject({ estado: 'pendiente' });
});

test('nothing of a real person stays with the kit', async () => {
  const body = { ...(await sheetState('primer-envio')), token: 'AAAAAAAA-0000-4000-8000-000000000000' };
  body.listaAlumnos.push({
    ...body.listaAlumnos[0],
    rutAlumno: 17118181,
    dvAlumno: 'K',
    correo: 'ana@example.cl',
  });
  await ask('/gestor/API/avance-sic/enviarAvance', {
    ...body,
    ...{ rutOtec: OTEC_KIT.rut, idSistema: 1350, token: OTEC_KIT.token },
  });
  await settled('solo-lo-pedido', 'fallado');
  const registro = await readFile(join(datos, 'registro.ndjson'), 'utf8');
  for (const secret of ['17118181', 'ana@example.cl', 'AAAAAAAA-0000'])
    expect(registro + kit.informeFirmado()).not.toContain(secret);
  expect((await scenario('valores')).visto).toContain('un alumno que no está en la hoja');
});

test('the page says what to do, what was expected and what was seen', async () => {
  await (await Sender.for(kit.url, 'fechas-en-utc')).only('fechas');
  await settled('fechas', 'fallado');
  const answer = await fetch(new URL('/certificacion', kit.url), { headers: { accept: 'text/html' } });
  const page = await answer.text();
  expect(page).toContain('fechaFin llegó como 2026-12-19; en Santiago es 2026-12-18.');
  expect(page).toContain('Qué mira el kit');
  expect(page).toContain('MiLMS 3.2');
});

async function sheetState(id: string): Promise<{ listaAlumnos: Record<string, unknown>[] }> {
  const hoja = (await ask('/certificacion/hoja.json')).body as {
    escenarios: { id: string; estados: { listaAlumnos: Record<string, unknown>[] }[] }[];
  };
  const state = hoja.escenarios.find((each) => each.id === id)?.estados[0];
  if (!state) throw new Error(`no ${id}`);
  return state;
}
