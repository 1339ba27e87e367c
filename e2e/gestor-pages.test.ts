import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Gestor, type Kit, startKit, startSandbox } from '@puente-sic/gestor';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { loadOficial } from '../fixtures/load.ts';
import { CHROMIUM, startBrowser } from './browser.ts';

const OTEC = { username: '76543210-3', password: 'A1B2C3D4-0000-4000-8000-0123456789AB' };
const OTHER = { username: '77124930-2', password: '5EEBF607-25A9-4DB2-A4DD-5D31BDAE3220' };
const OPERATOR = { username: 'operador', password: 'clave de los operadores' };
const NIGHTS = ['2026-11-17', '2026-11-18', '2026-11-19'];

describe.skipIf(CHROMIUM === null)('pages of the Gestor in a browser', () => {
  let folder: string;
  let sandbox: Gestor;
  let kit: Kit;
  let browser: Browser;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'puente-pages-'));
    sandbox = await startSandbox({ datos: join(folder, 'sandbox'), adminKey: OPERATOR.password });
    kit = await startKit({ datos: join(folder, 'kit') });
    browser = await startBrowser();
    for (const [index, night] of NIGHTS.entries()) await sendNight(sandbox, night, index * 30);
    for (const dia of NIGHTS.slice(0, 2)) {
      const published = await fetch(address('/admin/noches'), {
        method: 'POST',
        headers: { authorization: `Bearer ${OPERATOR.password}` },
        body: JSON.stringify({ dia }),
      });
      expect(published.status).toBe(200);
    }
  });

  afterAll(async () => {
    await browser?.close();
    await Promise.all([sandbox?.close(), kit?.close()]);
    await rm(folder, { recursive: true, force: true });
  });

  const address = (path: string) => new URL(path, sandbox.url).href;

  async function open(url: string, options: BrowserContextOptions = {}): Promise<Page> {
    const context = await browser.newContext(options);
    onTestFinished(() => context.close());
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      if (!request.url().startsWith('data:') && new URL(request.url()).hostname !== '127.0.0.1') {
        complaints.push(request.url());
      }
    });
    await page.goto(url);
    expect(complaints).toEqual([]);
    return page;
  }

  const paths = [
    '/procesos',
    '/procesos/1',
    '/procesos/alumno?curso=2&rut=11111111',
    '/carga',
    '/sic',
    '/sic?codigoOferta=SANDBOX-01&codigoGrupo=SANDBOX-01-A',
    '/sandbox',
    '/validador',
    '/documentacion',
  ];
  test.each(
    paths.flatMap((path) => (['light', 'dark'] as const).map((colorScheme) => ({ path, colorScheme }))),
  )('$path is accessible ($colorScheme) and fits a telephone', async ({ path, colorScheme }) => {
    const page = await open(address(path), {
      httpCredentials: OTEC,
      colorScheme,
      viewport: { width: 360, height: 740 },
    });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  test.each(['light', 'dark'] as const)('the certification page is accessible (%s)', async (colorScheme) => {
    const page = await open(new URL('/certificacion', kit.url).href, { colorScheme });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(await page.getByText('○ Pendiente').count()).toBe(kit.resultados().length);
  });

  test('a provider finds its process, sees why a record was refused, and follows a student over time', async () => {
    const page = await open(address('/procesos'), { httpCredentials: OTEC });
    await page.getByLabel('codigoEnvio').fill(`noche-${NIGHTS[1]}`);
    await page.getByRole('button', { name: 'Filtrar' }).click();
    expect(await page.locator('tbody tr').count()).toBe(1);
    await page.locator('tbody a').first().click();
    await page.getByRole('link', { name: 'Ver sólo los rechazados' }).click();
    expect(await page.locator('tbody').innerText()).toContain('[010] El alumno 15555555-6 no se encuentra');
    await page.getByRole('link', { name: 'Ver todos' }).click();
    await page.getByRole('link', { name: '11111111-1' }).first().click();
    expect(await page.getByRole('img', { name: /Avance aceptado de Inés/ }).isVisible()).toBe(true);
    expect(await page.locator('svg polyline').count()).toBe(1);
    expect(await page.locator('svg circle').count()).toBe(NIGHTS.length);
  });

  test('a provider never sees what another one sent; operators see all', async () => {
    const other = await open(address('/procesos'), { httpCredentials: OTHER });
    expect(await other.locator('main').innerText()).toContain('No hay procesos');
    for (const path of [
      '/procesos?otec=76543210-3',
      '/procesos/1',
      '/procesos/alumno?curso=2&rut=11111111',
    ]) {
      await other.goto(address(path));
      expect(await other.locator('main').innerText()).not.toMatch(/noche-|Huenchumán|Volcán/);
    }
    const operator = await open(address('/procesos?otec=76543210-3'), { httpCredentials: OPERATOR });
    expect(await operator.locator('tbody tr').count()).toBe(NIGHTS.length);
  });

  test('SIC shows what the nights before brought, not yet what came in today', async () => {
    const page = await open(address('/sic'), { httpCredentials: OTEC });
    await page.getByRole('link', { name: 'SANDBOX-01' }).click();
    const row = page.getByRole('row', { name: /Huenchumán/ });
    expect(await row.innerText()).toMatch(/SANDBOX-01-M1\s+30 %.*2026-11-18/s);
  });

  test('without the right token nothing is shown', async () => {
    for (const credentials of [
      undefined,
      { ...OTEC, password: OTHER.password },
      { ...OPERATOR, password: 'x' },
    ]) {
      const answer = await fetch(address('/procesos'), {
        headers: credentials
          ? { authorization: `Basic ${btoa(`${credentials.username}:${credentials.password}`)}` }
          : {},
      });
      expect(answer.status).toBe(401);
      expect(await answer.text()).not.toContain('noche-');
    }
  });

  test('the validator says what is wrong beside its line, and sends nothing anywhere', async () => {
    const page = await open(address('/validador'));
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    const body = loadOficial('formacion.envio.json');
    await page.getByLabel('Cuerpo del envío').fill(JSON.stringify(JSON.parse(body), null, 2));
    await page.getByRole('button', { name: 'Revisar' }).click();
    const line = page.getByRole('row', { name: /aliquip pariaturn deserunt.*Error.*026/ });
    await line.getByRole('button').click();
    const selected = await page
      .getByLabel('Cuerpo del envío')
      .evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd));
    expect(selected).toBe('"aliquip pariaturn deserunt"');
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(requests).toEqual([]);

    await page.getByLabel('Cuerpo del envío').fill('{"a": ');
    await page.getByRole('button', { name: 'Revisar' }).click();
    expect(await page.locator('#resultado').innerText()).toContain('Esto no es JSON');
  });
});

