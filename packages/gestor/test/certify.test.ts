import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readSignedReport } from '../src/certify/pages.ts';
import { OTEC_KIT } from '../src/certify/scenarios.ts';
import { verifyText } from '../src/certify/sign.ts';
import { type Kit, startKit } from '../src/index.ts';
import { type Defecto, Sender } from './sender.ts';

let datos: string;
let kit: Kit;
const start = () => startKit({ datos, segundosLenta: 0.4 });

beforeEach(async () => {
  datos = await mkdtemp(join(tmpdir(), 'puente-kit-'));
  kit = await start();
});

afterEach(async () => {
  await kit.close();
  await rm(datos, { recursive: true });
});

const of = (estado: string) =>
  kit
    .resultados()
    .filter((resultado) => resultado.estado === estado)
    .map(({ escenario, visto }) => `${escenario.id}: ${visto}`);

test('before any call everything is pending', () => {
  expect(of('pendiente')).toHaveLength(kit.resultados().length);
  expect(kit.resultados()).toHaveLength(22);
});

test('a right sender fulfils every scenario', async () => {
  await (await Sender.for(kit)).everything();
  expect([...of('fallado'), ...of('pendiente')]).toEqual([]);
});

test.each<[Defecto, string]>([
  ['insiste-con-token-malo', 'token-malo'],
  ['token-en-minusculas', 'token-mayusculas'],
  ['reenvia-todo', 'parcial'],
  ['insiste-con-el-menor', 'baja'],
  ['repite-curso-ausente', 'curso-rechazado'],
  ['campos-nuevos-en-v1', 'version-1'],
  ['no-lee-html', 'html-delante'],
  ['reintenta-sin-pausa', 'http-503'],
  ['repite-tras-un-corte', 'corte-despues'],
  ['no-espera', 'respuesta-lenta'],
  ['antes-de-la-ventana', 'noche'],
  ['dos-veces-en-abril', 'cambio-abril'],
  ['fechas-en-utc', 'fechas'],
  ['corta-por-unidades', 'nombres-50'],
])('a sender that «%s» fails %s and nothing else', async (defecto, escenario) => {
  await (await Sender.for(kit, defecto)).everything();
  await expect.poll(() => of('fallado').map((text) => text.split(':')[0])).toEqual([escenario]);
});

test('what was seen is still there after the kit is started again', async () => {
  await (await Sender.for(kit, 'fechas-en-utc')).everything();
  const before = [...of('fallado'), ...of('cumplido')];
  await kit.close();
  kit = await start();
  expect([...of('fallado'), ...of('cumplido')]).toEqual(before);
  expect(before).toHaveLength(22);
});

test('the report is signed by this kit, holds no token, and a changed one is not valid', async () => {
  await (await Sender.for(kit, 'fechas-en-utc')).everything();
  const file = await (await fetch(new URL('/certificacion/informe.html', kit.url))).text();
  const signed = readSignedReport(file);
  expect(signed && verifyText(signed)).toBe(kit.huella);
  expect(JSON.parse(signed?.texto ?? '')).toMatchObject({ cumplidos: 21, fallados: 1, certificado: false });
  const forged = readSignedReport(file.replace('&quot;fallados\\&quot;:1', '&quot;fallados\\&quot;:0'));
  expect(forged?.texto).toContain('"fallados":0');
  expect(forged && verifyText(forged)).toBeNull();
  expect(file.toUpperCase()).not.toContain(OTEC_KIT.token);
  expect((await readFile(join(datos, 'certificacion.ndjson'), 'utf8')).toUpperCase()).not.toContain(
    OTEC_KIT.token,
  );
});

test('the page says what to do, what was expected and what was seen', async () => {
  const sender = await Sender.for(kit, 'fechas-en-utc');
  await sender.everything();
  const page = await (
    await fetch(new URL('/certificacion', kit.url), { headers: { accept: 'text/html' } })
  ).text();
  expect(page).toContain('fechaFin llegó como 2026-12-19; en Santiago es 2026-12-18.');
  expect(page).toContain('21 cumplidos');
});
