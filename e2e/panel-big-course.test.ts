import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { bigCourses, codigoOf, peopleOf } from './big-course.ts';
import { CHROMIUM, startBrowser } from './browser.ts';
import { openWorld, type World } from './panel-world.ts';

const STUDENTS = 5000;
const CURSO = `/cursos/77124930-2/${codigoOf(STUDENTS)}/${codigoOf(STUDENTS)}`;
const ADMIN = { usuario: 'Rosa Cáceres', clave: 'una frase que solo yo sé' };

describe.skipIf(CHROMIUM === null)('a course of 5,000 students', () => {
  let world: World;
  let browser: Browser;
  let state: Awaited<ReturnType<BrowserContext['storageState']>>;
  let contexts: BrowserContext[] = [];

  beforeAll(async () => {
    const sources = [bigCourses([STUDENTS])];
    [world, browser] = await Promise.all([openWorld({ nights: false, sources }), startBrowser()]);
    const context = await browser.newContext();
    const headers = { 'x-puente': '1' };
    const [, codigo] = (await world.enlace()).split('#codigo=');
    const data = { codigo, cuenta: ADMIN };
    await context.request.post(`${world.panel.url}/api/enlace`, { headers, data });
    state = await context.storageState();
    await context.close();
  });

  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
  });

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  async function open(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({ locale: 'es-CL', storageState: state, ...options });
    contexts.push(context);
    const page = await context.newPage();
    // Shorter than the test's own limit: what is waited for names itself.
    page.setDefaultTimeout(50_000);
    await page.goto(new URL(CURSO, world.panel.url).href);
    await page.getByRole('status').filter({ hasText: '5.000 alumnos' }).waitFor();
    return page;
  }

  // A narrow window holds few people: it is made higher, so that the steps are about as many as on a wide one.
  test.each([
    [1180, 4000],
    [360, 15_000],
  ])('scrolling shows every one of them, few at a time (%i px)', async (width, height) => {
    const page = await open({ viewport: { width, height } });
    const { ruts, mostRows, steps } = await page.evaluate(scrollThrough, MOST_STEPS);
    expect(steps).toBeLessThan(MOST_STEPS);
    expect(ruts.toSorted()).toEqual(
      peopleOf(STUDENTS)
        .map(({ rut }) => rut)
        .toSorted(),
    );
    expect(mostRows).toBeLessThan(120);
  });

  test('the filter finds any one of them, by RUT or by name without accents', async () => {
    const page = await open({});
    const { rut = '', nombre = '' } = peopleOf(STUDENTS).at(-4) ?? {};
    const row = page.getByRole('rowheader').filter({ hasText: rut.replace(/\B(?=(\d{3})+-)/g, '.') });
    expect(await row.count()).toBe(0);
    const filter = page.getByLabel('Buscar por nombre o RUT');
    await filter.fill(rut);
    await row.waitFor();
    await page.getByText('1 alumno de 5.000').waitFor();
    await filter.fill('');
    await row.waitFor({ state: 'detached' });
    const typed = nombre
      .normalize('NFD')
      .replace(/[\u0300-\u036f]/g, '')
      .toUpperCase();
    await filter.fill(typed);
    await row.waitFor();
    expect(await page.getByRole('rowheader').count()).toBe(1);
  });

  test.each(['light', 'dark'] as const)('is accessible (%s)', async (colorScheme) => {
    const page = await open({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  });
});

/** A page that comes to its end needs some ninety. */
const MOST_STEPS = 400;

/**
 * Inside the page: from top to bottom, the RUT of everybody who stood in the window, the most rows there were and the
 * steps it took. The bottom is where the document ends: a page whose height is still being measured may move by a pixel.
 */
async function scrollThrough(most: number): Promise<{ ruts: string[]; mostRows: number; steps: number }> {
  // Chromium may hold back the frames of a window that nobody looks at.
  const frame = () =>
    new Promise<void>((resolve) => {
      requestAnimationFrame(() => resolve());
      setTimeout(resolve, 1000);
    });
  const ruts = new Set<string>();
  let mostRows = 0;
  let steps = 0;
  for (let atEnd = false; !atEnd && steps < most; steps += 1) {
    await frame();
    await frame();
    const rows = [...document.querySelectorAll('.comparacion tbody tr:not(.relleno)')];
    mostRows = Math.max(mostRows, rows.length);
    for (const row of rows) {
      const { top, bottom } = row.getBoundingClientRect();
      const rut = row.querySelector('th .codigo')?.textContent?.replaceAll('.', '');
      if (top < window.innerHeight && bottom > 0 && rut) ruts.add(rut);
    }
    atEnd = window.scrollY + window.innerHeight >= document.documentElement.scrollHeight - 1;
    window.scrollBy(0, window.innerHeight * 0.9);
  }
  return { ruts: [...ruts], mostRows, steps };
}
