import type { BrowserContext } from 'playwright-core';
import { CHROMIUM, startBrowser } from '../../e2e/browser.ts';
import { type Bench, median, printTable, thousands } from '../bench.ts';
import { enter } from './enter.ts';
import { scrollThrough, watch } from './page.ts';
import { openWorld, pathOf } from './world.ts';

const FEW = 50;
const MANY = 5000;
const ROUNDS = 3;
const TYPED = 'munoz 4';

export const panelBench: Bench = {
  name: 'panel',
  about: `a course of ${thousands(MANY)} students × 3 modules in the browser, beside one of ${FEW}`,
  async run() {
    if (CHROMIUM === null) return console.log('  There is no Chromium: nothing measured.');
    const [world, browser] = await Promise.all([openWorld([FEW, MANY]), startBrowser()]);
    try {
      const context = await enter(browser, world.panel.url);
      const at = (students: number) => new URL(pathOf(students), world.panel.url).href;
      const few: Measured[] = [];
      const many: Measured[] = [];
      // Turn by turn, so that whatever else the machine does falls on both.
      for (let round = 0; round < ROUNDS; round++) {
        few.push(await measure(context, at(FEW)));
        many.push(await measure(context, at(MANY)));
      }
      print(few, many);
    } finally {
      await browser.close();
      await world.close();
    }
  },
};

interface Measured {
  /** Since the page began to load, ms. */
  answered: number;
  firstRows: number;
  keystroke: number;
  frames: number;
  slow: number;
  blank: number;
  longTasks: number;
  mostRows: number;
}

async function measure(context: BrowserContext, url: string): Promise<Measured> {
  const page = await context.newPage();
  page.setDefaultTimeout(600_000);
  await page.addInitScript(watch);
  await page.goto(url);
  await page.waitForFunction(() => Number.isFinite(window.marks.firstRows));
  const answered = await page.evaluate(() => {
    const read = performance.getEntriesByType('resource').find(({ name }) => name.includes('/api/cursos/'));
    return read instanceof PerformanceResourceTiming ? read.responseEnd : Number.NaN;
  });
  const scrolled = await page.evaluate(scrollThrough);
  await page.getByLabel('Buscar por nombre o RUT').pressSequentially(TYPED, { delay: 150 });
  for (const _ of TYPED) await page.keyboard.press('Backspace', { delay: 150 });
  await page.waitForFunction((typed) => window.marks.keystrokes.length >= typed, TYPED.length * 2);
  const { firstRows, keystrokes, mostRows } = await page.evaluate(() => window.marks);
  await page.close();
  return { ...scrolled, answered, firstRows: Number(firstRows), keystroke: median(keystrokes), mostRows };
}

function print(few: Measured[], many: Measured[]): void {
  const row = (name: string, figure: (measured: Measured) => number, digits = 0) => {
    const [one, other] = [median(few.map(figure)), median(many.map(figure))];
    return [name, one.toFixed(digits), other.toFixed(digits), one > 0 ? `${(other / one).toFixed(2)} ×` : ''];
  };
  printTable([
    ['', `${FEW}`, thousands(MANY), 'ratio'],
    row('opening to the first rows, ms', ({ firstRows }) => firstRows),
    row('  of which after the answer came', ({ firstRows, answered }) => firstRows - answered),
    row('keystroke in the filter to paint, ms', ({ keystroke }) => keystroke),
    row('frames while scrolling', ({ frames }) => frames),
    row('  over 50 ms, %', ({ slow, frames }) => (100 * slow) / frames, 2),
    row('  with nothing in the middle, %', ({ blank, frames }) => (100 * blank) / frames, 2),
    row('  long tasks', ({ longTasks }) => longTasks),
    row('most rows at any time', ({ mostRows }) => mostRows),
  ]);
}
