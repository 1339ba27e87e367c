import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ENGINES } from '../packages/sources/test/sql/engines.ts';
import { CHROMIUM, startBrowser } from './browser.ts';
import { ADMIN, Desk, expectAccessible } from './panel-page.ts';
import { NEXT_MORNING } from './panel-world.ts';
import { type FirstDay, openFirstDay } from './setup-world.ts';

const TOKEN = '7C0A4E52-91B3-4D6F-8E27-5A1F0B9C3D48';
const EXAMPLE = fileURLToPath(new URL('../examples/plataforma-propia/', import.meta.url));
/** Two screens' worth of steps, each looked at by axe. */
const LONG = 300_000;
/** Where each picture goes, for who wants to look at them. */
const PICTURES = process.env.PUENTE_FOTOS;

/** The platform of the example with people and codes that the sandbox knows; a person's RUT is called `documento`. */
async function platform(): Promise<{ base: string; queries: string }> {
  const base = (await readFile(join(EXAMPLE, 'base.sql'), 'utf8'))
    .replaceAll(/\brut\b/g, 'documento')
    .replace("'2026-03-09', '2026-04-30'", "'2026-10-05', '2026-12-18'")
    .replaceAll('2026-03-', '2026-10-')
    .replace('CAP-26-03-01-0007-1', 'CAP-26-01-13-0446-1')
    .replace('PRES028008000701', 'PRES028008000558')
    .replace('PRES028008000702', 'PRES028008000559')
    .replace('11.111.111-1', '8.603.864-1')
    .replace('12.345.678-5', '9.856.684-8');
  const queries = (await readFile(join(EXAMPLE, 'aula.sql'), 'utf8')).replace('p.rut,', 'p.documento,');
  return { base, queries };
}

