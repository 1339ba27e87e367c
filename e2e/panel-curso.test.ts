import { AxeBuilder } from '@axe-core/playwright';
import type { Source } from '@puente-sic/sources';
import { course, student } from '@puente-sic/testing';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import registro from '../examples/registro-demo.json' with { type: 'json' };
import { CHROMIUM, startBrowser } from './browser.ts';
import { openWorld, type World } from './panel-world.ts';

const ADMIN = { usuario: 'Rosa Cáceres', clave: 'una frase que solo yo sé' };
const OTEC = '77124930-2';
const OFERTA = 'CAP-26-01-13-0446-1';
const CURSO = `/cursos/${OTEC}/${OFERTA}/${OFERTA}`;

describe.skipIf(CHROMIUM === null)('a course in a browser', () => {
  let world: World;
  let browser: Browser;
  let state: Awaited<ReturnType<BrowserContext['storageState']>>;
  let contexts: BrowserContext[] = [];

  /** The service, there on that night until its course is done. */
  async function night(day: number): Promise<void> {
    const instant = new Date(`2026-11-${day}T23:45:00-03:00`);
    await world.service(instant, (told) => told.some(({ kind }) => kind === 'done'));
  }

  beforeAll(async () => {
    const config = { fuente: 'aula', otec: OTEC, curso: 'planilla', codigoOferta: OFERTA };
    const cursos = [{ ...config, modulos: { 'Unidad 1': 'PRES028008000558', Inicio: '' } }];
    [world, browser] = await Promise.all([
      openWorld({ nights: false, sources: [aula()], cursos }),
      startBrowser(),
    ]);
    // Thursday and Friday it ran, Saturday nobody was there, on Sunday it ran again.
    for (const day of [19, 20, 22]) await night(day);
    world.setClock(new Date('2026-11-23T09:05:00-03:00'));
    const context = await browser.newContext({ locale: 'es-CL' });
    const page = await context.newPage();
    await page.goto(await world.enlace());
    await page.getByLabel('Usuario').fill(ADMIN.usuario);
    await page.getByLabel('Contraseña', { exact: true }).fill(ADMIN.clave);
    await page.getByLabel('Contraseña, otra vez').fill(ADMIN.clave);
    await page.getByRole('button', { name: 'Crear la cuenta y entrar' }).click();
    await page.getByRole('link', { name: /^Hoy/ }).waitFor();
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

  async function open(colorScheme: 'light' | 'dark' = 'light', width = 1180): Promise<Page> {
    const viewport = { width, height: 900 };
    const context = await browser.newContext({ locale: 'es-CL', storageState: state, colorScheme, viewport });
    contexts.push(context);
    const page = await context.newPage();
    await page.goto(new URL(CURSO, world.panel.url).href);
    return page;
  }

  test('the calendar tells each night, by its place, its shape, in words and in a table', async () => {
    const page = await open();
    const calendar = page.getByRole('img', { name: /^Noche por noche:/ });
    expect(await calendar.getAttribute('aria-label')).toBe(
      'Noche por noche: 3 noches, SENCE aceptó todo; 1 noche, noche perdida: no se envió',
    );
    const titles = await calendar.locator('title').allTextContents();
    expect(titles).toEqual([
      'jueves, 19 de noviembre: SENCE aceptó todo',
      'viernes, 20 de noviembre: SENCE aceptó todo',
      'sábado, 21 de noviembre: noche perdida: no se envió',
      'domingo, 22 de noviembre: SENCE aceptó todo',
    ]);
    expect(await calendar.locator('.noche').count()).toBe(4);
    expect(await calendar.locator('.noche-perdida').count()).toBe(1);
    await page.getByText('Se perdió una noche: 21 nov.').waitFor();
    await page.getByText('Ver las noches en una tabla').click();
    const lost = page.getByRole('row', { name: /sábado, 21 de noviembre/ });
    expect(await lost.innerText()).toContain('noche perdida');
    await page.getByRole('link', { name: 'viernes, 20 de noviembre' }).click();
    await page.waitForURL(/\/envios\?noche=2026-11-20$/);
    await page.getByRole('rowheader', { name: /^Noche del viernes, 20 de noviembre · 1 curso/ }).waitFor();
    expect(await page.getByRole('row').count()).toBe(3);
  });

  test('a night that ends while one looks is on the calendar', async () => {
    const page = await open();
    const cells = page.getByRole('img', { name: /^Noche por noche:/ }).locator('.noche');
    await cells.nth(3).waitFor();
    await page.getByRole('button', { name: 'Enviar ahora' }).click();
    await page.getByRole('button', { name: 'Enviar ahora de todos modos' }).click();
    await cells.nth(4).waitFor();
  });

  test('nothing below moves when the nights come', async () => {
    const page = await open('light', 360);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/noches', async (route) => {
      await held;
      await route.continue();
    });
    await page.reload();
    const below = page.getByRole('heading', { name: 'Alumnos', exact: true });
    await below.waitFor();
    const before = await below.boundingBox();
    release();
    await page.getByText('Se perdió una noche').waitFor();
    expect(await below.boundingBox()).toEqual(before);
  });

  test('modules with what counts and what does not; codes with where they come from', async () => {
    const page = await open();
    await page.getByText('Módulos y actividades', { exact: true }).click();
    await page.getByText('Reglas de este curso', { exact: true }).click();
    await page.getByText('De dónde salen los códigos', { exact: true }).click();
    await page.getByText('2 exigidas, 1 complementaria').click();
    const activities = page.getByRole('listitem').filter({ hasText: /exigida|complementaria/ });
    expect((await activities.allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim())).toEqual([
      'Prueba de entrada cuestionario exigida',
      'Clase 1 clase en Zoom, en vivo exigida',
      'Dudas foro complementaria',
    ]);
    await page.getByText('ninguna exigida, 1 complementaria').click();
    await page.getByText(/su avance será siempre 0 %/).waitFor();
    await page.getByText('Con un avance mayor que 99 % y una nota mayor que 59 %.').waitFor();
    await page.getByText('El 4,0 equivale a 60 %.').waitFor();
    const codes = page.locator('details').filter({ hasText: 'De dónde salen los códigos' });
    const told = (await codes.innerText()).replaceAll(/\s+/g, ' ');
    expect(told).toContain(`Código de oferta ${OFERTA} escrito a mano`);
    expect(told).toContain(`Código de grupo ${OFERTA} de la fuente`);
    expect(told).toContain('«Unidad 1» → PRES028008000558 escrito a mano');
    expect(told).toContain('«Inicio» → no es un módulo');
  });

  test.each(['light', 'dark'] as const)('accessible and within a telephone (%s)', async (colorScheme) => {
    const page = await open(colorScheme, 360);
    await page.getByText('Ver las noches en una tabla').click();
    for (const folded of ['Módulos y actividades', 'Reglas de este curso', 'De dónde salen los códigos'])
      await page.getByText(folded, { exact: true }).click();
    await page.getByText('2 exigidas, 1 complementaria').click();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  });
});

