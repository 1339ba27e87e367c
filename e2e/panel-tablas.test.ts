import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bigCourses, codigoOf, MODULOS } from './big-course.ts';
import { CHROMIUM, startBrowser } from './browser.ts';
import { Desk, expectAccessible } from './panel-page.ts';
import { openWorld, type World } from './panel-world.ts';

/** A hang and no slowness ends a test. */
const LIMIT = { timeout: 400_000 };
const STUDENTS = 300;
const CURSO = `/cursos/77124930-2/${codigoOf(STUDENTS)}/${codigoOf(STUDENTS)}`;

describe.skipIf(CHROMIUM === null)('the tables', LIMIT, () => {
  let world: World;
  let browser: Browser;
  let desk: Desk;

  beforeAll(async () => {
    const sources = [bigCourses([STUDENTS])];
    [world, browser] = await Promise.all([openWorld({ nights: false, sources }), startBrowser()]);
    desk = new Desk(browser, () => world.panel.url);
    await desk.makeAccount(await world.enlace());
  });

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function course(): Promise<Page> {
    const page = await desk.open(CURSO);
    await page.getByRole('status').filter({ hasText: '300 alumnos' }).waitFor();
    return page;
  }

  test('a course of 300 is printed with all of them, though only those in sight are on the page', async () => {
    const page = await course();
    const rows = page.locator('table.comparacion tbody th[scope=row]');
    expect(await rows.count()).toBeLessThan(STUDENTS);
    // Chromium tells the page of the paper before and after it is made; what is told first is heard first.
    await page.addInitScript(() => {
      window.addEventListener('afterprint', () => {
        const seen = document.querySelectorAll('table.comparacion tbody th[scope=row]').length;
        document.documentElement.dataset.printed = String(seen);
      });
    });
    await page.reload();
    await page.getByRole('status').filter({ hasText: '300 alumnos' }).waitFor();
    const pdf = await page.pdf();
    expect(await page.evaluate(() => document.documentElement.dataset.printed)).toBe(String(STUDENTS));
    // Some 25 rows to a page, and the names of the columns on each.
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length).toBeGreaterThan(8);
    await expect.poll(() => rows.count()).toBeLessThan(STUDENTS);
    await desk.clear();
  });

  test('columns are chosen with the keyboard and remembered', async () => {
    const page = await course();
    const conectado = page.getByRole('columnheader', { name: 'Conectado' });
    await conectado.waitFor();
    const columnas = page.locator('summary', { hasText: 'Columnas' });
    await columnas.focus();
    await page.keyboard.press('Enter');
    await expectAccessible(page);
    await page.getByRole('checkbox', { name: 'Conectado' }).focus();
    await page.keyboard.press('Space');
    await conectado.waitFor({ state: 'detached' });
    await page.keyboard.press('Escape');
    expect(await columnas.evaluate((node) => node === document.activeElement)).toBe(true);
    await page.getByRole('checkbox', { name: 'Conectado' }).waitFor({ state: 'hidden' });
    await page.reload();
    await page.getByRole('columnheader', { name: 'Total' }).waitFor();
    expect(await conectado.count()).toBe(0);
    if (process.env.FOTOS) await page.screenshot({ path: `${process.env.FOTOS}/curso-columnas.png` });
    await desk.clear();
  });

  test('what a course shows is an Excel file: everybody, with numbers', async () => {
    const page = await course();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Descargar Excel' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/^Alumnos \d{4}-\d\d-\d\d .*\.xlsx$/);
    const parts = unzipSync(await readFile(await download.path()));
    const text = (name: string) => strFromU8(parts[`xl/${name}.xml`] ?? new Uint8Array());
    const rows = [...text('worksheets/sheet2').matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(
      ([, row = '']) => row,
    );
    expect(rows).toHaveLength(STUDENTS + 1);
    expect(text('sharedStrings')).toContain(`Avance en ${MODULOS[0]}, %`);
    // Name, RUT, state, then the modules: a number and no text.
    expect(/<c r="D2"([^>]*)><v>50<\/v>/.exec(rows[1] ?? '')?.[1]).not.toContain('t="s"');
    await desk.clear();
  });

  test('a course that began before anything of it was reported is brought up to date from its page', async () => {
    const page = await desk.open('/cursos/77124930-2/CAP-26-01-13-0446-1/CAP-26-01-13-0446-1');
    const card = page.getByText('Comenzó el 5 oct y SENCE no ha aceptado nada de este curso.');
    await card.waitFor();
    await page.getByRole('button', { name: 'Poner al día…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Poner al día/ });
    await dialog.getByText('23 nov, el día en que se informa').waitFor();
    await expectAccessible(page);
    if (process.env.FOTOS) await page.screenshot({ path: `${process.env.FOTOS}/curso-al-dia.png` });
    await dialog.getByRole('button', { name: 'Cancelar' }).click();
    await card.waitFor();
    await desk.clear();
  });
});
