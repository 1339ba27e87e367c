import { AxeBuilder } from '@axe-core/playwright';
import { HELP } from '@puente-sic/protocol';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from './browser.ts';
import { type DocsSite, fileOf, openDocs } from './docs-world.ts';

let site: DocsSite;
beforeAll(async () => {
  site = await openDocs();
}, 600_000);
afterAll(() => site?.close());

test('each code has one address, and it is its own', () => {
  for (const [code, { title }] of Object.entries(HELP)) {
    expect(site.pages.get(`errores/${code}.html`)).toContain(title);
  }
});

test('every link leads somewhere, to the heading that it names', () => {
  const broken: string[] = [];
  for (const [page, html] of site.pages) {
    if (page === '404.html') continue;
    for (const [, href = ''] of html.matchAll(/<a [^>]*?href="([^"]+)"/g)) {
      const to = new URL(href.replaceAll('&amp;', '&'), `http://x/${page}`);
      if (to.host !== 'x') continue;
      const file = fileOf(site.files, to.pathname);
      const heading = decodeURIComponent(to.hash.slice(1));
      const isThere = file !== null && (heading === '' || site.pages.get(file)?.includes(`id="${heading}"`));
      if (!isThere) broken.push(`${page}: ${href}`);
    }
  }
  expect(broken).toEqual([]);
});

test('nothing of a page comes from elsewhere', () => {
  for (const [, html] of site.pages) expect(html).not.toMatch(/<(script|img|link)[^>]+(src|href)="https?:/);
});

test('every picture says what it shows, and every page has one title', () => {
  for (const [page, html] of site.pages) {
    for (const [image] of html.matchAll(/<img [^>]*>/g)) expect(image, page).toMatch(/ alt="[^"]+"/);
    if (page !== '404.html') expect(html.match(/<h1[ >]/g), page).toHaveLength(1);
  }
});

test('every page but those reached from a list stands in the menu', () => {
  const home = site.pages.get('puertas/sence.html') ?? '';
  const missing = [...site.pages.keys()]
    .map((page) => page.replace(/\.html$/, ''))
    .filter((page) => !/^(index|404)$|^(errores|decisions)\//.test(page))
    .filter((page) => !home.includes(`href="/${page}"`));
  expect(missing).toEqual([]);
});

/** Asked as people would; the second of two is what they would try next. `in`: where the answer stands. */
const QUESTIONS: { asks: [string, string?]; in: RegExp }[] = [
  { asks: ['sence no conoce el rut de un alumno'], in: /^errores\/012/ },
  { asks: ['error 025'], in: /^errores\/025/ },
  { asks: ['el avance bajó', 'avance menor que el anterior'], in: /^errores\/025|^panel/ },
  { asks: ['instalar en windows'], in: /^instalar/ },
  { asks: ['anoche no se envió', 'noche perdida'], in: /^operating-conector|^panel/ },
  { asks: ['volver a la versión anterior', 'actualizar'], in: /^instalar|^operating/ },
  { asks: ['porcentaje con coma decimal en la planilla', 'columnas de la planilla'], in: /^archivo/ },
  { asks: ['permisos de la base de datos de moodle', 'usuario de base de datos'], in: /^moodle/ },
  { asks: ['no llegó la respuesta, ¿envío de nuevo?', 'respuesta perdida'], in: /^integradores|^estados/ },
  { asks: ['borrar los datos de una persona'], in: /^datos-personales|^operating-conector|^cli/ },
];

describe.skipIf(CHROMIUM === null)('in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());

  test.each(QUESTIONS)('«$asks.0» is answered within two searches', async ({ asks, in: answer }) => {
    const page = await browser.newPage({ locale: 'es-CL' });
    await page.goto(site.url);
    await page.getByRole('button', { name: 'Buscar' }).click();
    const results = page.locator('.results .result');
    const first = async () => {
      const links = await results.evaluateAll((all) => all.map((one) => one.getAttribute('href') ?? ''));
      return links.slice(0, FIRST).map((link) => (answer.test(link.slice(1)) ? 'the answer' : link));
    };
    const [question, next] = asks;
    await page.getByRole('searchbox').fill(question);
    const found = expect
      .poll(first, { timeout: next === undefined ? 60_000 : 5_000 })
      .toContain('the answer');
    if (next === undefined) await found;
    else
      await found.catch(async () => {
        await page.getByRole('searchbox').fill(next);
        await expect.poll(first).toContain('the answer');
      });
    await page.close();
  });

  test.each(['light', 'dark'] as const)(
    'axe minds nothing (%s)',
    async (colorScheme) => {
      const context = await browser.newContext({ locale: 'es-CL', colorScheme });
      const page = await context.newPage();
      const found: string[] = [];
      const pages = colorScheme === 'light' ? KINDS : KINDS.slice(0, 4);
      for (const file of pages) {
        await page.goto(new URL(file.replace(/\.html$/, '').replace(/^index$/, ''), site.url).href);
        await page.locator('.VPContent').waitFor();
        const { violations } = await new AxeBuilder({ page }).analyze();
        for (const { id, nodes } of violations)
          found.push(
            `${file}: ${id} ${nodes
              .slice(0, 2)
              .map(({ html }) => html.slice(0, 160))
              .join(' ')}`,
          );
      }
      expect(found).toEqual([]);
      await page.close();
    },
    900_000,
  );
});

/** One of each kind: the home, a door, a code, tables and code, a diagram, pictures, an API, English. */
const KINDS = [
  ...['index.html', 'puertas/sence.html', 'errores/012.html', 'kit.html', 'estados.html', 'panel.html'],
  ...['instalar.html', 'api-gestor.html', 'decisions/012-entidades.html'],
];
/** What stands on the screen without scrolling. */
const FIRST = 5;
