import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from './browser.ts';
import { Desk } from './panel-page.ts';
import { openWorld, type World } from './panel-world.ts';
import { type FirstDay, openFirstDay } from './setup-world.ts';

const OTEC = '77124930-2';
const CURSO = `/cursos/${OTEC}/CAP-26-01-13-0446-1/CAP-26-01-13-0446-1`;
const PAGES = [
  '/',
  '/por-corregir',
  '/por-cerrar',
  '/planilla',
  '/envios',
  '/conciliacion',
  '/evidencia',
  '/ayuda',
  '/mas',
  CURSO,
  `${CURSO}/alumnos/22575667-8`,
];
const STEPS = ['otec', 'fuente', 'cursos', 'primer-envio', 'ventana'].map(
  (paso) => `/instalacion?paso=${paso}`,
);

/** What nobody of an OTEC is to read outside the advanced settings (docs/diseno-panel.md, «Palabras»). */
const FORBIDDEN = {
  'names of programs': /(?<!\.)\bJSON\b|\bYAML\b|puente\.yaml|\bwebhook\b/i,
  'commands of a terminal': /npx |[«`]puente [a-z]/,
  'names of fields':
    /porcentajeAvance|tiempoConectividad|codigo(?:Envio|Modulo|Oferta|Grupo)|id_proceso|rutAlumno/,
  'values of a program': /\bundefined\b|\bNaN\b|\[object|\bnull\b/,
  English:
    /\b(?:the|loading|failed|unknown|settings|students?|course|submit|cancel|warning|not found|invalid)\b/i,
  'accents left out since 2010': /(?<!\p{L})(?:sólo|éste|ésta|ése|ésa|aquél)s?(?!\p{L})/iu,
  'a gender nobody told': /\b(?:inscrito|retirado)\b(?!\s+en)/i,
} as const;

/** A hang and no slowness ends a test. */
const LIMIT = { timeout: 400_000 };

describe.skipIf(CHROMIUM === null)('what a page says', LIMIT, () => {
  let world: World | undefined;
  let first: FirstDay | undefined;
  let browser: Browser;
  let desk: Desk;

  beforeAll(async () => {
    browser = await startBrowser();
  });

  afterEach(async () => {
    try {
      await desk?.clear();
    } finally {
      await world?.close();
      await first?.close();
      world = first = undefined;
    }
  });

  afterAll(() => browser?.close());

  /** All that a page can show without going elsewhere: what is folded is opened, what has arrived is waited for. */
  async function textOf(page: Page): Promise<string> {
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
    });
    return page.evaluate(() => document.body.innerText);
  }

  const faultsIn = (text: string) =>
    Object.entries(FORBIDDEN).flatMap(([why, word]) => {
      const found = word.exec(text);
      return found === null
        ? []
        : [`${why}: …${text.slice(Math.max(0, found.index - 40), found.index + 40)}…`];
    });

  /** Each page and each dialog that a button ending in «…» opens. */
  async function read(page: Page, paths: readonly string[], dialogs = false) {
    const faults: Record<string, string[]> = {};
    const helps = new Set<string>();
    for (const path of paths) {
      await page.goto(new URL(path, page.url()).href);
      const found = faultsIn(await textOf(page));
      for (const help of await page.locator('a[href*="/ayuda/errores/"]').all())
        helps.add((await help.getAttribute('href')) ?? '');
      if (dialogs)
        for (const opener of await page.getByRole('button', { name: /…$/ }).all()) {
          if (!(await opener.isVisible())) continue;
          await opener.click();
          const dialog = page.getByRole('dialog').last();
          await dialog.waitFor();
          found.push(...faultsIn(await dialog.innerText()));
          await page.keyboard.press('Escape');
        }
      if (found.length > 0) faults[path] = found;
    }
    return { faults, helps };
  }

  test('has no word of a program, of a terminal or of another language; every help is a page of the panel', async () => {
    world = await openWorld();
    world.setClock(new Date('2026-11-23T19:00:00-03:00'));
    desk = new Desk(browser, () => world?.panel.url ?? '');
    await desk.makeAccount(await world.enlace());
    const page = await desk.open('/ayuda');
    const { faults, helps } = await read(page, PAGES, true);
    expect(faults).toEqual({});
    expect(helps.size).toBeGreaterThan(0);
    for (const help of helps) {
      expect(help).toMatch(/^\/ayuda\/errores\/\d{3}/);
      await page.goto(new URL(help, page.url()).href);
      expect(faultsIn(await textOf(page))).toEqual([]);
      expect(await page.getByRole('heading', { name: 'Qué hacer' }).count()).toBeGreaterThan(0);
    }
  });

  test('on the first day neither', async () => {
    first = await openFirstDay(new Date('2026-11-23T19:00:00-03:00'));
    desk = new Desk(browser, () => first?.url ?? '');
    await desk.makeAccount(first.enlace);
    const page = await desk.open('/');
    // Nothing is set up, so nothing went wrong.
    await page.getByRole('heading', { name: 'Falta poner en marcha Puente.' }).waitFor();
    await page.getByRole('link', { name: 'Hoy', exact: true }).waitFor();
    const { faults } = await read(page, [...PAGES.slice(0, 9), ...STEPS]);
    expect(faults).toEqual({});
  });
});