/** The invented provider's night: one student goes on, one record is refused each time. */
async function sendNight({ url }: Gestor, night: string, porcentajeAvance: number): Promise<void> {
  await fetch(new URL('/sandbox/reloj', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ahora: `${night}T22:30:00-03:00` }),
  });
  const dates = { fechaInicio: '2026-01-05', fechaFin: '2027-12-31' };
  const alumno = (rutAlumno: number, dvAlumno: string, codigoModulo: string) => ({
    rutAlumno,
    dvAlumno,
    tiempoConectividad: 900,
    porcentajeAvance,
    ...dates,
    listaModulos: [
      { codigoModulo, tiempoConectividad: 900, porcentajeAvance, ...dates, listaActividades: [] },
    ],
  });
  const answer = await fetch(`${url}/avance-sic/enviarAvance`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      rutOtec: OTEC.username,
      idSistema: 1350,
      token: OTEC.password,
      codigoOferta: 'SANDBOX-01',
      codigoGrupo: 'SANDBOX-01-A',
      codigoEnvio: `noche-${night}`,
      listaAlumnos: [alumno(11111111, '1', 'SANDBOX-01-M1'), alumno(15555555, '6', 'SANDBOX-01-M2')],
    }),
  });
  expect(answer.status).toBe(200);
}
