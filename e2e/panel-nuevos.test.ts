import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from './browser.ts';
import { Desk, expectAccessible } from './panel-page.ts';
import { openWorld, type World } from './panel-world.ts';

const OTEC = '77124930-2';
const GESTION = 'CAP-26-01-13-0446-1';
const ATENCION = 'CAP-26-01-09-0112-3';
const at = (day: string, time: string) => new Date(`2026-11-${day}T${time}:00-03:00`);

/** A hang and no slowness ends a test. */
const LIMIT = { timeout: 400_000 };

describe.skipIf(CHROMIUM === null)('courses that nobody chose', LIMIT, () => {
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

  const night = (day: string, courses: number) =>
    world.service(at(day, '22:00'), (told) => told.filter(({ kind }) => kind === 'done').length >= courses);
  /** What SENCE's own store has of a course. */
  const atSence = async (oferta: string) => {
    const { processes } = await world.client.history();
    return processes
      .flatMap(({ listaregistros }) => listaregistros)
      .filter(({ oferta_cod }) => oferta_cod === oferta).length;
  };

  test('with chosen courses a new one is announced; one click and one night later SENCE has it, and undone it has nothing', async () => {
    world = await openWorld({
      nights: false,
      cursos: [{ fuente: 'planillas', otec: OTEC, curso: ATENCION }],
    });
    const file = join(world.data, 'planilla-gestion.csv');
    const sheet = await readFile(file);
    await rm(file);
    await night('22', 1);
    await writeFile(file, sheet);
    await night('23', 1);
    world.setClock(at('24', '09:05'));
    desk = new Desk(browser, () => world.panel.url);
    await desk.makeAccount(await world.enlace());
    const page = await desk.open('/');
    const card = page.getByRole('region', { name: '1 curso sin informar' });
    await card.getByText(/^Curso nuevo en «planillas»: «Planilla de cálculo.*», \d+ alumnos$/).waitFor();
    await card.getByText('Todavía no se informa a SENCE.').waitFor();
    expect(await atSence(GESTION)).toBe(0);
    await expectAccessible(page);
    if (process.env.FOTOS) await page.screenshot({ path: `${process.env.FOTOS}/nuevo.png`, fullPage: true });

    // Said, and taken back at the foot of the page: it waits as before.
    await card.getByRole('button', { name: 'Informarlo desde hoy' }).click();
    const said = page.getByRole('region', { name: 'Cursos nuevos' });
    await said.getByText('Se informa desde esta noche.').waitFor();
    await page.getByRole('status').getByRole('button', { name: 'Deshacer' }).click();
    await card.getByText('Todavía no se informa a SENCE.').waitFor();

    await card.getByRole('button', { name: 'No informarlo' }).click();
    await page.getByText('2 cursos que no se informan').click();
    await page.getByText(/^Lo dijo Rosa Cáceres, el 24 nov\.$/).waitFor();
    await page.getByRole('button', { name: /^Deshacer «Planilla de cálculo/ }).click();
    await card.getByRole('button', { name: 'Informarlo desde hoy' }).click();
    await said.getByText('Se informa desde esta noche.').waitFor();
    await expectAccessible(page);
    // The session of a page that nobody uses ends before the next day.
    await desk.clear();
    await night('24', 2);
    world.setClock(at('25', '09:05'));
    await desk.makeAccount(await world.enlace());
    const morning = await desk.open('/');
    await morning.getByRole('heading', { level: 1, name: /llegaron los 2 cursos/ }).waitFor();
    expect(await morning.getByRole('region', { name: 'Cursos nuevos' }).count()).toBe(0);
    expect(await atSence(GESTION)).toBeGreaterThan(0);
    await morning.getByText('Para saber: ').click();
    await morning
      .getByText(/^Curso nuevo en «planillas»: esta es su primera noche, con \d+ alumnos\.$/)
      .waitFor();
  });

  test('a course that was over before puente is brought up to date, and which day each figure carries is said first', async () => {
    world = await openWorld({ nights: false });
    const file = join(world.data, 'planilla-gestion.csv');
    const text = await readFile(file, 'latin1');
    await writeFile(file, text.replaceAll('18-12-2026', '10-11-2026'), 'latin1');
    await night('22', 3);
    world.setClock(at('23', '09:05'));
    desk = new Desk(browser, () => world.panel.url);
    await desk.makeAccount(await world.enlace());
    const page = await desk.open('/');
    const card = page.getByRole('region', { name: '1 curso sin informar' });
    await card.getByText(/^Terminó el 10 nov, antes de Puente: «Planilla de cálculo/).waitFor();
    expect(await atSence(GESTION)).toBe(0);
    await card.getByRole('button', { name: 'Poner al día…' }).click();
    const dialog = page.getByRole('dialog', { name: /^Poner al día «Planilla de cálculo/ });
    await dialog.getByText('23 nov, el día en que se informa').waitFor();
    if (process.env.FOTOS) await page.screenshot({ path: `${process.env.FOTOS}/al-dia.png` });
    await dialog.getByText('5 oct').waitFor();
    await dialog.getByText('10 nov').waitFor();
    await expectAccessible(page);
    await dialog.getByRole('button', { name: /^Enviar el avance de \d+ alumnos ahora$/ }).click();
    await dialog.getByRole('button', { name: 'Cerrar' }).waitFor();
    await expect.poll(() => atSence(GESTION), { timeout: 60_000 }).toBeGreaterThan(0);
    await dialog.getByRole('button', { name: 'Cerrar' }).click();
    await card.waitFor({ state: 'detached' });
  });
});
