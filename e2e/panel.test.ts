import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from './browser.ts';
import { ADMIN, Desk, expectAccessible } from './panel-page.ts';
import { openWorld, type World } from './panel-world.ts';

describe.skipIf(CHROMIUM === null)('the panel in a browser', () => {
  let world: World;
  let browser: Browser;
  let desk: Desk;

  beforeAll(async () => {
    [world, browser] = await Promise.all([openWorld(), startBrowser()]);
    desk = new Desk(browser, () => world.panel.url);
    await desk.makeAccount(await world.enlace());
  });

  afterEach(() => desk.clear());

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const SCREENS = [
    { path: '/', shows: 'Cada alumno se cuenta una vez por curso.' },
    { path: '/por-corregir', shows: 'Qué dijo SENCE y por qué suele pasar' },
    { path: '/por-corregir?ver=conocidos', shows: 'No hay casos conocidos.' },
    { path: '/por-corregir?ver=averiguando', shows: 'No hay nada que se esté averiguando.' },
    { path: '/por-cerrar', shows: 'Sus mínimos:' },
    { path: '/planilla', shows: 'Suelte aquí la planilla' },
    { path: '/ayuda', shows: 'No figura en el curso' },
    { path: '/ayuda/errores/012', shows: 'Qué no hace falta' },
    { path: '/mas', shows: 'Evidencia' },
    { path: '/envios', shows: 'Ningún envío espera la respuesta de SENCE' },
    { path: '/conciliacion', shows: 'Comparar ahora' },
    { path: '/evidencia', shows: 'Decisiones de personas que siguen vigentes' },
    { path: '/ajustes', shows: 'Agregar una OTEC' },
    { path: '/ajustes/bitacora', shows: 'Creó al administrador' },
  ];
  test.each(
    SCREENS.flatMap((screen) =>
      (['light', 'dark'] as const).map((colorScheme) => ({ ...screen, colorScheme })),
    ),
  )('$path is accessible ($colorScheme) and fits a telephone', async ({ path, shows, colorScheme }) => {
    const page = await desk.open(path, { colorScheme, viewport: { width: 360, height: 740 } });
    await page.getByText(shows).filter({ visible: true }).first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  test.each(['light', 'dark'] as const)(
    'from Hoy to a course, a student, a call (%s)',
    async (colorScheme) => {
      const page = await desk.open('/', { colorScheme });
      await page.getByRole('link', { name: /^Planilla de cálculo/ }).click();
      await page.getByRole('heading', { name: 'Cómo va el grupo' }).waitFor();
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Benjamín Lincopán Órdenes' }).click();
      await page.getByRole('heading', { name: 'De dónde sale cada cifra' }).waitFor();
      expect(
        await page.getByRole('img', { name: 'Avance que SENCE ha recibido, por módulo' }).isVisible(),
      ).toBe(true);
      await expectAccessible(page);
      await page.getByRole('cell', { name: 'aceptado' }).first().waitFor();
      await page.locator('tbody th a').first().click();
      await page.getByText('Lo que SENCE respondió', { exact: true }).click();
      expect(await page.getByLabel(/-respuesta\.txt$/).innerText()).toContain('id_proceso');
      await expectAccessible(page);
    },
  );

  test('an id_proceso finds its call; an unknown one says what to do', async () => {
    const page = await desk.open('/envios');
    const field = page.getByLabel('Buscar curso, RUT o número de proceso');
    await field.fill('1');
    await field.press('Enter');
    await page.waitForURL(/buscar=/);
    await page.getByRole('button', { name: 'Todos 1', exact: true }).waitFor();
    // Its heading, its night and itself.
    expect(await page.getByRole('row').count()).toBe(3);
    await field.fill('999999');
    await field.press('Enter');
    await page.getByText('Ningún envío coincide.').waitFor();
  });

  test('a wrong password is told; whoever has left sees nothing', async () => {
    const page = await desk.open('/', { anonymous: true });
    await page.getByLabel('Usuario').fill(ADMIN.usuario);
    await page.getByLabel('Contraseña').fill('no es esta');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await page.getByRole('alert').waitFor();
    desk.forgive(401);
    expect(await page.locator('body').innerText()).not.toContain('CAP-26');
  });

  test('the first load is below 200 kB of compressed JavaScript', async () => {
    const page = await desk.open('/');
    await page.getByText('Sale sola a las 22:00').waitFor();
    const bytes = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter((entry) => entry.name.endsWith('.js'))
        .reduce((sum, entry) => sum + ('encodedBodySize' in entry ? Number(entry.encodedBodySize) : 0), 0),
    );
    expect(bytes).toBeGreaterThan(10_000);
    expect(bytes).toBeLessThan(200_000);
  });
});
