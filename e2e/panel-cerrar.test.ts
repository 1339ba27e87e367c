import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from './browser.ts';
import { Desk, expectAccessible } from './panel-page.ts';
import { openWorld, type World } from './panel-world.ts';

describe.skipIf(CHROMIUM === null)('Por cerrar, for the owner', () => {
  let world: World;
  let browser: Browser;
  let desk: Desk;

  beforeAll(async () => {
    [world, browser] = await Promise.all([openWorld(), startBrowser()]);
    // The night's service is what learns until when a course lasts.
    const isDone = (told: { kind: string }[]) => told.filter(({ kind }) => kind === 'done').length >= 3;
    await world.service(new Date('2026-12-10T22:05:00-03:00'), isDone);
    world.setClock(new Date('2026-12-11T09:05:00-03:00'));
    desk = new Desk(browser, () => world.panel.url);
    await desk.makeAccount(await world.enlace());
  });

  afterEach(() => desk.clear());

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const row = (page: Page, name: RegExp) => page.getByRole('row', { name });

  test('without her figures nothing is said of minima or money; with them, who is under and how much, and the sums are those of the column', async () => {
    const page = await desk.open('/por-cerrar');
    await page.getByRole('heading', { level: 1, name: /terminan? en los próximos 15 días/ }).waitFor();
    await page.getByText('Sus mínimos: todavía ninguno.').waitFor();
    expect(await page.getByText('En riesgo hoy').count()).toBe(0);
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Anotar sus mínimos' }).click();
    await page.getByLabel('Avance mínimo, en %').fill('75');
    await page.getByLabel('Valor por alumno, en pesos').fill('165000');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Guardar' }).click();
    await page.getByText('Sus mínimos: avance 75 %, valor por alumno $165.000.').waitFor();
    // Money only under the franquicia, which somebody has to say.
    expect(await page.getByText('En riesgo hoy').count()).toBe(0);
    await page.getByLabel(/^Programa de Planilla/).selectOption('Franquicia');
    await page.getByText('En riesgo hoy').waitFor();
    await page.getByRole('button', { name: 'Desde el 19 dic Declaración jurada de la OTEC' }).waitFor();
    const cells = await page
      .getByRole('table', { name: 'Cursos por cerrar' })
      .getByText(/^\$[\d.]+$/)
      .allTextContents();
    const pesos = (text: string) => Number(text.replaceAll(/[$.]/g, ''));
    const [figure] = await page
      .getByLabel('Resumen')
      .getByText(/^\$[\d.]+$/)
      .allTextContents();
    expect(pesos(figure ?? '')).toBe(cells.reduce((sum, text) => sum + pesos(text), 0));
    expect(pesos(figure ?? '')).toBeGreaterThan(0);
    await expectAccessible(page);
  });

  test('the steps: the second waits for the first; marked with who did it, and taken back', async () => {
    world.setClock(new Date('2026-12-21T09:05:00-03:00'));
    // A session does not last so long.
    await desk.makeAccount(await world.enlace());
    const page = await desk.open('/por-cerrar');
    await page.getByLabel(/^Programa de Planilla/).selectOption('Franquicia');
    const steps = page.getByRole('list').filter({ hasText: 'Declaración jurada de la OTEC' });
    await steps.getByRole('button', { name: 'Marcar hecho Declaración jurada de la OTEC' }).waitFor();
    const second = steps
      .getByRole('listitem')
      .filter({ hasText: 'de cada participante' })
      .getByRole('button', { name: /Declaración jurada de cada participante$/ });
    expect(await second.isDisabled()).toBe(true);
    await steps.getByRole('button', { name: 'Marcar hecho Declaración jurada de la OTEC' }).click();
    await steps.getByRole('button', { name: 'Deshacer Declaración jurada de la OTEC' }).waitFor();
    expect(await second.isEnabled()).toBe(true);
    await steps.getByText(/^Rosa Cáceres, 21 dic/).waitFor();
    // SENCE's list of sessions, as it comes: who of the course stands in it, and nothing of it is kept.
    const sessions = 'Rut;Sesión\n18.774.175-0;2026-12-01\n18774175-0;2026-12-02\n11.111.111-1;2026-12-02\n';
    await steps.getByLabel(/^Elegir la descarga de GCA/).setInputFiles({
      ...{ name: 'sesiones.csv', mimeType: 'text/csv', buffer: Buffer.from(sessions) },
    });
    await steps.getByText(/^1 de \d+ alumnos de este curso aparece en «sesiones.csv»\.$/).waitFor();
    await steps.getByText('1 persona más de ese archivo no es de este curso.').waitFor();
    await expectAccessible(page);
    await steps.getByRole('button', { name: 'Deshacer Declaración jurada de la OTEC' }).click();
    await steps.getByRole('button', { name: 'Marcar hecho Declaración jurada de la OTEC' }).waitFor();
    expect(await row(page, /Planilla/).count()).toBeGreaterThan(0);
    await page.setViewportSize({ width: 360, height: 740 });
    const beyond = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
    expect(await page.evaluate(beyond)).toBeLessThanOrEqual(0);
    await expectAccessible(page);
  });

  test('what a table shows goes into an Excel file, with true numbers and days, and the count it belongs to', async () => {
    const page = await desk.open('/');
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Descargar Excel' }).click();
    const file = await waiting;
    expect(file.suggestedFilename()).toMatch(/^Cursos \d{4}-\d{2}-\d{2} .+\.xlsx$/);
    const parts = unzipSync(await readFile(await file.path()));
    const sheet = (name: string) => strFromU8(parts[`xl/worksheets/${name}.xml`] ?? new Uint8Array());
    const rows = [...sheet('sheet2').matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = '']) => row);
    expect(rows).toHaveLength(1 + 3);
    const number = (row: string, column: string) => {
      const cell = new RegExp(`<c r="${column}\\d+"([^>]*)><v>([\\d.]+)</v>`).exec(row);
      expect(cell?.[1]).not.toContain('t="s"');
      return Number(cell?.[2]);
    };
    const students = rows.slice(1).reduce((sum, row) => sum + number(row, 'D'), 0);
    expect(await page.getByText(`3 cursos · ${students} alumnos.`).count()).toBe(1);
    for (const row of rows.slice(1)) {
      const parts = ['E', 'G', 'H', 'I', 'J', 'K'].reduce((sum, column) => sum + number(row, column), 0);
      expect(parts).toBe(number(row, 'D'));
      // A day of Excel's, which counts from 1900.
      expect(number(row, 'L')).toBeGreaterThan(46_000);
    }
  });
});
