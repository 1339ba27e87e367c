import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { alertCenter } from '@puente-sic/engine';
import type { Browser, Page } from 'playwright-core';
import { SMTPServer } from 'smtp-server';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { CHROMIUM, startBrowser } from './browser.ts';
import { Desk } from './panel-page.ts';
import { openWorld, type World } from './panel-world.ts';

interface Alumno {
  curso: string;
  titulo: string;
  rut: string;
  estado: string;
}

const PENDING = ['rechazado', 'sin-enviar', 'retenido', 'no-se-sabe'];
const OTEC = '77124930-2';

/** Every title, bar, chip, badge, total and mail is reckoned anew from one list: the students of each course. */
describe.skipIf(CHROMIUM === null)('what the panel and its mails count comes from one list', () => {
  let world: World;
  let browser: Browser;
  let desk: Desk;
  let list: Alumno[];

  beforeAll(async () => {
    [world, browser] = await Promise.all([openWorld(), startBrowser()]);
    const isDone = (told: { kind: string }[]) => told.filter(({ kind }) => kind === 'done').length >= 3;
    await world.service(new Date('2026-12-10T22:05:00-03:00'), isDone);
    world.setClock(new Date('2026-12-11T09:05:00-03:00'));
    desk = new Desk(browser, () => world.panel.url);
    await desk.makeAccount(await world.enlace());
    const page = await desk.open('/');
    list = await listOf(page);
    await desk.clear();
    expect(new Set(list.map(({ curso }) => curso)).size).toBe(3);
  });

  afterEach(() => desk.clear());

  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  /** As each course's own page has them. */
  async function listOf(page: Page): Promise<Alumno[]> {
    const read = async (path: string) => (await page.request.get(new URL(path, world.panel.url).href)).json();
    const { proveedores } = await read('/api/hoy');
    const found: Alumno[] = [];
    for (const { codigoOferta, codigoGrupo, titulo } of proveedores[0].cursos) {
      const { alumnos } = await read(`/api/cursos/${OTEC}/${codigoOferta}/${codigoGrupo}`);
      for (const { rut, estado } of alumnos)
        if (estado !== null) found.push({ curso: `${codigoOferta}/${codigoGrupo}`, titulo, rut, estado });
    }
    return found;
  }

  const courses = () => [...new Set(list.map(({ curso }) => curso))];
  const of = (curso: string) => list.filter((one) => one.curso === curso);
  const are = (students: readonly Alumno[], ...states: string[]) =>
    students.filter(({ estado }) => states.includes(estado)).length;
  const pending = (students: readonly Alumno[] = list) => are(students, ...PENDING);
  const figures = (text: string) => [...text.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  const badge = async (page: Page, name: RegExp) => {
    const link = page.getByRole('link', { name }).first();
    return figures(await link.innerText())[0] ?? 0;
  };
  /** The bar's own words: the whole, then its parts. */
  const expectBar = (words: string, students: readonly Alumno[]) => {
    const [total, ...parts] = figures(words.replace(/\(.*?\)/, ''));
    expect(total).toBe(students.length);
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe(students.length);
  };

  test('Hoy: the sentence, the bar, each course’s row, its foot, the button and the badge', async () => {
    const page = await desk.open('/');
    await page
      .getByRole('heading', { level: 1, name: `Hay ${pending()} alumnos con algo pendiente en SENCE.` })
      .waitFor();
    const bars = page.getByRole('img', { name: /^De \d+ alumnos/ });
    expectBar((await bars.first().getAttribute('aria-label')) ?? '', list);
    await page.getByText(`3 cursos · ${list.length} alumnos.`).waitFor();
    await page.getByRole('link', { name: `Corregir los ${pending()}` }).waitFor();
    expect(await badge(page, /^Por corregir/)).toBe(are(list, 'rechazado', 'retenido'));
    for (const curso of courses()) {
      const students = of(curso);
      const row = page.getByRole('row').filter({ hasText: curso.split('/')[0] ?? '' });
      const has = are(students, 'lo-tiene', 'sin-confirmar');
      await row.getByText(`${has} de ${students.length}`).waitFor();
      expectBar((await row.getByRole('img').first().getAttribute('aria-label')) ?? '', students);
      await row.getByRole('link', { name: new RegExp(`^${pending(students)} `) }).waitFor();
    }
    const withPending = courses().filter((curso) => pending(of(curso)) > 0).length;
    await page.getByRole('button', { name: `Con pendientes ${withPending}` }).waitFor();
  });

  test('Por corregir and Comparar: title, chips and groups', async () => {
    const page = await desk.open('/por-corregir');
    const toMend = are(list, 'rechazado', 'retenido');
    await page
      .getByRole('heading', { level: 1, name: `${toMend} alumnos con algo pendiente en SENCE` })
      .waitFor();
    await page.goto(new URL('/conciliacion', world.panel.url).href);
    await page.getByRole('button', { name: 'Comparar ahora' }).click();
    const same = list.length - pending();
    await page
      .getByRole('heading', { level: 1, name: `${same} de ${list.length} alumnos están iguales` })
      .waitFor();
    await page.getByRole('button', { name: `Por mirar ${pending()}` }).waitFor();
    await page.getByRole('button', { name: `Iguales ${same}` }).waitFor();
    const rows = await page
      .getByRole('table')
      .getByRole('row')
      .filter({ has: page.getByRole('rowheader') })
      .count();
    expect(rows).toBe(pending());
  });

  test('each course’s page has the bar of its own students', async () => {
    for (const curso of courses()) {
      const page = await desk.open(`/cursos/${OTEC}/${curso}`);
      const bar = page.getByRole('img', { name: new RegExp(`^De ${of(curso).length} alumnos`) }).first();
      expectBar((await bar.getAttribute('aria-label')) ?? '', of(curso));
      await page.context().close();
    }
  });

  test('Envíos, Evidencia and Por cerrar: totals are those of their rows', async () => {
    const page = await desk.open('/envios');
    const groups = page
      .getByRole('rowgroup')
      .filter({ has: page.getByRole('rowheader', { name: /^Noche del/ }) });
    await groups.first().waitFor();
    let lines = 0;
    for (const group of await groups.all()) {
      const head =
        (await group.getByRole('rowheader', { name: /^Noche del/ }).innerText()).split('·')[1] ?? '';
      const rows = await group.locator('td[data-titulo="Alumnos"]').allInnerTexts();
      expect(figures(head)).toEqual([rows.length, rows.reduce((sum, text) => sum + Number(text), 0)]);
      lines += rows.length;
    }
    await page.getByRole('button', { name: `Todos ${lines}` }).waitFor();

    await page.goto(new URL('/evidencia', world.panel.url).href);
    const sends = await page
      .locator('td[data-titulo="Envíos"]')
      .first()
      .waitFor()
      .then(() => page.locator('td[data-titulo="Envíos"]').allInnerTexts());
    const total = sends.reduce((sum, text) => sum + Number(text), 0);
    await page.getByRole('heading', { level: 1, name: `Hay prueba de ${total} envíos` }).waitFor();
    for (const curso of courses()) {
      const row = page.getByRole('row').filter({ hasText: curso.split('/')[0] ?? '' });
      await row.getByText(`${are(of(curso), 'lo-tiene')} de ${of(curso).length} alumnos`).waitFor();
    }

    await page.goto(new URL('/por-cerrar', world.panel.url).href);
    const table = page.getByRole('table', { name: 'Cursos por cerrar' });
    await table.waitFor();
    const cells = await table.locator('td[data-titulo="Pendientes"]').allInnerTexts();
    const waiting = cells.reduce((sum, text) => sum + Number(text), 0);
    expect(waiting).toBe(pending());
    expect(figures(await page.getByLabel('Resumen').innerText())).toContain(waiting);
    expect(await badge(page, /^Por cerrar/)).toBe(cells.length);
    const [soon = 0, open = 0] = figures(
      (await page.getByRole('heading', { level: 1 }).innerText()).replace(/próximos \d+ días/, ''),
    );
    expect(soon + open).toBe(cells.length);
  });

  test('the mails of the morning and of Monday, as they arrive', async () => {
    const mails: string[] = [];
    const smtp = new SMTPServer({
      authOptional: true,
      disabledCommands: ['STARTTLS'],
      onData(stream, _session, done) {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => parts.push(part));
        stream.on('end', () => {
          mails.push(plainOf(Buffer.concat(parts).toString('latin1')));
          done();
        });
      },
    });
    smtp.listen(0, '127.0.0.1');
    await once(smtp.server, 'listening');
    const { port } = smtp.server.address() as AddressInfo;
    const mailTo = (recibe: 'resumen' | 'cierre', now: string) =>
      alertCenter({
        ledger: world.ledger,
        clock: () => new Date(now),
        avisar: [
          {
            ...{ rutOtec: OTEC, otec: 'OTEC de demostración', panel: 'https://puente.otec.example' },
            canales: [
              {
                ...{ tipo: 'correo', servidor: '127.0.0.1', puerto: port, recibe: [recibe] },
                ...{ de: 'a@otec.example', para: [`${recibe}@otec.example`] },
              },
            ],
          },
        ],
      }).tick();
    try {
      await mailTo('resumen', '2026-12-11T09:05:00-03:00');
      await mailTo('cierre', '2026-12-14T09:05:00-03:00');
    } finally {
      await new Promise<void>((resolve) => smtp.close(resolve));
    }
    const [morning = '', monday = ''] = mails;
    expect(mails).toHaveLength(2);
    expect(morning).toContain(`Hay ${pending()} alumnos con algo pendiente en SENCE.`);
    expect(morning).toContain(`${are(list, 'sin-confirmar')} aceptados, sin confirmar`);
    const toMend = are(list, 'rechazado', 'retenido');
    const rows = [...morning.matchAll(/^(\d+): /gm)].map(([, many]) => Number(many));
    expect(rows.reduce((sum, many) => sum + many, 0)).toBe(toMend);
    expect(morning).toContain(`Corregir a los ${toMend} alumnos: https://puente.otec.example/por-corregir`);
    for (const { titulo, curso } of list) {
      const part = new RegExp(`${titulo}.*?De (\\d+) alumnos`, 's').exec(monday);
      if (part !== null) expect(Number(part[1])).toBe(of(curso).length);
    }
    expect(monday).toMatch(/De \d+ alumnos/);
    for (const text of mails) expect(text).not.toMatch(/npx|JSON|YAML|porcentajeAvance|«puente /);
    for (const { rut } of list) for (const text of mails) expect(text).not.toContain(rut);
  });
});

/** The plain text of a mail, decoded. */
function plainOf(raw: string): string {
  const [, head = '', body = ''] =
    /Content-Type: text\/plain; charset=utf-8\r\n([\s\S]*?)\r\n\r\n([\s\S]*?)\r\n--/.exec(raw) ?? [];
  if (/base64/i.test(head)) return Buffer.from(body, 'base64').toString('utf8');
  const bytes = body
    .replaceAll('=\r\n', '')
    .replaceAll(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString('utf8').replaceAll('\r\n', '\n');
}
