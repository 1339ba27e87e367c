import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as wait } from 'node:timers/promises';
import { createFirstUsuario, enlacesIn, type Running } from '@puente-sic/app';
import { GestorClient } from '@puente-sic/client';
import { type CursoConfig, openLedger, send, serve } from '@puente-sic/engine';
import { type Panel, startPanel } from '@puente-sic/panel';
import {
  archivoSource,
  type CourseTree,
  moodleBdSource,
  moodleWsSource,
  type Source,
} from '@puente-sic/sources';
import { shownSetup } from '../../packages/panel/test/support/setup.ts';
import { VISITOR } from './look.ts';
import { AT, COURSE_IDS, modulesOf, OTEC, ofertaOf, RECORDS } from './size.ts';

/** Which source, and where it is. */
export type Site =
  | { tipo: 'archivo'; ruta: string }
  | { tipo: 'moodle-bd'; url: string }
  | { tipo: 'moodle-ws'; url: string; csv: string };

/** What one process measured of itself. */
export interface Measured {
  /** CPU of every thread, seconds. */
  cpu: number;
  /** Peak of resident memory, MB. */
  peak: number;
  /** The loop's greatest delay and its 99th percentile while the night was sent, ms. */
  delay: { most: number; p99: number };
}

/**
 * One measurement in a process of its own. argv: what (`read`: one full reading; `sends`: what was read already is sent
 * by `send`; `night`: the service from before the window to the morning after; `watched`: the same with a panel that the
 * parent looks at), the site, the Gestor's address.
 */
const [what = '', siteText = '', baseUrl = ''] = process.argv.slice(2);
const site: Site = JSON.parse(siteText);
const folder = mkdtempSync(join(tmpdir(), 'puente-noche-'));
const ledger = await openLedger(folder);
const client = new GestorClient({ baseUrl, credenciales: { rutOtec: OTEC.rut, token: OTEC.token } });
const clientFor = () => client;
const cursos = COURSE_IDS.map(configOf);
const MINUTE = 60_000;
const IDLE_MINUTE_MS = 40;
const LOOK_EVERY_MS = 100;

const loop = monitorEventLoopDelay({ resolution: 5 });
const panel = what === 'watched' ? await openPanel() : null;
const cpu = what === 'read' ? await read() : what === 'sends' ? await sends() : await night();
loop.disable();
const delay = { most: loop.max / 1e6, p99: loop.percentile(99) / 1e6 };
const measured: Measured = { cpu, peak: process.resourceUsage().maxRSS / 1024, delay };
await panel?.close();
await ledger.close();
rmSync(folder, { recursive: true });
process.send?.(measured);

async function read(): Promise<number> {
  const source = sourceOf(() => AT);
  const before = process.cpuUsage();
  const { courses } = await source.read({ at: AT, courses: cursos });
  const spent = since(before);
  await source.close();
  if (courses.length !== COURSE_IDS.length) throw new Error(`${courses.length} courses read`);
  return spent;
}

async function sends(): Promise<number> {
  const source = sourceOf(() => AT);
  const { courses } = await source.read({ at: AT, courses: cursos });
  await source.close();
  const before = process.cpuUsage();
  const sources = [sourceThatHas(courses)];
  const clock = () => AT;
  await send({ sources, cursos, otecs: [OTEC], ledger, version: 2, at: AT, clock, clientFor });
  const spent = since(before);
  await expectAllAccepted();
  return spent;
}

/**
 * From 21:50 to 08:00. A minute in which the night reads, sends or confirms is a real one, cut short when that has ended;
 * one in which there is nothing to do passes in milliseconds.
 */
