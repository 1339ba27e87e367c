import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import writeExcelFile, { type Cell } from 'write-excel-file/node';
import { CHROMIUM, startBrowser } from './browser.ts';
import { Desk, expectAccessible } from './panel-page.ts';
import { openWorld, type World } from './panel-world.ts';

/** A hang and no slowness ends a test. */
const LIMIT = { timeout: 500_000 };
const MODULOS = ['PRES028008000558', 'PRES028008000559', 'PRES028008000560'];

describe.skipIf(CHROMIUM === null)('a sheet with its modules side by side', LIMIT, () => {
  let world: World;
  let browser: Browser;

  beforeAll(async () => {
    [world, browser] = await Promise.all([openWorld({ nights: false }), startBrowser()]);
  });

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  test('the same sheet handed over in Ajustes is asked about there too', async () => {
    const own = await openWorld({ nights: false });
    const desk = new Desk(browser, () => own.panel.url);
    try {
      const { book } = await wideBook(await readFile(join(own.data, 'planilla-gestion.csv'), 'latin1'));
      await desk.makeAccount(await own.enlace());
      const page = await desk.open('/ajustes');
      await page.getByLabel('Elegir los archivos de avance').setInputFiles({
        name: 'Informe.xlsx',
        mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
        buffer: book,
      });
      await page
        .getByRole('region', { name: 'Informe.xlsx' })
        .getByText(/^Faltan 5 respuestas/)
        .waitFor();
      desk.forgive(409);
      await desk.clear();
    } finally {
      await own.close();
    }
  });

  test('from a messy Excel with merged names to a first accepted send: what cannot be known is asked by choosing', async () => {
    const file = join(world.data, 'planilla-gestion.csv');
    const { book, people } = await wideBook(await readFile(file, 'latin1'));
    await rm(file);
    const desk = new Desk(browser, () => world.panel.url);
    await desk.makeAccount(await world.enlace());
    const page = await desk.open('/planilla');
    await page.getByLabel('Elegir la planilla').setInputFiles({
      name: 'Informe gestión NOVIEMBRE (final).xlsx',
      mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
      buffer: book,
    });
    await page.getByRole('heading', { level: 2, name: 'Faltan 5 respuestas para leerla' }).waitFor();
    await picture(page, 'ancha-preguntas');
    const send = page.getByRole('button', { name: `Enviar el avance de ${people} alumnos ahora` });
    expect(await send.isDisabled()).toBe(true);
    await expectAccessible(page);
    for (const [index, codigo] of MODULOS.entries())
      await page.getByLabel(`Código del módulo «Módulo ${index + 1}» en SIC`).fill(codigo);
    for (const tiempo of ['Tiempo del alumno en el curso', 'Tiempo en el módulo'])
      await page.getByLabel(`¿Cómo viene «${tiempo}»?`).selectOption('horas');
    await page.getByRole('button', { name: 'Recordar y leer de nuevo' }).click();
    await page.getByRole('heading', { level: 2, name: /respuesta/ }).waitFor({ state: 'detached' });
    await page.getByText(/^\d+ columnas: \d+ se usan/).click();
    const avance = page.getByRole('row', { name: /Módulo 1 · % Avance/ });
    await avance.getByText(/^\d+([.,]\d+)? %$/).waitFor();
    await picture(page, 'ancha-columnas');
    await expectAccessible(page);
    await send.click();
    await page.getByText('SENCE aceptó').first().waitFor();
    expect(await page.getByText(/No se sabe de qué curso/).count()).toBe(0);
    await picture(page, 'ancha-aceptada');
    await expectAccessible(page);
    const { processes } = await world.client.history();
    const taken = processes.flatMap(({ listaregistros }) =>
      listaregistros.filter((one) => one.estado_registro === '1').map((one) => one.mod_cod),
    );
    for (const codigo of MODULOS) expect(taken).toContain(codigo);
    await desk.clear();
  });
});

/** The example's rows as people keep them: a title, names in two rows with merged cells, hours, a total below. */
async function wideBook(csv: string): Promise<{ book: Buffer; people: number }> {
  const [names = [], ...rows] = csv
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(';'));
  const at = (row: readonly string[], name: string) => row[names.indexOf(name)] ?? '';
  const students = new Map<string, string[][]>();
  for (const row of rows)
    students.set(at(row, 'RUT Alumno'), [...(students.get(at(row, 'RUT Alumno')) ?? []), row]);
  const hours = (text: string) => Math.round(Number(text) / 36) / 100;
  const figure = (text: string) => {
    const number = Number(text.replace(',', '.'));
    return text === '' ? null : Number.isNaN(number) ? text : number;
  };
  const merged = (value: string): Cell[] => [{ value, columnSpan: 2, align: 'center' }, null];
  const own = [
    'N°',
    'RUT',
    'Nombre participante',
    'Código Oferta',
    'Sección',
    'Fecha inicio',
    'Fecha término',
  ];
  const data: Cell[][] = [
    [{ value: 'INFORME DE AVANCE', columnSpan: 6, fontWeight: 'bold' }],
    [{ value: 'Actualizado al 22-11-2026' }],
    [],
    [
      ...own.map((value): Cell => ({ value, rowSpan: 2 })),
      ...MODULOS.flatMap((_, index) => merged(`Módulo ${index + 1}`)),
      ...merged('Total'),
    ],
    [
      ...own.map(() => null),
      ...Array.from({ length: 4 }, () => ['% Avance', 'Tiempo'])
        .flat()
        .map((value): Cell => ({ value })),
    ],
    ...[...students].map(([rut, each], index): Cell[] => {
      const [first = []] = each;
      const course = ['Código Oferta', 'Código Grupo', 'Fecha Inicio', 'Fecha Fin'].map(
        (name): Cell => ({ value: at(first, name) }),
      );
      const modules = MODULOS.flatMap((codigo): Cell[] => {
        const row = each.find((one) => at(one, 'Código Módulo') === codigo);
        if (row === undefined) return [{ value: '-' }, null];
        return [figure(at(row, 'Módulo % Avance')), hours(at(row, 'Módulo Tiempo Conectividad'))].map(
          (value) => (value === null ? null : { value }),
        );
      });
      const total = [figure(at(first, '% Avance')), hours(at(first, 'Tiempo Conectividad'))].map((value) =>
        value === null ? null : { value },
      );
      return [
        { value: index + 1 },
        { value: rut },
        { value: at(first, 'Nombre') },
        ...course,
        ...modules,
        ...total,
      ];
    }),
    [{ value: 'TOTAL PARTICIPANTES' }, { value: students.size }],
  ];
  return { book: await writeExcelFile(data).toBuffer(), people: students.size };
}

async function picture(page: Page, name: string): Promise<void> {
  if (process.env.FOTOS) await page.screenshot({ path: `${process.env.FOTOS}/${name}.png`, fullPage: true });
}
