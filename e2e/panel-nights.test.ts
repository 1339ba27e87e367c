import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ESPERA_INCIERTO_MS, type ServeEvent } from '@puente-sic/engine';
import { moodleWsSource } from '@puente-sic/sources';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from './browser.ts';
import { Desk, expectAccessible } from './panel-page.ts';
import { openWorld, type World } from './panel-world.ts';

/** 23 November 2026 is a Monday; the window is from 22:00 to 00:00 in Santiago. */
const monday = (time: string) => new Date(`2026-11-23T${time}:00-03:00`);
const tuesday = (time: string) => new Date(`2026-11-24T${time}:00-03:00`);
const CURSO = '/cursos/77124930-2/CAP-26-01-13-0446-1/CAP-26-01-13-0446-1';
const OTRO = '/cursos/77124930-2/CAP-26-01-05-0787-2/CAP-26-01-05-0787-2';

const times =
  (count: number, kind: ServeEvent['kind']) =>
  (told: ServeEvent[]): boolean =>
    told.filter((event) => event.kind === kind).length >= count;

/** A hang and no slowness ends a test: axe alone takes seconds on a busy machine. */
const LIMIT = { timeout: 400_000 };

describe.skipIf(CHROMIUM === null)('the nights as the panel shows them', LIMIT, () => {
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

  async function begin(instant: Date, options: Parameters<typeof openWorld>[0] = {}): Promise<void> {
    world = await openWorld(options);
    world.setClock(instant);
    desk = new Desk(browser, () => world.site.url);
    await desk.makeAccount(await world.enlace());
  }

  /** A page that will not be loaded again: it must keep up by itself. */
  async function watch(path: string): Promise<Page> {
    const page = await desk.open(path);
    await page.evaluate(() => {
      document.body.dataset.mark = 'the first load';
    });
    return page;
  }

  async function expectSameLoad(page: Page): Promise<void> {
    expect(await page.evaluate(() => document.body.dataset.mark)).toBe('the first load');
  }

  test('a night seen live, from the countdown to the calendar', async () => {
    await begin(monday('19:00'));
    const page = await watch('/');
    await page.getByText(/^en (3 h|2 h 5\d min)$/).waitFor();
    const night = page.getByRole('region', { name: 'La noche, curso por curso' });
    expect(await night.count()).toBe(0);

    // All are read once and go out two at a time; the third one waits for its turn.
    world.line.hold();
    const sent = world.service(monday('22:00'), times(3, 'done'));
    await night.getByText('Enviando', { exact: true }).nth(1).waitFor();
    await page.getByText('0 / 3', { exact: true }).waitFor();
    await night.getByText('desde las 22:00').waitFor();
    expect(await night.getByText('Por enviar').count()).toBe(1);
    // Nothing was lost: what is on its way is no student of whom nothing is known.
    await page.getByRole('img', { name: 'De 3 cursos: 2 en camino, 1 en espera' }).waitFor();
    expect(await page.getByText(/de quienes? no se sabe/).count()).toBe(0);
    await page.getByRole('cell').getByText('Se está enviando', { exact: true }).nth(1).waitFor();
    await expectAccessible(page);
    world.line.open();
    await sent;
    await page.getByRole('heading', { level: 1, name: /^Esta noche llegaron los 3 cursos\./ }).waitFor();
    await page.getByText('3 / 3', { exact: true }).waitFor();
    const bars = page.locator('.cursos .noches');
    expect(await bars.count()).toBe(3);
    for (const bar of await bars.all()) {
      expect(await bar.locator('i').last().getAttribute('title')).toMatch(
        /^lunes, 23 de noviembre: SENCE (aceptó|rechazó)/,
      );
    }
    await expectAccessible(page);
    await expectSameLoad(page);
  });

  test('a refused token: told on Hoy and by the test of the connection, and gone once it is well', async () => {
    await begin(monday('19:00'));
    await world.fault({ falla: 'codigo-001', veces: 100 });
    await world.fault({ falla: 'codigo-001', veces: 100, endpoint: 'historialEnvios' });
    const page = await watch('/');
    await page.getByText(/^Sale sola a las/).waitFor();
    await world.service(monday('22:00'), times(1, 'retry'));
    const alarm = page.getByRole('alert').filter({ hasText: 'SENCE no acepta el token' });
    await alarm.getByText('Qué hacer:').waitFor();
    expect(await alarm.innerText()).toContain('sistemas.sence.cl/rts');
    // It stops them all: no other course asks SENCE for the same refusal.
    await page.getByText('Se reintenta', { exact: true }).nth(2).waitFor();
    await page
      .getByText(/a las 22:01/)
      .nth(2)
      .waitFor();
    await page.getByRole('link', { name: /^Hoy 1 alarma$/ }).waitFor();
    await expectAlarming(page);

    const settings = await desk.open('/ajustes');
    const probe = settings.getByRole('button', { name: /^Probar la conexión/ });
    await probe.click();
    const told = settings.getByRole('status').filter({ hasText: 'no acepta a la OTEC 77124930-2' });
    await told.waitFor();
    await expectAlarming(settings);

    await world.fault(null);
    await world.service(monday('22:01'), times(3, 'done'));
    await alarm.waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Hoy', exact: true }).waitFor();
    await page.getByText('3 / 3', { exact: true }).waitFor();
    await probe.click();
    await settings.getByText('Se llega al Gestor Intermedio y acepta el token.').waitFor();
    await expectSameLoad(page);
  });

  test('a token that a person mends in the morning: the alarm does not wait for the night', async () => {
    await begin(monday('22:00'));
    await world.fault({ falla: 'codigo-001', veces: 100 });
    await world.service(monday('22:00'), times(1, 'retry'));
    await world.fault(null);
    const page = await watch('/');
    world.setClock(tuesday('07:00'));
    const alarm = page.getByRole('alert').filter({ hasText: 'SENCE no acepta el token' });
    await alarm.waitFor();
    const settings = await desk.open('/ajustes');
    await settings.getByRole('button', { name: /^Probar la conexión/ }).click();
    await alarm.waitFor({ state: 'detached' });
    await expectSameLoad(page);
  });

  test('a folder that has gone: said calmly, an alarm when it stays away, a lost night, quiet when all has been sent', async () => {
    await begin(monday('19:00'));
    const page = await watch('/');
    await page.getByText(/^Sale sola a las/).waitFor();
    await world.dataFrom(null);
    await world.service(monday('22:00'), times(1, 'condition'));
    const calm = page.getByRole('region', { name: 'Puente lo sigue intentando' });
    await calm.getByText('No se puede leer «planillas»').waitFor();
    await page.getByText('Todos los cursos de «planillas»').waitFor();
    await page.getByText(/a las 22:02/).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    await page.getByRole('link', { name: 'Hoy', exact: true }).waitFor();
    await expectAlarming(page);
    // In half an hour it did not come back by itself: now somebody has to look.
    await world.service(monday('22:31'), times(1, 'retry'));
    const alarm = page.getByRole('alert').filter({ hasText: 'No se puede leer «planillas»' });
    await alarm.getByText('Qué hacer:').waitFor();
    await calm.waitFor({ state: 'detached' });
    await expectAlarming(page);

    const elsewhere = await watch('/envios');
    await elsewhere.getByRole('link', { name: /^Hoy 1 alarma$/ }).waitFor();
    await world.service(tuesday('00:30'), times(1, 'lost'));
    const lost = page.getByRole('alert').filter({ hasText: 'Se perdió la noche del lunes, 23 de noviembre' });
    await lost.getByText('todos los cursos de «planillas»').waitFor();
    await lost.getByText('Qué hacer:').waitFor();
    await page.getByRole('heading', { level: 1, name: /^Anoche no se informó\./ }).waitFor();
    expect(await page.getByRole('cell').getByText('No se envió', { exact: true }).count()).toBe(3);
    await elsewhere.getByRole('link', { name: /^Hoy 2 alarmas$/ }).waitFor();
    await expectAlarming(page);

    world.setClock(tuesday('11:45'));
    const morning = await desk.open('/');
    await morning.getByText('Se perdió la noche del lunes, 23 de noviembre').waitFor();

    await world.dataFrom('otec-demo');
    await world.service(tuesday('23:30'), times(3, 'done'));
    await page.getByRole('heading', { level: 1, name: /^Esta noche llegaron los 3 cursos\./ }).waitFor();
    await alarm.waitFor({ state: 'detached' });
    await lost.waitFor({ state: 'detached' });
    await page.getByText('1 noche perdida en los últimos 30 días').waitFor();
    await elsewhere.getByRole('link', { name: 'Hoy', exact: true }).waitFor();
    await expectSameLoad(page);
    await expectSameLoad(elsewhere);
  });

  test('a course that its source gives no more: red, never called ready, and gone once it is back', async () => {
    await begin(monday('22:00'));
    await world.service(monday('22:00'), times(3, 'done'));
    // A session that nobody uses ends.
    world.setClock(tuesday('09:30'));
    const page = await watch('/');
    await page.getByText(/^Anoche llegaron los 3 cursos\./).waitFor();
    world.setClock(tuesday('21:00'));
    await (await desk.open('/')).getByText(/^Sale sola a las/).waitFor();

    const file = join(world.data, 'planilla-gestion.csv');
    const rows = await readFile(file, 'latin1');
    await rm(file);
    await world.service(tuesday('22:00'), (told) => times(2, 'done')(told) && times(1, 'retry')(told));
    const red = page.getByRole('alert').filter({ hasText: 'Hay que actuar: 1 aviso de la noche del martes' });
    await red.getByText(/«Planilla de cálculo.*ya no está en «planillas»/).waitFor();
    await red.getByText('Qué hacer:').waitFor();
    await page.getByText('2 / 3', { exact: true }).waitFor();
    await page.getByRole('link', { name: /^Hoy 1 alarma$/ }).waitFor();
    expect(await page.getByText(/llegaron los 3 cursos/i).count()).toBe(0);
    await expectAlarming(page);

    // It comes back without one of its students: that one is told by name, and the course goes out.
    const student = '8.603.864-1';
    const left = rows.split('\n').filter((row) => !row.includes(student));
    await writeFile(file, left.join('\n'), 'latin1');
    await world.service(tuesday('22:02'), times(1, 'done'));
    await page.getByRole('heading', { level: 1, name: /^Esta noche llegaron los 3 cursos\./ }).waitFor();
    await red.waitFor({ state: 'detached' });
    const yellow = page.getByRole('region', { name: 'Conviene mirar' });
    await yellow.getByText('Antonia Muñoz Curihuinca (8.603.864-1)').waitFor();
    await yellow.getByText('ya no está en la fuente').waitFor();
    await page.getByRole('link', { name: 'Hoy', exact: true }).waitFor();
    await expectAlarming(page);
    await expectSameLoad(page);
  });

  test('a Moodle that does not answer: told by its name, and the other source goes on', async () => {
    const aula = { name: 'aula', url: 'http://127.0.0.1:1/', token: '0'.repeat(32), pauses: [] };
    await begin(monday('19:00'), { sources: [moodleWsSource(aula)] });
    const page = await watch('/');
    await page.getByText(/^Sale sola a las/).waitFor();
    await world.service(monday('23:30'), times(3, 'done'));
    const alarm = page.getByRole('alert').filter({ hasText: 'No se puede leer «aula»' });
    await alarm.getByText('Qué hacer:').waitFor();
    await page.getByText('3 / 4', { exact: true }).waitFor();
    await page.getByText('Todos los cursos de «aula»').waitFor();
    await page.getByText(/a las 23:32/).waitFor();
    await world.service(tuesday('00:01'), times(1, 'lost'));
    await page
      .getByRole('alert')
      .filter({ hasText: 'Se perdió la noche del lunes' })
      .getByText('Sin enviar: todos los cursos de «aula».')
      .waitFor();
    expect(await page.getByRole('cell').getByText('No se envió', { exact: true }).count()).toBe(0);
    await expectSameLoad(page);
  });

  test('an unknown outcome settles itself, and nothing is sent twice', async () => {
    await begin(monday('23:30'));
    const before = await processes();
    // The first call is recorded and its answer lost; for a while the history cannot be asked either.
    await world.fault({ falla: 'corte-despues' });
    await world.fault({ falla: 'http-503', veces: 1000, endpoint: 'historialEnvios' });
    const page = await watch('/');
    await page.getByText('Comienza el envío de esta noche').waitFor();
    const list = await watch('/envios');
    await list.getByRole('columnheader', { name: 'Partes' }).waitFor();
    const cut = monday('23:50');
    await world.service(cut, (told) => times(1, 'retry')(told) && times(2, 'done')(told));
    await page.getByText('2 / 3', { exact: true }).waitFor();
    await page.getByText('Sin respuesta', { exact: true }).waitFor();
    const row = list.getByRole('row').filter({ hasText: 'sin respuesta' });
    await row.getByText('Se sabrá con certeza desde las 00:10').waitFor();
    await expectAlarming(list);
    const address = await row.getByRole('link').first().getAttribute('href');
    const one = await watch(address ?? '');
    await one.getByText('Desde las 00:10 se sabrá con certeza').waitFor();
    await expectAlarming(one);
    await page.getByText(/Puente le vuelve a preguntar a las 23:51/).waitFor();
    await expectAlarming(page);

    // The window ends meanwhile: it waits for the history, it is no lost night.
    await world.fault(null);
    await world.service(new Date(cut.getTime() + ESPERA_INCIERTO_MS), times(1, 'done'));
    await one.getByText('El historial de SENCE lo aclaró').waitFor();
    await row.waitFor({ state: 'detached' });
    await page.getByText(/^Anoche llegaron los 3 cursos\./).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
    expect(await processes()).toBe(before + 3);
    for (const each of [page, list, one]) await expectSameLoad(each);
  });

  test('what waits for an answer is looked for at once when somebody asks, and is not sent again', async () => {
    await begin(monday('23:30'));
    const before = await processes();
    await world.fault({ falla: 'corte-despues' });
    await world.fault({ falla: 'http-503', veces: 1000, endpoint: 'historialEnvios' });
    const list = await watch('/envios');
    await list.getByRole('columnheader', { name: 'Partes' }).waitFor();
    await world.service(monday('23:50'), (told) => times(1, 'retry')(told) && times(2, 'done')(told));
    await list.getByRole('heading', { level: 1, name: /^1 envío espera la respuesta de SENCE/ }).waitFor();
    await world.fault(null);
    // A refused question makes it wait a little: by now it may ask again.
    world.setClock(monday('23:58'));
    await list.getByRole('button', { name: /^Buscarlo ahora/ }).click();
    await list.getByText(/no hay respuesta clara sobre/).waitFor({ state: 'detached' });
    await list
      .getByRole('heading', { level: 1, name: 'Ningún envío espera la respuesta de SENCE' })
      .waitFor();
    expect(await list.getByRole('status').filter({ hasText: 'SENCE' }).count()).toBeGreaterThan(0);
    expect(await processes()).toBe(before + 3);
    await expectSameLoad(list);
  });

  test('what never arrived is known after its time, and is sent then, once', async () => {
    await begin(monday('23:00'));
    const before = await processes();
    await world.fault({ falla: 'corte-antes' });
    const list = await watch('/envios');
    await list.getByRole('columnheader', { name: 'Partes' }).waitFor();
    const cut = monday('23:20');
    await world.service(cut, (told) => times(1, 'retry')(told) && times(2, 'done')(told));
    await list.getByRole('row').filter({ hasText: 'sin respuesta' }).waitFor();
    expect(await processes()).toBe(before + 2);
    await world.service(new Date(cut.getTime() + ESPERA_INCIERTO_MS), times(1, 'done'));
    await list.getByRole('row').filter({ hasText: 'Un intento no llegó' }).waitFor();
    expect(await list.getByRole('row').filter({ hasText: 'sin respuesta' }).count()).toBe(0);
    expect(await processes()).toBe(before + 3);
    await expectSameLoad(list);
  });

  test('a person sends while others watch; who sends at the same time is told to wait', async () => {
    await begin(monday('22:10'));
    const hoy = await watch('/');
    await hoy.getByText('Comienza el envío de esta noche').waitFor();
    const rosa = await watch(CURSO);
    const pedro = await operator('Pedro Ñancul', hoy);
    await pedro.goto(new URL(OTRO, world.site.url).href);
    await pedro.getByRole('button', { name: 'Enviar ahora' }).waitFor();
    world.line.hold();
    await rosa.getByRole('button', { name: 'Enviar ahora' }).click();
    await rosa.getByText('SENCE puede tardar minutos en responder').waitFor();
    await hoy.getByText('Envío que pidió Rosa Cáceres').waitFor();
    await hoy.getByText('SENCE puede tardar minutos en responder').waitFor();
    await hoy.getByRole('cell').getByText('Se está enviando', { exact: true }).waitFor();
    await expectAccessible(hoy);

    await pedro.getByRole('button', { name: 'Enviar ahora' }).click();
    await pedro.getByText('ya hay otro envío en marcha para esta OTEC').waitFor();
    await pedro.getByText('Espere a que termine').waitFor();
    await expectAlarming(pedro);
    await hoy.getByText('Envío que pidió Pedro Ñancul, terminado a las 22:10').waitFor();

    world.line.open();
    await rosa
      .getByText(/SENCE aceptó (todo|una parte)/)
      .filter({ visible: true })
      .first()
      .waitFor();
    await hoy.getByText('Envío que pidió Rosa Cáceres, terminado a las 22:10').waitFor();
    await hoy
      .getByText(/SENCE aceptó (todo|una parte)/)
      .filter({ visible: true })
      .first()
      .waitFor();
    await hoy.getByRole('cell').getByText('Se está enviando', { exact: true }).waitFor({ state: 'detached' });
    for (const page of [hoy, rosa]) await expectSameLoad(page);
  });

  test('a send by day takes nothing from the night, and both Hoy and the warning say so', async () => {
    await begin(monday('18:39'));
    const page = await watch(CURSO);
    await page.getByRole('button', { name: 'Enviar ahora' }).click();
    const warning = page.getByRole('dialog', { name: '¿Enviar fuera del horario de SENCE?' });
    await warning.getByText('esta noche saldrá lo que falte y lo que haya cambiado desde entonces').waitFor();
    expect(await warning.getByText('Hoy ya se envió').count()).toBe(0);
    await warning.getByRole('button', { name: 'Enviar ahora de todos modos' }).click();
    await page
      .getByText(/SENCE aceptó (todo|una parte)/)
      .filter({ visible: true })
      .first()
      .waitFor();
    const hoy = await watch('/');
    await hoy.getByText(/^Hoy ya se envió 1 de 3 cursos, a las 18:39\. Esta noche sale/).waitFor();
    await hoy
      .getByRole('cell')
      .getByText(/^Hoy ya se envió a las 18:39\. Esta noche sale/)
      .waitFor();
    await expectAlarming(hoy);
    await page.getByRole('button', { name: 'Enviar ahora' }).click();
    await warning.getByText(/^Hoy ya se envió a las 18:39\. Esta noche sale/).waitFor();
    await expectAccessible(page);
    desk.forgive(409, { often: true });
  });

  test('the line to the panel is cut, the panel starts anew: the page says so and catches up', async () => {
    await begin(monday('19:00'));
    const page = await watch('/');
    await page.getByText(/^Sale sola a las/).waitFor();
    const warning = page.getByText('No hay conexión con Puente');
    world.site.cut();
    await warning.waitFor();
    await expectAlarming(page);
    await world.fault({ falla: 'codigo-001', veces: 100 });
    await world.service(monday('22:00'), times(1, 'retry'));
    world.site.open();
    const alarm = page.getByRole('alert').filter({ hasText: 'SENCE no acepta el token' });
    await alarm.waitFor();
    await warning.waitFor({ state: 'detached' });
    await world.fault(null);

    const rosa = await watch(CURSO);
    world.line.hold();
    await rosa.getByRole('button', { name: 'Enviar ahora' }).click();
    await rosa.getByText('SENCE puede tardar minutos en responder').waitFor();
    world.site.cut();
    await warning.waitFor();
    world.line.open();
    await world.restartPanel();
    await world.service(monday('23:30'), times(3, 'done'));
    world.site.open();
    await rosa.getByText('Puente se reinició mientras enviaba').waitFor();
    await page.getByRole('heading', { level: 1, name: /^Esta noche llegaron los 3 cursos\./ }).waitFor();
    await alarm.waitFor({ state: 'detached' });
    await warning.waitFor({ state: 'detached' });
    for (const each of [page, rosa]) await expectSameLoad(each);
    desk.forgiveCuts();
    desk.forgiveStart();
    desk.forgive(404, { often: true });
  });

  /** Makes an account with the administrator's page, and enters with it on another one. */
  async function operator(usuario: string, admin: Page): Promise<Page> {
    const clave = 'otra frase que solo sé yo';
    const made = await admin.request.post(new URL('/api/usuarios', world.site.url).href, {
      headers: { 'x-puente': '1' },
      data: { usuario, clave, rol: 'operador' },
    });
    expect(made.status()).toBe(200);
    const page = await desk.open('/', { anonymous: true });
    await page.getByLabel('Usuario').fill(usuario);
    await page.getByLabel('Contraseña').fill(clave);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await page.getByRole('link', { name: /^Hoy/ }).waitFor();
    return page;
  }

  /** How many processes the Gestor has. */
  async function processes(): Promise<number> {
    return (await world.client.history({ fechaDesde: '2026-11-01' })).processes.length;
  }
});

/** In both schemes, and on a telephone. */
async function expectAlarming(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
  const viewport = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
  if (viewport) await page.setViewportSize(viewport);
}
