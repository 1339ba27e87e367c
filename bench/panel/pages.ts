import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archivoSource } from '@puente-sic/sources';
import type { BrowserContext } from 'playwright-core';
import { codigoOf, MODULOS, peopleOf } from '../../e2e/big-course.ts';
import { CHROMIUM, startBrowser } from '../../e2e/browser.ts';
import { type Bench, median, printTable, thousands } from '../bench.ts';
import { enter } from './enter.ts';
import { watch } from './page.ts';
import { openWorld, pathOf } from './world.ts';

const COURSES = 300;
const EACH = 12;
const BIG = 5000;
const SHEET = 2000;
const ROUNDS = 3;
/** A page of the same build that asks for nothing but the frame. */
const EMPTY = '/ayuda/errores/ninguno';

export const pagesBench: Bench = {
  name: 'paginas',
  about: `Hoy with ${COURSES} courses, a course of ${thousands(BIG)} and a sheet of ${thousands(SHEET)} students, beside an empty page of the same build`,
  async run() {
    if (CHROMIUM === null) return console.log('  There is no Chromium: nothing measured.');
    const sheet = { file: 'curso.csv', content: sheetOf(50), students: SHEET };
    const sizes = [...Array.from({ length: COURSES - 2 }, () => EACH), BIG];
    const [world, browser] = await Promise.all([openWorld(sizes, sheet), startBrowser()]);
    try {
      const context = await enter(browser, world.panel.url);
      const times: Record<'empty' | 'hoy' | 'course' | 'sheet' | 'reading', number[]> = {
        ...{ empty: [], hoy: [], course: [], sheet: [], reading: [] },
      };
      let script = 0;
      const open = async (path: string, shown: string) => {
        const opened = await measure(context, new URL(path, world.panel.url).href, shown);
        script = path === '/' ? opened.script : script;
        return opened.shown;
      };
      // Turn by turn, so that whatever else the machine does falls on all.
      for (let round = 0; round < ROUNDS; round++) {
        times.empty.push(await open(EMPTY, 'main h1'));
        times.hoy.push(await open('/', 'table.cursos tbody tr'));
        times.course.push(await open(pathOf(BIG), '.comparacion tbody tr'));
        times.reading.push(await reading(sheetOf(60)));
        times.sheet.push(await handOver(context, world.panel.url, sheetOf(60)));
      }
      print(times, script);
    } finally {
      await browser.close();
      await world.close();
    }
  },
};

function print(
  times: Record<'empty' | 'hoy' | 'course' | 'sheet' | 'reading', number[]>,
  script: number,
): void {
  const row = (name: string, figures: number[], beside: number[] | null, aim: string) => [
    name,
    median(figures).toFixed(0),
    beside === null ? '' : `${(median(figures) / median(beside)).toFixed(2)} ×`,
    aim,
  ];
  printTable([
    ['', 'ms', 'ratio', 'aim'],
    row('an empty page of the same build', times.empty, null, ''),
    row(`Hoy with ${COURSES} courses, to its first rows`, times.hoy, times.empty, '2'),
    row(`a course of ${thousands(BIG)} students, to its first rows`, times.course, times.empty, '3'),
    row(`reading a sheet of ${thousands(SHEET)} students`, times.reading, null, ''),
    row('  handed over in the browser, to its changes', times.sheet, times.reading, '2'),
  ]);
  console.log(`  JavaScript of the first page, compressed: ${(script / 1000).toFixed(0)} kB (aim 200)`);
}

/** From the beginning to its first rows painted, ms; and what came as JavaScript, in bytes on the line. */
async function measure(
  context: BrowserContext,
  url: string,
  shown: string,
): Promise<{ shown: number; script: number }> {
  const page = await context.newPage();
  page.setDefaultTimeout(600_000);
  await page.addInitScript(watch, shown);
  await page.goto(url);
  await page.waitForFunction(() => Number.isFinite(window.marks.firstRows));
  const measured = await page.evaluate(() => ({
    shown: Number(window.marks.firstRows),
    script: performance
      .getEntriesByType('resource')
      .filter(({ name }) => new URL(name).pathname.endsWith('.js'))
      .reduce((sum, one) => sum + (one as PerformanceResourceTiming).encodedBodySize, 0),
  }));
  await page.close();
  return measured;
}

/** From the choice of the file to the page that says what it changes, ms. Nothing is sent. */
async function handOver(context: BrowserContext, url: string, content: string): Promise<number> {
  const page = await context.newPage();
  page.setDefaultTimeout(600_000);
  await page.goto(new URL('/planilla', url).href);
  const input = page.locator('main input[type=file]').first();
  await input.waitFor({ state: 'attached' });
  const buffer = Buffer.from(content);
  const begun = performance.now();
  await input.setInputFiles({ name: 'curso.csv', mimeType: 'text/csv', buffer });
  await page.getByRole('heading', { level: 1, name: /^Así entendí su planilla/ }).waitFor();
  const took = performance.now() - begun;
  await page.close();
  return took;
}

/** The same file read alone, all of its courses, ms. */
async function reading(content: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-medida-'));
  try {
    await writeFile(join(folder, 'curso.csv'), content);
    const source = archivoSource({ name: 'planillas', ruta: folder });
    const begun = performance.now();
    const { courses } = await source.read({ at: new Date() });
    const took = performance.now() - begun;
    if (courses[0]?.students.length !== SHEET) throw new Error('The sheet was not read as it is meant');
    return took;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** As people keep it: a row for each student and module. */
function sheetOf(avance: number): string {
  const codigo = codigoOf(SHEET);
  const head =
    'Código Oferta;Código Grupo;Nombre Curso;RUT Alumno;Nombre;Tiempo Conectividad;% Avance;Estado;Fecha Inicio;Fecha Fin;Código Módulo;Módulo Tiempo Conectividad;Módulo % Avance;Módulo Estado;Módulo Fecha Inicio;Módulo Fecha Fin;Actividades';
  const dates = '01-11-2026;31-12-2026';
  const rows = peopleOf(SHEET).flatMap(({ rut, nombre }) =>
    MODULOS.map(
      (modulo) =>
        `${codigo};${codigo};Medida;${rut};${nombre};3600;${avance};1;${dates};${modulo};1200;${avance};1;${dates};Lectura`,
    ),
  );
  return [head, ...rows, ''].join('\r\n');
}
