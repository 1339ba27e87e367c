import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from './browser.ts';
import { Desk, expectAccessible } from './panel-page.ts';
import { openWorld, type World } from './panel-world.ts';

/** A hang and no slowness ends a test. */
const LIMIT = { timeout: 400_000 };

describe.skipIf(CHROMIUM === null)('what the columns of a sheet are', LIMIT, () => {
  let world: World;
  let browser: Browser;

  beforeAll(async () => {
    [world, browser] = await Promise.all([openWorld({ nights: false }), startBrowser()]);
  });

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  test('a sheet that cannot be read asks what each column is, with what stands in it; said once, it is read', async () => {
    const file = join(world.data, 'planilla-gestion.csv');
    const text = await readFile(file, 'latin1');
    await rm(file);
    const odd = text.replace(';% Avance;', ';Logro del participante;');
    expect(odd).not.toBe(text);
    const desk = new Desk(browser, () => world.panel.url);
    await desk.makeAccount(await world.enlace());
    const page = await desk.open('/planilla');
    await page
      .getByLabel('Elegir la planilla')
      .setInputFiles({ name: 'otra.csv', mimeType: 'text/csv', buffer: Buffer.from(odd, 'latin1') });
    await page.getByRole('heading', { level: 1, name: 'No se pudo leer «otra.csv»' }).waitFor();
    const row = page.getByRole('row', { name: /Logro del participante/ });
    await row.getByText('68,3').waitFor();
    if (process.env.FOTOS)
      await page.screenshot({ path: `${process.env.FOTOS}/columnas.png`, fullPage: true });
    await expectAccessible(page);
    await row.getByRole('combobox').selectOption('Avance del alumno en el curso');
    await page.getByRole('button', { name: 'Recordar estas columnas y leer de nuevo' }).click();
    await page.getByRole('heading', { level: 1, name: /^Así entendí su planilla: \d+ alumnos de/ }).waitFor();
    await page.getByText(/^17 columnas: 17 se usan/).click();
    await row.getByText(/^68(,3|\.3)? %$/).waitFor();
    await expectAccessible(page);
    desk.forgive(409, { often: true });
    await desk.clear();
  });
});
