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
    { path: '/', shows: 'Planilla de cálculo para la gestión, nivel intermedio' },
    { path: '/por-corregir', shows: 'Qué hacer:' },
    { path: '/envios', shows: 'id_proceso' },
    { path: '/conciliacion', shows: 'Comparar ahora' },
    { path: '/evidencia', shows: 'Descargar la evidencia' },
    { path: '/ajustes', shows: 'Agregar una OTEC' },
    { path: '/ajustes/avisos', shows: 'Agregar un aviso' },
    { path: '/ajustes/reglas', shows: 'Minutos entre dos clics' },
    { path: '/ajustes/personas', shows: 'Claves para otros programas' },
    { path: '/ajustes/datos', shows: 'Borrados pedidos' },
    { path: '/ajustes/bitacora', shows: 'Cuándo' },
  ];
  test.each(
    SCREENS.flatMap((screen) =>
      (['light', 'dark'] as const).map((colorScheme) => ({ ...screen, colorScheme })),
    ),
  )('$path is accessible ($colorScheme) and fits a telephone', async ({ path, shows, colorScheme }) => {
    const page = await desk.open(path, { colorScheme, viewport: { width: 360, height: 740 } });
    await page.getByText(shows).first().waitFor();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });

  test.each(['light', 'dark'] as const)(
    'from Hoy to a course, a student, a call (%s)',
    async (colorScheme) => {
      const page = await desk.open('/', { colorScheme });
      await page.getByRole('link', { name: /^Planilla de cálculo/ }).click();
      await page.getByText('Módulo por módulo').waitFor();
      await expectAccessible(page);
      await page.getByRole('link', { name: 'Antonia Muñoz Curihuinca' }).first().click();
      await page.getByRole('heading', { name: 'De dónde sale cada cifra' }).waitFor();
      expect(await page.getByRole('img', { name: 'Avance enviado, por módulo' }).isVisible()).toBe(true);
      await expectAccessible(page);
      await page.getByRole('cell', { name: 'aceptado' }).first().waitFor();
      await page.locator('tbody th a').first().click();
      await page.getByRole('heading', { name: 'Lo que respondió SENCE' }).waitFor();
      expect(await page.getByLabel(/-respuesta\.txt$/).innerText()).toContain('id_proceso');
      await expectAccessible(page);
    },
  );

  test('an id_proceso finds its call; an unknown one says what to do', async () => {
    const page = await desk.open('/envios');
    await page.getByLabel('Buscar').fill('1');
    await page.getByRole('button', { name: 'Buscar' }).click();
    await page.waitForURL(/buscar=/);
    await page.getByRole('row').nth(1).waitFor();
    expect(await page.getByRole('row').count()).toBe(2);
    await page.getByLabel('Buscar').fill('999999');
    await page.getByLabel('Buscar').press('Enter');
    await page.getByText('Ningún envío coincide.').waitFor();
  });

  test('a RUT that was corrected in the source and resent leaves the inbox', async () => {
    const page = await desk.open('/por-corregir');
    const problem = page.getByRole('listitem').filter({ hasText: 'código 012' }).first();
    await problem.waitFor();
    const rut = await problem.locator('strong').first().innerText();
    await world.dataFrom('otec-demo-corregido');
    await problem.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Reenviar lo corregido' }).click();
    const warning = page.getByRole('dialog', { name: '¿Enviar fuera del horario de SENCE?' });
    await expectAccessible(page);
    await warning.getByRole('button', { name: 'Enviar ahora de todos modos' }).click();
    await page.getByText('SENCE aceptó todo.').first().waitFor();
    await page.getByRole('link', { name: rut }).waitFor({ state: 'detached' });
    desk.forgive(409);
  });

  test('the keyboard alone: choose in the inbox and mark as known', async () => {
    const page = await desk.open('/por-corregir');
    const items = page.getByRole('listitem');
    await items.first().waitFor();
    const before = await items.count();
    expect(before).toBeGreaterThan(1);
    await page.getByRole('checkbox', { name: /Elegir todos/ }).focus();
    // Nothing is chosen yet, so the buttons cannot be reached: the next stop is the first problem.
    await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Space');
    const second = items.nth(1);
    expect(await second.getByRole('checkbox').isChecked()).toBe(true);
    const who = await second.locator('strong').first().innerText();
    await second.getByRole('checkbox').press('Shift+Tab');
    for (let stops = 0; stops < 8; stops += 1) {
      const name = await page.evaluate(() => document.activeElement?.textContent);
      if (name === 'Marcar como conocido') break;
      await page.keyboard.press('Shift+Tab');
    }
    await page.keyboard.press('Enter');
    await page.getByText('Mostrar también 1 conocido').waitFor();
    expect(await items.count()).toBe(before - 1);
    await page.getByLabel(/Mostrar también 1 conocido/).check();
    await page.getByText(/Marcado como conocido/).waitFor();
    expect(await page.locator('main').innerText()).toContain(who);
  });

  test('a wrong password is told; whoever has left sees nothing', async () => {
    const page = await desk.open('/', { anonymous: true });
    await page.getByLabel('Usuario').fill(ADMIN.usuario);
    await page.getByLabel('Contraseña').fill('no es ésta');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await page.getByRole('alert').waitFor();
    desk.forgive(401);
    expect(await page.locator('body').innerText()).not.toContain('CAP-26');
  });

  test('the first load is below 200 kB of compressed JavaScript', async () => {
    const page = await desk.open('/');
    await page.getByText('Próximo envío').waitFor();
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