/** A course of examples/registro-demo.json as a Moodle would give it, with two of its people. */
function aula(): Source {
  const inscrito = registro.cursos.find(({ codigoOferta }) => codigoOferta === OFERTA);
  if (inscrito === undefined) throw new Error(`examples/registro-demo.json has no ${OFERTA}`);
  const { modulos, alumnos, fechaInicio, fechaFin, nombre } = inscrito;
  const students = alumnos.slice(0, 2).map(({ rut }, index) => {
    const [numero = '', dv = ''] = rut.split('-');
    const one = student(index, 40);
    const listaModulos = one.alumno.listaModulos?.map((modulo, at) => ({
      ...{ ...modulo, fechaInicio, fechaFin, codigoModulo: modulos[at]?.codigoModulo ?? '' },
    }));
    const alumno = { ...one.alumno, rutAlumno: Number(numero), dvAlumno: dv, fechaInicio, fechaFin };
    return { ...one, alumno: { ...alumno, ...(listaModulos && { listaModulos }) } };
  });
  const activity = { type: 'cuestionario', required: true, synchronous: false };
  const activities = [
    { ...activity, name: 'Prueba de entrada' },
    { ...activity, name: 'Clase 1', type: 'clase en Zoom', synchronous: true },
    { ...activity, name: 'Dudas', type: 'foro', required: false },
  ];
  const [first, second] = modulos;
  const tree = course(students, {
    ...{ id: '2', name: 'planilla', title: nombre, codigoOferta: OFERTA, codigoGrupo: OFERTA },
    judging: { avanceAprobacion: 99, notaAprobacion: 59, minutosEntreClics: 45, exigencia: 60 },
    modules: [
      { codigoModulo: first?.codigoModulo ?? '', title: first?.nombre ?? '', activities },
      {
        codigoModulo: second?.codigoModulo ?? '',
        title: second?.nombre ?? '',
        activities: activities.slice(2),
      },
    ],
  });
  return {
    name: 'aula',
    listCourses: async () => [{ id: '2', name: 'planilla', title: nombre }],
    read: async () => ({ courses: [tree], notGiven: [], findings: [] }),
    close: async () => {},
  };
}
