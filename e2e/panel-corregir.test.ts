import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readRegistro } from '@puente-sic/protocol';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from './browser.ts';
import { Desk, expectAccessible } from './panel-page.ts';
import { openWorld, type World } from './panel-world.ts';

const OTEC = '77124930-2';
const GESTION = 'CAP-26-01-13-0446-1';
const ATENCION = 'CAP-26-01-09-0112-3';
/** Of the course of management: in the examples SENCE takes all of it. */
const CAMILA = { rut: '22575667-8', en: '22.575.667-8' };
const NAHUEL = '20303882-8';
const MODULO = 'PRES028008000558';
const monday = (time: string) => new Date(`2026-11-23T${time}:00-03:00`);
const tuesday = (time: string) => new Date(`2026-11-24T${time}:00-03:00`);

declare global {
  interface Window {
    clicks: number;
  }
}

/** A hang and no slowness ends a test. */
const LIMIT = { timeout: 400_000 };

describe.skipIf(CHROMIUM === null)('what is pending is mended from Hoy', LIMIT, () => {
  let world: World;
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
    }
  });

  afterAll(() => browser?.close());

  async function begin(): Promise<void> {
    world = await openWorld();
    world.setClock(monday('19:00'));
    desk = new Desk(browser, () => world.panel.url);
    await desk.makeAccount(await world.enlace());
  }

  /** Hoy, with every click of a hand counted. */
  async function hoy(): Promise<Page> {
    const page = await desk.open('/ayuda');
    await page.evaluate(() => {
      window.clicks = 0;
      window.addEventListener('click', ({ isTrusted }) => (window.clicks += isTrusted ? 1 : 0), true);
    });
    // Not loaded anew: what counts the clicks stays.
    await page.getByRole('link', { name: /^Hoy/ }).click();
    await page.evaluate(() => {
      window.clicks = 0;
    });
    await page.getByRole('heading', { name: 'Lo pendiente' }).waitFor();
    return page;
  }

  const clicks = (page: Page) => page.evaluate(() => window.clicks);
  const problem = (page: Page, titulo: string | RegExp) =>
    page.getByRole('region', { name: 'Lo pendiente' }).getByRole('listitem').filter({ hasText: titulo });
  const night = (instant: Date) =>
    world.service(instant, (told) => told.filter(({ kind }) => kind === 'done').length >= 3);

  /** Where the count has a student now, and what SENCE took of each module. */
  async function student(page: Page, oferta: string, grupo: string, rut: string) {
    const path = `/api/cursos/${OTEC}/${oferta}/${grupo}`;
    const course = await (await page.request.get(new URL(path, world.panel.url).href)).json();
    return course.alumnos.find((one: { rut: string }) => one.rut === rut);
  }

  /** The last figure that SENCE itself has of a student's module, from its own store; null: nothing that it accepted. */
  async function sence(rut: string, codigoModulo: string): Promise<number | null> {
    const { processes } = await world.client.history();
    const own = processes
      .flatMap(({ listaregistros }) => listaregistros.map(readRegistro))
      .filter((one) => one.rut === rut && one.codigoModulo === codigoModulo && one.fate !== 'rejected');
    return own.at(-1)?.porcentajeAvance ?? null;
  }

  test('025: three clicks and a reason, undone as it was, and one night', async () => {
    await begin();
    const page = await hoy();
    const fell = problem(page, 'Su avance bajó de 90 % a 70 %');
    await fell.getByText('Nahuel Quilaqueo Núñez').waitFor();
    const keep = async () => {
      await fell.getByRole('button', { name: 'Seguir informando 90 %…' }).click();
      const dialog = page.getByRole('dialog', { name: /^Seguir informando 90 % de Nahuel/ });
      await dialog.getByText('SENCE tiene 90 %, su planilla dice 70 %').waitFor();
      await expectAccessible(page);
      const confirm = dialog.getByRole('button', { name: 'Seguir informando 90 %' });
      expect(await confirm.isDisabled()).toBe(true);
      await dialog.getByLabel('Se agregaron actividades al módulo').check();
      await confirm.click();
      await fell.getByText('Se sigue informando 90 %. Sale esta noche.').waitFor();
    };
    const former = await student(page, ATENCION, `${ATENCION}-B`, NAHUEL);
    await keep();
    expect(await clicks(page)).toBe(3);
    await fell.getByRole('button', { name: 'Deshacer' }).click();
    await fell.getByRole('button', { name: 'Seguir informando 90 %…' }).waitFor();
    const before = await student(page, ATENCION, `${ATENCION}-B`, NAHUEL);
    expect(before).toMatchObject({ estado: 'retenido', retenidos: [{ codigo: '025' }] });
    expect(before).toEqual(former);

    await keep();
    await night(monday('22:00'));
    await fell.waitFor({ state: 'detached' });
    const after = await student(page, ATENCION, `${ATENCION}-B`, NAHUEL);
    expect(after).toMatchObject({ estado: expect.stringMatching(/sin-confirmar|lo-tiene/), retenidos: [] });
    const kept = after.modulos.find(
      (one: { aceptado: { porcentajeAvance: number } | null }) => one.aceptado?.porcentajeAvance === 90,
    );
    expect(await sence(NAHUEL, kept?.codigoModulo)).toBe(90);
  });

  test('010: one click takes the code that the others have', async () => {
    await begin();
    // Two digits of a module's code have changed places.
    const file = join(world.data, 'planilla-gestion.csv');
    const text = await readFile(file, 'latin1');
    const wrong = text
      .split('\n')
      .map((row) => (row.includes(CAMILA.en) ? row.replace(MODULO, 'PRES028008000585') : row));
    expect(wrong.join('\n')).not.toBe(text);
    await writeFile(file, wrong.join('\n'), 'latin1');
    // The session of a page that nobody uses ends before the next day.
    await desk.clear();
    await night(monday('22:00'));
    world.setClock(tuesday('19:00'));
    await desk.makeAccount(await world.enlace());
    const page = await hoy();
    const unknown = problem(page, 'Trae un módulo que SENCE no conoce: …0585. Los demás traen …0558');
    await unknown.getByText('Camila').waitFor();
    await unknown.getByRole('button', { name: 'Usar …0558' }).click();
    await unknown.getByText('Se lee como …0558. Sale esta noche.').waitFor();
    expect(await clicks(page)).toBe(1);
    await unknown.getByRole('button', { name: 'Deshacer' }).click();
    await unknown.getByRole('button', { name: 'Usar …0558' }).click();
    await unknown.getByText('Se lee como …0558. Sale esta noche.').waitFor();
    await night(tuesday('22:00'));
    await unknown.waitFor({ state: 'detached' });
    expect(await sence(CAMILA.rut, MODULO)).not.toBeNull();
    const after = await student(page, GESTION, GESTION, CAMILA.rut);
    expect(after.estado).toMatch(/sin-confirmar|lo-tiene/);
  });

  test('011: one click says that the person is enrolled now, and the night tries again', async () => {
    await begin();
    const page = await hoy();
    const missing = problem(page, 'No figura en el curso, según SENCE');
    await missing.getByRole('button', { name: 'Ya se inscribió: reintentar' }).click();
    expect(await clicks(page)).toBe(1);
    await missing.getByText('Se intenta otra vez. Sale esta noche.').waitFor();
    await page.getByRole('status').getByRole('button', { name: 'Enviar ahora' }).waitFor();
    await missing.getByRole('button', { name: 'Deshacer' }).click();
    await missing.getByRole('button', { name: 'Ya se inscribió: reintentar' }).waitFor();
  });

  test('012: the mended sheet, chosen and sent, in three clicks; under another name it takes the place of the former', async () => {
    await begin();
    const page = await hoy();
    const unknown = problem(page, 'El dígito del RUT no corresponde');
    const chooser = page.waitForEvent('filechooser');
    await unknown.getByRole('button', { name: 'Subir la planilla corregida' }).click();
    const text = await readFile(join(world.data, 'planilla-gestion.csv'), 'latin1');
    const mended = text.replaceAll('23.057.953-7', '23.057.953-9');
    expect(mended).not.toBe(text);
    const buffer = Buffer.from(mended, 'latin1');
    await (await chooser).setFiles({ name: 'gestión corregida.csv', mimeType: 'text/csv', buffer });
    await page.getByRole('heading', { level: 1, name: /^Así entendí su planilla: \d+ alumnos/ }).waitFor();
    await page.getByText('Reemplaza a «planilla-gestion.csv».').waitFor();
    await page.getByText(/^\d+ quedan? corregidos?$/).waitFor();
    await expectAccessible(page);
    await page.getByRole('button', { name: /^Enviar el avance de \d+ alumnos ahora$/ }).click();
    // The choice of the file is one more.
    expect((await clicks(page)) + 1).toBe(3);
    await page.getByText('SENCE aceptó').first().waitFor();
    await page.getByRole('link', { name: /^Hoy/ }).click();
    await unknown.waitFor({ state: 'detached' });
    expect(await sence('23057953-9', MODULO)).not.toBeNull();

    // It was put aside, and comes back; what is taken away is not missed by the night.
    await page.goto(new URL('/ajustes', world.panel.url).href);
    const row = (estado: string, name: string) =>
      page.getByRole('row').filter({ hasText: name }).filter({ hasText: estado });
    await row('Apartada', 'planilla-gestion.csv').waitFor();
    await row('En uso', 'gestión corregida.csv')
      .getByRole('button', { name: /^Quitar/ })
      .click();
    const sure = page.getByRole('dialog');
    await sure.getByText('Sus cursos dejan de informarse desde esta noche.').waitFor();
    await expectAccessible(page);
    await sure.getByRole('button', { name: 'Quitar' }).click();
    await row('Apartada', 'gestión corregida.csv').waitFor();
    await world.service(monday('22:00'), (told) => told.filter(({ kind }) => kind === 'done').length >= 2);
    await page.getByRole('link', { name: /^Hoy/ }).click();
    await page.getByRole('heading', { level: 1, name: /^Esta noche llegaron los 2 cursos/ }).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('a sheet without more than three in ten of its students asks whether it is the whole one', async () => {
    await begin();
    const page = await desk.open('/planilla');
    const rows = (await readFile(join(world.data, 'planilla-gestion.csv'), 'latin1')).trimEnd().split('\n');
    const ruts = [...new Set(rows.slice(1).map((row) => row.split(';')[3]))];
    const rest = new Set(ruts.slice(0, Math.floor(ruts.length / 2)));
    const half = rows.filter((row, at) => at === 0 || rest.has(row.split(';')[3]));
    await page.getByLabel('Elegir la planilla').setInputFiles({
      ...{ name: 'planilla-gestion.csv', mimeType: 'text/csv' },
      buffer: Buffer.from(`${half.join('\n')}\n`, 'latin1'),
    });
    const sure = page.getByRole('checkbox', {
      name: /^\d+ de \d+ alumnos ya no vienen\. ¿Es la planilla completa\?/,
    });
    await sure.waitFor();
    const send = page.getByRole('button', { name: /^Enviar el avance de \d+ alumnos ahora$/ });
    const keep = page.getByRole('button', { name: 'Guardar: saldrán esta noche' });
    expect([await send.isDisabled(), await keep.isDisabled()]).toEqual([true, true]);
    await expectAccessible(page);
    if (process.env.FOTOS)
      await page.screenshot({ path: `${process.env.FOTOS}/treinta.png`, fullPage: true });
    await sure.check();
    expect([await send.isDisabled(), await keep.isDisabled()]).toEqual([false, false]);
  });

  test('a case that is known asks for a reason, leaves the count, and is undone', async () => {
    await begin();
    const page = await hoy();
    await page.getByRole('link', { name: /^Corregir los 8/ }).click();
    const group = page.getByRole('region', { name: 'No figura en el curso, según SENCE' });
    await group.getByRole('button', { name: /^Marcar como conocido/ }).click();
    const dialog = page.getByRole('dialog');
    await expectAccessible(page);
    await dialog.getByLabel(/^Se retiró/).check();
    await dialog.getByRole('button', { name: 'Marcar como conocido' }).click();
    expect(await clicks(page)).toBe(4);
    await group.waitFor({ state: 'detached' });
    await page.getByRole('heading', { level: 1, name: /^7 alumnos con algo pendiente/ }).waitFor();
    await page.getByRole('button', { name: /^Conocidos 1/ }).click();
    const row = page.getByRole('row').filter({ hasText: 'Antonia Muñoz Curihuinca' });
    await row.getByText('Se retiró').waitFor();
    await night(monday('22:00'));
    await page.getByRole('link', { name: /^Hoy/ }).click();
    await page.getByText('1 caso conocido').waitFor();
    await page.goBack();
    await row.getByRole('button', { name: /^Deshacer/ }).click();
    await row.waitFor({ state: 'detached' });
  });

  test('the keyboard alone: a case is marked as known, with its reason', async () => {
    await begin();
    const page = await hoy();
    await tabTo(page, /^Corregir los 8/);
    await page.keyboard.press('Enter');
    await page.getByRole('region', { name: 'No figura en el curso, según SENCE' }).waitFor();
    await tabTo(page, /^Marcar como conocido/);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await tabTo(page, /^Se retiró/);
    await page.keyboard.press('Space');
    await tabTo(page, /^Marcar como conocido$/);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: /^7 alumnos con algo pendiente/ }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await tabTo(page, /^Conocidos 1/);
    await page.keyboard.press('Enter');
    await page.getByRole('row').getByText('Se retiró').waitFor();
  });

  test('what is to be corrected, by course: each with its own problems, and the same people', async () => {
    await begin();
    const page = await desk.open('/por-corregir');
    const total = page.getByRole('heading', { level: 1, name: /^8 alumnos con algo pendiente/ });
    await total.waitFor();
    await page.getByRole('combobox', { name: 'Agrupar' }).selectOption('curso');
    const courses = page.locator('section.por-curso');
    await courses.first().waitFor();
    const heads = await courses.locator('> h2').allInnerTexts();
    const people = heads.map((head) => Number(/(\d+) alumnos?$/.exec(head)?.[1]));
    expect(people.length).toBeGreaterThan(1);
    expect(people).toEqual(people.toSorted((a, b) => b - a));
    expect(people.reduce((sum, one) => sum + one, 0)).toBe(8);
    await expectAccessible(page);
    if (process.env.FOTOS) await page.screenshot({ path: `${process.env.FOTOS}/por-curso.png` });
    await page.reload();
    await courses.first().waitFor();
    await page.getByRole('combobox', { name: 'Agrupar' }).selectOption('');
    await courses.first().waitFor({ state: 'detached' });
  });

  test('the search finds a student by name and by RUT, with the keyboard alone', async () => {
    await begin();
    const page = await desk.open('/evidencia');
    await page.getByRole('heading', { level: 1, name: /Hay prueba de|ningún envío que probar/ }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('nahuel quilaq');
    await page.getByRole('link', { name: /^Nahuel Quilaqueo Núñez/ }).waitFor();
    await expectAccessible(page);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Nahuel Quilaqueo Núñez' }).waitFor();
    await page.getByLabel('Buscar alumno, RUT o curso').fill('203038828');
    await page.getByRole('link', { name: /^Nahuel/ }).waitFor();
    await page.getByLabel('Buscar alumno, RUT o curso').fill('atencion de publico');
    const found = page.getByRole('region', { name: 'Lo que se encontró' });
    await found.getByRole('link', { name: /^Atención de público/ }).waitFor();
  });
});

/** Tab by Tab, as somebody without a mouse goes, until what has the focus is called so. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  const passed: string[] = [];
  while (passed.length < 200) {
    await page.keyboard.press('Tab');
    const called = await page.evaluate(() => {
      const focused = document.activeElement;
      const label = focused instanceof HTMLInputElement ? focused.labels?.[0]?.textContent : null;
      return (label ?? focused?.textContent ?? '').trim();
    });
    if (name.test(called)) return;
    passed.push(called.slice(0, 40));
  }
  throw new Error(`Nothing called ${name} has the focus after ${passed.length} stops: ${passed.join(' · ')}`);
}