async function night(): Promise<number> {
  let now = new Date(AT.getTime() - 40 * MINUTE);
  let done = 0;
  let confirmed = false;
  const end = AT.getTime() + 9.5 * 60 * MINUTE;
  const clock = () => now;
  const ended = new AbortController();
  const source = sourceOf(clock);
  const before = process.cpuUsage();
  loop.enable();
  await serve({
    ...{ providers: [{ otec: OTEC, sources: [source], cursos }], ledger, version: 2, clock, clientFor },
    signal: ended.signal,
    pause: async () => {
      const since = now.getTime() - AT.getTime();
      if (since >= -30 * MINUTE && done < COURSE_IDS.length) await until(() => done === COURSE_IDS.length);
      else if (since >= 100 * MINUTE && !confirmed) {
        await until(isConfirmed);
        confirmed = await isConfirmed();
      } else await wait(IDLE_MINUTE_MS);
      now = new Date(now.getTime() + MINUTE);
      if (now.getTime() >= end) ended.abort();
    },
    onEvent: ({ kind }) => {
      if (kind === 'done') done += 1;
      if (done === COURSE_IDS.length) loop.disable();
    },
    onDefect: ({ error }) => {
      throw error;
    },
  });
  const spent = since(before);
  await source.close();
  await expectAllAccepted();
  return spent;
}

/** A minute of this computer's, or as much of it as it takes. */
async function until(isDone: () => boolean | Promise<boolean>): Promise<void> {
  for (const from = performance.now(); performance.now() - from < MINUTE; ) {
    await wait(LOOK_EVERY_MS);
    if (await isDone()) return;
  }
}

/** Whether SENCE's history was found to have what it accepted. */
async function isConfirmed(): Promise<boolean> {
  const { open } = await ledger.db
    .selectFrom('envio')
    .select(({ fn }) => fn.countAll<number>().as('open'))
    .where('confirmado', 'is', null)
    .executeTakeFirstOrThrow();
  return open === 0;
}

/** Tells the parent where to look. */
async function openPanel(): Promise<Panel> {
  const running: Running = {
    ...{
      providers: [{ otec: OTEC, sources: [sourceOf(() => AT)], cursos }],
      pendientes: [],
      version: 2,
      clientFor,
      ensayo: false,
    },
  };
  const clock = () => AT;
  await createFirstUsuario(ledger, 'consola', VISITOR, AT);
  const place = { datos: folder, env: {} };
  const panel = await startPanel({
    ...{ ledger, setup: shownSetup(running, clock), clock, port: 0, enlaces: enlacesIn(place, clock) },
    use: (work) => work(running),
    clave: async () => 'the key of a test, and of no other',
  });
  process.send?.({ url: panel.url });
  return panel;
}

function sourceOf(clock: () => Date): Source {
  const stateDir = folder;
  if (site.tipo === 'archivo') return archivoSource({ name: 'aula', ruta: site.ruta });
  if (site.tipo === 'moodle-bd') return moodleBdSource({ name: 'aula', url: site.url, stateDir });
  const { url, csv } = site;
  return moodleWsSource({
    ...{ name: 'aula', url, token: 'f'.repeat(32), stateDir, clock },
    tiempo: { csv },
  });
}

function sourceThatHas(courses: CourseTree[]): Source {
  return {
    name: 'aula',
    listCourses: async () => [],
    read: async () => ({ courses, notGiven: [], findings: [] }),
    close: async () => {},
  };
}

function configOf(course: number): CursoConfig {
  const codigoOferta = ofertaOf(course);
  const curso = site.tipo === 'archivo' ? codigoOferta : String(course);
  return { fuente: 'aula', otec: OTEC.rut, curso, codigoOferta, codigoGrupo: codigoOferta };
}

/** A night that sends nothing would be the cheapest. */
async function expectAllAccepted(): Promise<void> {
  const { total } = await ledger.db
    .selectFrom('aceptado')
    .select(({ fn }) => fn.countAll<number>().as('total'))
    .executeTakeFirstOrThrow();
  if (total !== RECORDS) throw new Error(`${total} of ${RECORDS} records accepted (${modulesOf(2).join()})`);
}

function since(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
