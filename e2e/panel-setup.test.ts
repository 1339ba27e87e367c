import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { courseLog } from '../packages/sources/test/moodle-ws/log-csv.ts';
import { moodleOf } from '../packages/sources/test/moodle-ws/moodle.ts';
import { moodleServer } from '../packages/sources/test/moodle-ws/server.ts';
import { NOW as MOODLE_NIGHT } from '../packages/sources/test/moodle-ws/site.ts';
import { CHROMIUM, startBrowser } from './browser.ts';
import { ADMIN, Desk, expectAccessible } from './panel-page.ts';
import { NEXT_MORNING } from './panel-world.ts';
import { type FirstDay, openFirstDay } from './setup-world.ts';

const RUT = '77.124.930-2';
const TOKEN = '7C0A4E52-91B3-4D6F-8E27-5A1F0B9C3D48';
const DATA = fileURLToPath(new URL('../examples/otec-demo', import.meta.url));
const COURSE = 'Planilla de cálculo para la gestión, nivel intermedio';

describe.skipIf(CHROMIUM === null)('puente on its first day, in a browser', () => {
  let browser: Browser;
  let desk: Desk;
  let day: FirstDay | undefined;
  beforeAll(async () => {
    browser = await startBrowser();
  });
  afterAll(() => browser?.close());
  beforeEach(() => {
    desk = new Desk(browser, () => day?.url ?? '');
  });
  afterEach(async () => {
    try {
      await desk.clear();
    } finally {
      await day?.close();
      day = undefined;
    }
  });

  /** From the first page to the first step. */
  async function begin(now: Date, options: Parameters<Desk['open']>[1] = {}): Promise<Page> {
    day = await openFirstDay(now);
    const page = await desk.open(day.enlace, { anonymous: true, ...options });
    await page.getByLabel('Usuario').fill(ADMIN.usuario);
    await page.getByLabel('Contraseña', { exact: true }).fill(ADMIN.clave);
    await page.getByLabel('Contraseña, otra vez').fill(ADMIN.clave);
    await page.getByRole('button', { name: 'Crear la cuenta y entrar' }).click();
    await step(page, '¿Qué OTEC informa?');
    return page;
  }

  async function step(page: Page, title: string): Promise<void> {
    await page.getByRole('heading', { level: 1, name: title }).waitFor();
  }

  async function fillOtec(page: Page, token = TOKEN): Promise<void> {
    await page.getByLabel('RUT de la OTEC').fill(RUT);
    await page.getByLabel('Token').fill(token);
    const other = page.getByText('Voy a ensayar con otro Gestor Intermedio');
    const gestor = page.getByLabel('Dirección del Gestor Intermedio');
    if (!(await gestor.isVisible())) await other.click();
    await gestor.fill(day?.gestor.url ?? '');
  }

  const next = (page: Page) => page.getByRole('button', { name: 'Guardar y seguir' }).click();

  test.each([
    { colorScheme: 'light', viewport: { width: 1180, height: 780 } },
    { colorScheme: 'dark', viewport: { width: 360, height: 740 } },
  ] as const)('from nothing to a first accepted send ($colorScheme, $viewport.width px)', async (look) => {
    const page = await begin(NEXT_MORNING, look);
    await fillOtec(page);
    await page.getByRole('button', { name: 'Probar la conexión' }).click();
    await page.getByText('Se llega al Gestor Intermedio y acepta el token.').waitFor();
    await expectFits(page, look.viewport.width);
    await next(page);

    await step(page, '¿De dónde salen los datos?');
    await expectFits(page, look.viewport.width);
    const steps = page.getByRole('navigation', { name: 'Puesta en marcha' });
    // A sheet that could not be taken makes no source, and no tick.
    await page.getByLabel('Elegir los archivos de avance').setInputFiles({
      name: 'notas.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from('a;b\n1;2\n'),
    });
    await page.getByText('No se subió').waitFor();
    desk.forgive(409);
    expect(await steps.getByRole('link', { name: 'Fuente (listo)' }).count()).toBe(0);
    const names = await readdir(DATA);
    await page
      .getByLabel('Elegir los archivos de avance')
      .setInputFiles(names.map((name) => join(DATA, name)));
    await page.getByText('Se puede leer: tiene 3 cursos.').waitFor();
    expect(await page.getByRole('list', { name: 'Archivos subidos' }).getByRole('listitem').count()).toBe(4);
    await expectFits(page, look.viewport.width);
    await next(page);

    await step(page, '¿Qué cursos se informan?');
    await page.getByText('Informar todos los cursos que traigan los archivos').waitFor();
    await page.getByText('Elegir los cursos, y corregir sus códigos').click();
    await page.getByText(`Códigos de ${COURSE}`).click();
    await page.getByText('Encontrado en: los datos del archivo').filter({ visible: true }).first().waitFor();
    await expectFits(page, look.viewport.width);
    await page.getByText('Informar todos los cursos que traigan los archivos').click();
    // A tick is said of what somebody has done, not of what could go on without it.
    await steps.getByRole('link', { name: 'Fuente (listo)' }).waitFor();
    expect(await steps.getByRole('link', { name: 'Cursos (listo)' }).count()).toBe(0);
    await next(page);

    await step(page, 'El primer envío');
    await steps.getByRole('link', { name: 'Cursos (listo)' }).waitFor();
    await page.getByText('Nada se ha enviado todavía.').waitFor();
    await page.getByRole('link', { name: COURSE, exact: true }).waitFor();
    await expectFits(page, look.viewport.width);
    await page.getByRole('button', { name: 'Enviar ahora' }).click();
    const warning = page.getByRole('dialog', { name: '¿Enviar fuera del horario de SENCE?' });
    await warning.getByRole('button', { name: 'Enviar ahora de todos modos' }).click();
    await page.getByText(/El ensayo funcionó: ese Gestor aceptó el avance de 3 cursos\./).waitFor();
    await page.getByText(/Quedan \d+ alumnos por corregir/).waitFor();
    await expectFits(page, look.viewport.width);
    desk.forgive(409);
    await page.getByRole('link', { name: 'Seguir: ventana y avisos' }).click();

    await step(page, 'Cuándo se envía y a quién se avisa');
    await expectFits(page, look.viewport.width);
    await page.getByRole('button', { name: 'Terminar' }).click();
    await page.getByRole('link', { name: COURSE, exact: true }).waitFor();
    await page.getByText(/^Sale sola a las/).waitFor();

    const yaml = await readFile(join(day?.folder ?? '', 'puente.yaml'), 'utf8');
    expect(yaml).toContain('77124930-2');
    expect(yaml + day?.said()).not.toContain(TOKEN);
    const { processes } = await historyOf(day);
    expect(processes).toBe(3);
  });

  test('a wrong RUT, a refused token, a Gestor that is not there: each in words, and nothing is lost', async () => {
    const page = await begin(NEXT_MORNING);
    await fillOtec(page, TOKEN.replace('7C0A', 'FFFF'));
    const probe = page.getByRole('button', { name: 'Probar la conexión' });
    await probe.click();
    await page.getByText('no acepta a la OTEC 77124930-2').waitFor();
    await page.getByText('no se enviará nada a SENCE hasta que el token funcione').waitFor();
    await expectAccessible(page);

    await page.getByLabel('Dirección del Gestor Intermedio').fill(`http://127.0.0.1:${await freePort()}/x`);
    await probe.click();
    await page.getByText('rechazó la conexión').waitFor();

    await page.getByLabel('RUT de la OTEC').fill('77124930-3');
    await probe.click();
    await page.getByRole('alert').filter({ hasText: 'dígito verificador' }).waitFor();
    desk.forgive(409);
    expect(await readFile(join(day?.folder ?? '', 'puente.yaml'), 'utf8')).toBe('');

    await fillOtec(page);
    await next(page);
    await step(page, '¿De dónde salen los datos?');
    await page.reload();
    await step(page, '¿De dónde salen los datos?');
  });

  test('a Moodle: dead at first, then its courses with the codes that were found, and where', async () => {
    const page = await begin(MOODLE_NIGHT);
    await fillOtec(page);
    await next(page);
    await step(page, '¿De dónde salen los datos?');
    await page.getByText('Moodle, por servicios web').click();
    const logs = join(day?.folder ?? '', 'registros');
    await mkdir(logs);
    for (const course of [2, 3]) await writeFile(join(logs, `${course}.csv`), courseLog(course));
    await page.getByText('De los registros que descargo de Moodle').click();
    await page.getByLabel('Token de servicios web').fill('f00d');
    await page.getByLabel('Dirección web de su Moodle').fill(`http://127.0.0.1:${await freePort()}`);
    const probe = page.getByRole('button', { name: 'Probar la fuente' });
    await probe.click();
    const told = page.getByRole('status').filter({ hasText: 'Moodle' });
    await told.waitFor();
    expect(await told.innerText()).toContain('no acepta conexiones');
    await expectAccessible(page);

    const moodle = await moodleServer(moodleOf());
    try {
      await page.getByLabel('Dirección web de su Moodle').fill(moodle.url);
      await probe.click();
      await page.getByText(/Se puede leer: tiene \d+ cursos?\./).waitFor();
      await next(page);
      await step(page, '¿Qué cursos se informan?');
      await page.getByText('Encontrado en: nombre corto del curso').first().waitFor({ state: 'attached' });
      await page
        .getByText(/Encontrado en: nombre de la sección/)
        .first()
        .waitFor({ state: 'attached' });
      await expectAccessible(page);
      await next(page);
      await page
        .getByRole('alert')
        .filter({ hasText: 'algún código' })
        .or(page.getByText('El primer envío'))
        .first()
        .waitFor();
      expect(await readFile(join(day?.folder ?? '', 'puente.yaml'), 'utf8')).not.toContain('f00d');
    } finally {
      await moodle.close();
    }
  });

  test('to choose no course asks first, is said on Hoy, and is undone', async () => {
    const page = await begin(NEXT_MORNING);
    await fillOtec(page);
    await next(page);
    await step(page, '¿De dónde salen los datos?');
    await page
      .getByLabel('Elegir los archivos de avance')
      .setInputFiles((await readdir(DATA)).map((name) => join(DATA, name)));
    await page.getByText('Se puede leer: tiene 3 cursos.').waitFor();
    await next(page);
    await step(page, '¿Qué cursos se informan?');
    const yaml = () => readFile(join(day?.folder ?? '', 'puente.yaml'), 'utf8');
    const question = page.getByRole('dialog', { name: '¿No informar ningún curso?' });
    const chooseNone = async () => {
      await page.getByText('Elegir los cursos, y corregir sus códigos').click();
      await page.getByLabel(/^Elegir todos/).uncheck();
      await next(page);
      await question.waitFor();
    };
    await chooseNone();
    await expectAccessible(page);
    await question.getByRole('button', { name: 'Cancelar' }).click();
    expect(await yaml()).not.toContain('cursos: []');
    await next(page);
    await question.getByRole('button', { name: 'No informar ninguno' }).click();
    await page.getByRole('status').getByRole('button', { name: 'Deshacer' }).click();
    await page.getByRole('radio', { name: /^Informar todos los cursos/, checked: true }).waitFor();
    expect(await yaml()).not.toContain('cursos: []');

    await chooseNone();
    await question.getByRole('button', { name: 'No informar ninguno' }).click();
    await page.getByText('Ningún curso de «planillas» se informa desde esta noche.').waitFor();
    expect(await yaml()).toContain('cursos: []');
    await page.getByRole('link', { name: /^Hoy/ }).click();
    await page.getByRole('heading', { level: 1, name: 'Ningún curso se está informando.' }).waitFor();
    await page.getByRole('link', { name: 'Elegir cursos' }).waitFor();
    await expectAccessible(page);
  });

  test('a token that is changed later is used at once and shown nowhere', async () => {
    const page = await begin(NEXT_MORNING);
    await fillOtec(page, TOKEN.replace('7C0A', 'FFFF'));
    await next(page);
    await step(page, '¿De dónde salen los datos?');
    await page.goto(new URL('/ajustes', day?.url).href);
    const probe = page.getByRole('button', { name: /^Probar la conexión/ });
    await probe.click();
    await page.getByText('no acepta a la OTEC').waitFor();
    // As Hoy and the mail lead there: before the field itself.
    await page.goto(new URL('/ajustes?token=77124930-2', day?.url).href);
    const field = page.getByLabel('Token', { exact: true });
    await expect.poll(() => field.evaluate((one) => one === document.activeElement)).toBe(true);
    // Tried before it is kept; what SENCE does not take stays where it was typed.
    await field.fill(TOKEN.replace('7C0A', 'EEEE'));
    await page.getByRole('button', { name: 'Probar y guardar' }).click();
    await page.getByText('no acepta a la OTEC').waitFor();
    expect(await field.inputValue()).toBe(TOKEN.replace('7C0A', 'EEEE'));
    await page.getByRole('button', { name: 'Guardar igual' }).waitFor();
    await expectAccessible(page);
    await field.fill(TOKEN);
    await page.getByRole('button', { name: 'Probar y guardar' }).click();
    await page.getByText('Token guardado.').waitFor();
    expect(await field.inputValue()).toBe('');
    await probe.click();
    await page.getByText('Se llega al Gestor Intermedio y acepta el token.').waitFor();
    expect(await page.content()).not.toContain(TOKEN);
    await page.goto(new URL('/ajustes/bitacora', day?.url).href);
    await page.getByText('OTEC 77124930-2: token nuevo.').first().waitFor();
    expect(await page.content()).not.toContain(TOKEN);
  });
});

async function expectFits(page: Page, width: number): Promise<void> {
  await expectAccessible(page);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
}

/** How many processes the Gestor has of this provider. */
async function historyOf(day: FirstDay | undefined): Promise<{ processes: number }> {
  const address = new URL(`${day?.gestor.url}/avance-sic/historialEnvios`);
  address.search = new URLSearchParams({ rutOtec: '77124930-2', idSistema: '1350', token: TOKEN }).toString();
  const list = await (await fetch(address)).json();
  return { processes: list.length };
}

/** Where nobody listens. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