describe.skipIf(CHROMIUM === null)('an LMS that is no Moodle, set up by looking', () => {
  let browser: Browser;
  let desk: Desk;
  let day: FirstDay;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(async () => {
    day = await openFirstDay(NEXT_MORNING);
    desk = new Desk(browser, () => day.url);
  });
  afterEach(async () => {
    try {
      await desk.clear();
    } finally {
      await day.close();
    }
  });

  /** From the first page to where the data is asked for, with the OTEC kept. */
  async function begin(options: Parameters<Desk['open']>[1] = {}): Promise<Page> {
    const page = await desk.open(day.enlace, { anonymous: true, ...options });
    await page.getByLabel('Usuario').fill(ADMIN.usuario);
    await page.getByLabel('Contraseña', { exact: true }).fill(ADMIN.clave);
    await page.getByLabel('Contraseña, otra vez').fill(ADMIN.clave);
    await page.getByRole('button', { name: 'Crear la cuenta y entrar' }).click();
    await page.getByLabel('RUT de la OTEC').fill('77.124.930-2');
    await page.getByLabel('Token').fill(TOKEN);
    await page.getByText('Voy a ensayar con otro Gestor Intermedio').click();
    await page.getByLabel('Dirección del Gestor Intermedio').fill(day.gestor.url);
    await page.getByRole('button', { name: 'Guardar y seguir' }).click();
    await page.getByRole('radio', { name: /^Otro LMS, o una plataforma propia/ }).check();
    return page;
  }

  const yaml = () => readFile(join(day.folder, 'puente.yaml'), 'utf8');
  const connect = (page: Page) => page.getByRole('button', { name: 'Probar la conexión' }).click();

  test.each([
    { colorScheme: 'light', viewport: { width: 1180, height: 780 } },
    { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  ] as const)(
    'from nothing to a first accepted send ($colorScheme, $viewport.width px)',
    async (look) => {
      const { base, queries } = await platform();
      const db = new DatabaseSync(join(day.folder, 'aula.db'));
      db.exec(base);
      db.close();
      const seen = (page: Page, name: string) =>
        expectFits(page, look.viewport.width, `${look.colorScheme}-${name}`);
      const page = await begin(look);
      await page.getByRole('radio', { name: /^SQLite/ }).check();
      await seen(page, '1-base');
      await connect(page);
      await page.getByText('Se llega a la base de datos.').waitFor();
      await page.getByText(/Se ven 8 tablas: calificaciones, capacitaciones/).waitFor();
      await page.getByLabel('Consultas', { exact: true }).fill(queries);
      await seen(page, '2-consultas');

      await page.getByRole('button', { name: 'Leer y revisar' }).click();
      await page.getByRole('status').filter({ hasText: 'le falta la columna «rut»' }).waitFor();
      const column = page.getByLabel('Columna de rut, en alumnos');
      await column.waitFor();
      expect(await page.getByText('8.603.864').count()).toBe(0);
      expect(await page.getByRole('button', { name: 'Guardar y seguir' }).count()).toBe(0);
      await seen(page, '3-falta');

      // By the keyboard alone: the column is chosen, and all is read anew.
      await column.focus();
      await page.keyboard.type('documento');
      expect(await column.inputValue()).toBe('documento');
      const again = page.getByRole('button', { name: 'Leer otra vez con estas columnas' });
      await again.focus();
      await page.keyboard.press('Enter');
      await page
        .getByText(/^Se puede informar: de «Atención de público» SENCE recibiría a 2 personas\./)
        .waitFor();
      await page.getByRole('heading', { name: 'Así recibiría SENCE a Ana Ñancupil Soto' }).waitFor();
      const figures = page.getByRole('table', { name: 'De dónde sale cada dato' });
      await figures.getByRole('cell', { name: 'La columna «documento» de «alumnos».' }).waitFor();
      await figures.getByRole('cell', { name: '4 de 4 actividades obligatorias completadas' }).waitFor();
      await page.getByText('Los datos exactos, como los recibiría SENCE').click();
      await page.getByText('"rutAlumno": 8603864').waitFor();
      await seen(page, '4-ensayo');
      await page.getByLabel('Persona').selectOption({ label: 'Bruno Díaz Leal' });
      await page.getByRole('heading', { name: 'Así recibiría SENCE a Bruno Díaz Leal' }).waitFor();
      await figures.getByRole('cell', { name: '25 %' }).first().waitFor();

      await page.getByRole('button', { name: 'Guardar y seguir' }).click();
      await page.getByRole('heading', { level: 1, name: '¿Qué cursos se informan?' }).waitFor();
      expect(await yaml()).toMatch(/columnas:\s+alumnos:\s+rut: documento/);
      expect(await readFile(join(day.folder, 'aula.panel.sql'), 'utf8')).toBe(queries);
      await page.getByLabel(/^Atención de público/).waitFor();
      await seen(page, '5-cursos');
      await page.getByRole('button', { name: 'Guardar y seguir' }).click();
      await page.getByRole('heading', { level: 1, name: 'El primer envío' }).waitFor();
      await page.getByRole('button', { name: 'Enviar ahora' }).click();
      const warning = page.getByRole('dialog', { name: '¿Enviar fuera del horario de SENCE?' });
      await warning.getByRole('button', { name: 'Enviar ahora de todos modos' }).click();
      await page.getByText('El ensayo funcionó: ese Gestor aceptó el avance de 1 curso.').waitFor();
      desk.forgive(409);

      await page.goto(new URL('/ajustes', day.url).href);
      await page.getByText('Otro LMS, por su base de datos ./aula.db, con sus propias consultas').waitFor();
      await page.getByRole('button', { name: 'Cambiar la fuente aula' }).click();
      const dialog = page.getByRole('dialog', { name: 'Cambiar la fuente «aula»' });
      await dialog.getByLabel('Consultas', { exact: true }).waitFor();
      expect(await dialog.getByLabel('Consultas', { exact: true }).inputValue()).toBe(queries);
      await seen(page, '6-ajustes');
      expect(day.said()).not.toContain('8603864');
    },
    LONG,
  );

  const mariadb = ENGINES.find(([name]) => name === 'MariaDB')?.[1] ?? null;
  test.skipIf(mariadb === null)(
    'a wrong password, a table that is not there: in words, and nothing is kept',
    async () => {
      const engine = await (mariadb as NonNullable<typeof mariadb>)();
      try {
        const url = new URL(await engine.createDatabase());
        await engine.run(url.href, ['create table personas (id int, rut varchar(12))']);
        const page = await begin();
        await page.getByLabel('Servidor', { exact: true }).fill(url.hostname);
        await page.getByLabel('Puerto', { exact: true }).fill(url.port);
        await page.getByLabel('Nombre de la base').fill(url.pathname.slice(1));
        await page.getByLabel('Usuario de la base').fill('nadie');
        await page.getByLabel('Contraseña de la base').fill('no es ésta');
        await connect(page);
        await page.getByRole('status').filter({ hasText: 'no acepta el usuario o la clave' }).waitFor();
        await expectFits(page, 1280, 'mala-clave');

        await page.getByLabel('Usuario de la base').fill(decodeURIComponent(url.username));
        await page.getByLabel('Contraseña de la base').fill(decodeURIComponent(url.password));
        await connect(page);
        await page
          .getByText('Se ve 1 tabla: personas')
          .or(page.getByText('Se ven 1 tabla: personas'))
          .waitFor();
        await page
          .getByLabel('Consultas', { exact: true })
          .fill('-- entidad: cursos\nselect id as curso from cursos\n');
        await page.getByRole('button', { name: 'Leer y revisar' }).click();
        await page
          .getByRole('status')
          .filter({ hasText: 'usa la tabla' })
          .filter({ hasText: 'que no existe' })
          .waitFor();
        await expectFits(page, 1280, 'sin-tabla');
        expect(await page.getByRole('button', { name: 'Guardar y seguir' }).count()).toBe(0);
        expect(await yaml()).not.toContain('fuentes');
        expect((await readdir(day.folder)).filter((name) => name.endsWith('.sql'))).toEqual([]);
        expect(day.said()).not.toContain('no es ésta');
      } finally {
        await engine.stop();
      }
    },
    LONG,
  );
});

async function expectFits(page: Page, width: number, name: string): Promise<void> {
  if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
}
