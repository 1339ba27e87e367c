import { readFile } from 'node:fs/promises';
import { strFromU8, unzipSync } from 'fflate';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from './browser.ts';
import { Desk, expectAccessible } from './panel-page.ts';
import { openWorld, type World } from './panel-world.ts';

/** A hang and no slowness ends a test. */
const LIMIT = { timeout: 400_000 };

describe.skipIf(CHROMIUM === null)('the list of courses', LIMIT, () => {
  let world: World;
  let browser: Browser;
  let desk: Desk;

  beforeAll(async () => {
    [world, browser] = await Promise.all([openWorld(), startBrowser()]);
    desk = new Desk(browser, () => world.panel.url);
    await desk.makeAccount(await world.enlace());
  });

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function courses(): Promise<Page> {
    const page = await desk.open('/cursos');
    await page
      .getByRole('heading', { level: 1, name: /^3 cursos\. Hay 8 alumnos con algo pendiente/ })
      .waitFor();
    return page;
  }

  test('rows and pages by the keyboard alone; single letters can be turned off', async () => {
    const page = await courses();
    const row = (at: number) => page.locator('table.cursos tbody th[scope=row] a').nth(at);
    await row(0).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    const second = await row(2).innerText();
    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).innerText);
    expect(await focused()).toBe(second);
    await page.keyboard.press('ArrowUp');
    expect(await focused()).toBe(await row(1).innerText());
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: second }).waitFor();

    await page.keyboard.press('g');
    await page.keyboard.press('k');
    await page.getByRole('heading', { level: 1, name: /^3 cursos\./ }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('?');
    const keys = page.getByRole('dialog', { name: 'Con el teclado' });
    await keys.getByText('buscar un alumno o un curso').waitFor();
    await expectAccessible(page);
    await keys.getByRole('checkbox').uncheck();
    await page.keyboard.press('Escape');
    await page.keyboard.press('g');
    await page.keyboard.press('h');
    await page.keyboard.press('/');
    expect(new URL(page.url()).pathname).toBe('/cursos');
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe('INPUT');
    await desk.clear();
  });

  test('the list of courses: what is hidden is not in its Excel file either, rows may be low', async () => {
    const page = await courses();
    const columnas = page.locator('summary', { hasText: 'Columnas' });
    await columnas.click();
    await page.getByRole('checkbox', { name: 'Termina' }).uncheck();
    await page.getByRole('columnheader', { name: 'Termina' }).waitFor({ state: 'detached' });
    const height = () =>
      page
        .locator('table.cursos tbody tr')
        .first()
        .evaluate((row) => row.clientHeight);
    const comfortable = await height();
    await page.getByRole('checkbox', { name: 'Filas compactas' }).check();
    expect(await height()).toBeLessThan(comfortable);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Descargar Excel' }).click(),
    ]);
    const shared = strFromU8(
      unzipSync(await readFile(await download.path()))['xl/sharedStrings.xml'] ?? new Uint8Array(),
    );
    expect(shared).toContain('Pendientes');
    expect(shared).not.toContain('Termina');
    await page.getByLabel('Buscar en los cursos').fill('no hay tal');
    await page.getByText('Ningún curso coincide con «no hay tal».').waitFor();
    await page.getByRole('button', { name: 'Ver todos' }).click();
    await page.locator('table.cursos tbody tr').first().waitFor();
    await desk.clear();
  });
});
