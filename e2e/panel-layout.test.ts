import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from './browser.ts';
import { openWorld, type World } from './panel-world.ts';

const ADMIN = { usuario: 'Rosa Cáceres', clave: 'una frase que solo yo sé' };
const CURSO = '/cursos/77124930-2/CAP-26-01-13-0446-1/CAP-26-01-13-0446-1';
/** What each answer of the API waits for the one before it, so that every half-filled screen is painted. */
const DELAY_MS = 150;
const WIDTHS = [1180, 360];

/** Something that moved without having been touched. */
interface Shift {
  value: number;
  moved: string[];
}

declare global {
  interface Window {
    shifts: Shift[];
  }
}

describe.skipIf(CHROMIUM === null)('nothing on a screen jumps while its data comes', () => {
  let world: World;
  let untouched: World;
  let browser: Browser;
  let state: Awaited<ReturnType<BrowserContext['storageState']>>;
  let envio: string;
  let contexts: BrowserContext[] = [];

  beforeAll(async () => {
    [world, untouched, browser] = await Promise.all([
      openWorld(),
      openWorld({ nights: false }),
      startBrowser(),
    ]);
    const context = await browser.newContext();
    const headers = { 'x-puente': '1' };
    const [, codigo] = (await world.enlace()).split('#codigo=');
    const data = { codigo, cuenta: ADMIN };
    await context.request.post(`${world.panel.url}/api/enlace`, { headers, data });
    const { envios } = await (await context.request.get(`${world.panel.url}/api/envios`)).json();
    envio = envios[0].codigoEnvio;
    state = await context.storageState();
    await context.close();
  });

  afterEach(async () => {
    await Promise.all(contexts.map((context) => context.close()));
    contexts = [];
  });

  afterAll(async () => {
    await browser?.close();
    await untouched?.close();
    await world?.close();
  });

  async function open(
    url: string,
    options: BrowserContextOptions,
    prepare: (page: Page) => Promise<unknown> = async () => {},
  ): Promise<Page> {
    const context = await browser.newContext({ locale: 'es-CL', ...options });
    contexts.push(context);
    const page = await context.newPage();
    await prepare(page);
    await page.goto(url);
    return page;
  }

  async function shiftsOf(url: string, shows: string[], options: BrowserContextOptions): Promise<Shift[]> {
    let answered = async () => {};
    const page = await open(url, options, async (blank) => {
      await blank.addInitScript(noteShifts);
      answered = await oneAnswerAtATime(blank);
    });
    for (const text of shows) await page.getByText(text).filter({ visible: true }).first().waitFor();
    await answered();
    // Shifts are told after the frame in which they happen.
    return page.evaluate(
      () =>
        new Promise<Shift[]>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(window.shifts)))),
        ),
    );
  }

  const SCREENS = [
    { path: '/', shows: ['Sale sola a las', 'Lunes, 23 de noviembre'] },
    { path: '/por-corregir', shows: ['Qué dijo SENCE'] },
    { path: '/envios', shows: ['Noche del'] },
    { path: '/envios/ENVIO', shows: ['Lo que SENCE respondió'] },
    { path: CURSO, shows: ['Cómo va el grupo', 'Reglas de este curso'] },
    { path: `${CURSO}/alumnos/8603864-1`, shows: ['Noche a noche', 'De dónde sale cada cifra'] },
    { path: '/conciliacion', shows: ['Comparar ahora'] },
    { path: '/evidencia', shows: ['Decisiones de personas que siguen vigentes', 'Por curso'] },
    { path: '/ajustes', shows: ['Agregar una OTEC'] },
    { path: '/ajustes/personas', shows: ['Claves para otros programas'] },
    { path: '/instalacion?paso=fuente', shows: ['Planillas o archivos'] },
    { path: '/instalacion?paso=primer-envio', shows: ['Se enviarían'] },
  ];
  test.each(SCREENS.flatMap((screen) => WIDTHS.map((width) => ({ ...screen, width }))))(
    '$path at $width px',
    async ({ path, shows, width }) => {
      const url = new URL(path.replace('ENVIO', envio), world.panel.url).href;
      const options = { storageState: state, viewport: { width, height: 800 } };
      expect(await shiftsOf(url, shows, options)).toEqual([]);
    },
  );

  test.each(['light', 'dark'] as const)(
    'first use and the way in are accessible (%s)',
    async (colorScheme) => {
      const places = [
        [await untouched.enlace(), 'Contraseña, otra vez'],
        [untouched.panel.url, 'Todavía no hay ninguna cuenta.'],
        [world.panel.url, '¿Olvidó su contraseña?'],
      ] as const;
      for (const [url, text] of places) {
        const page = await open(url, { colorScheme });
        await page.getByText(text).first().waitFor();
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      }
    },
  );

  test.each(WIDTHS)('first use and the way in at %i px', async (width) => {
    const viewport = { width, height: 800 };
    expect(await shiftsOf(await untouched.enlace(), ['Contraseña, otra vez'], { viewport })).toEqual([]);
    expect(await shiftsOf(world.panel.url, ['¿Olvidó su contraseña?'], { viewport })).toEqual([]);
  });
});

/** Inside the page, before anything else of it. */
function noteShifts(): void {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      // Not yet in TypeScript's DOM.
      const { value, hadRecentInput, sources } = entry as PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
        sources: { node: Node | null }[];
      };
      if (hadRecentInput) continue;
      const moved = sources.map(({ node }) =>
        node instanceof Element ? node.outerHTML : `${node?.textContent}`,
      );
      window.shifts.push({ value, moved: moved.map((html) => html.slice(0, 120)) });
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

/** Slows the API down; what it gives back waits until the page has all that it asked for. */
async function oneAnswerAtATime(page: Page): Promise<() => Promise<void>> {
  let queue: Promise<unknown> = Promise.resolve();
  const asked = new Set<string>();
  const missing = new Set<unknown>();
  await page.route('**/api/**', (route) => {
    const request = route.request();
    if (new URL(request.url()).pathname === '/api/eventos') return route.continue();
    asked.add(request.url());
    missing.add(request);
    queue = queue
      .then(() => new Promise((resolve) => setTimeout(resolve, DELAY_MS)))
      .then(() => route.continue());
  });
  page.on('requestfinished', (request) => missing.delete(request));
  return async () => {
    await expect.poll(() => missing.size).toBe(0);
    expect(asked.size).toBeGreaterThan(0);
  };
}
