import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type RegistryFile, startGestor } from '@puente-sic/gestor';
import { findMariadb, startMariadb } from '../../packages/sources/test/moodle-bd/mariadb.ts';
import { type Bench, printTable, thousands } from '../bench.ts';
import { COURSES, generateLog, generateSite, indexSite, SECTIONS, STUDENTS } from '../moodle/generate.ts';
import { writeFiles } from './files.ts';
import { lookAt } from './look.ts';
import type { Measured, Site } from './measure.ts';
import { serveMoodle, writeLogs } from './services.ts';
import { AT, COURSE_IDS, modulesOf, OTEC, ofertaOf, peopleOf, rutOf } from './size.ts';

const LOG_ROWS = 400_000;
/** Odd: one of them is the middle. */
const ROUNDS = 3;

export const nightBench: Bench = {
  name: 'servicio',
  about: `the service's whole night over a real source, ${COURSES} courses × ${STUDENTS} students × ${SECTIONS} modules, beside one full reading and its sends; CPU`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'puente-bench-'));
    const archivo: Site = { tipo: 'archivo', ruta: writeFiles(folder) };
    const rows = [['', 'one reading', 'its sends', 'the night', 'ratio (aim 1.3)', 'peak MB']];
    try {
      rows.push(await compare('files', archivo));
      const moodle = await serveMoodle();
      const csv = writeLogs(folder);
      rows.push(await compare('Moodle by web services', { tipo: 'moodle-ws', url: moodle.url, csv }));
      await moodle.close();
      if (findMariadb()) rows.push(await byDatabase());
      else console.log('  MariaDB is not installed: Moodle by its database is not measured.');
      printTable(rows);
      await delays(archivo);
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

/** How long anything has to wait in the process that sends, alone and while three people look at Hoy. */
async function delays(site: Site): Promise<void> {
  const alone = await measure('night', site);
  const watched = await measure('watched', site);
  const row = (name: string, { delay }: Measured) => [name, delay.most.toFixed(0), delay.p99.toFixed(0)];
  printTable([
    ["the loop's delay while sending, ms", 'greatest', '99 %'],
    row('alone', alone),
    row('watched', watched),
  ]);
  console.log(`  Watched above alone: ${(watched.delay.most - alone.delay.most).toFixed(0)} ms (budget 50).`);
}

async function byDatabase(): Promise<string[]> {
  const server = await startMariadb({ bufferPool: '256M' });
  try {
    const url = await server.createDatabase();
    const connection = await server.connect(url);
    await generateSite(connection);
    await generateLog(connection, 0, LOG_ROWS);
    await indexSite(connection);
    await connection.end();
    return await compare('Moodle by its database', { tipo: 'moodle-bd', url });
  } finally {
    await server.stop();
  }
}

/** By turns, so that a slow moment of the machine meets all three; the round whose ratio is the middle one. */
async function compare(name: string, site: Site): Promise<string[]> {
  const rounds = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const read = await measure('read', site);
    const sends = await measure('sends', site);
    const night = await measure('night', site);
    rounds.push({ read, sends, night, ratio: night.cpu / (read.cpu + sends.cpu) });
  }
  const sorted = rounds.toSorted((a, b) => a.ratio - b.ratio);
  const [least, middle, most] = [sorted[0], sorted[(ROUNDS - 1) / 2], sorted.at(-1)];
  if (!least || !middle || !most) throw new Error('no round was measured');
  return [
    name,
    ...[middle.read, middle.sends, middle.night].map(({ cpu }) => `${cpu.toFixed(2)} s`),
    `${middle.ratio.toFixed(2)} × (${least.ratio.toFixed(2)} to ${most.ratio.toFixed(2)})`,
    thousands(middle.night.peak),
  ];
}

/** A fresh Gestor here, the measurement in a process of its own. */
async function measure(what: 'read' | 'sends' | 'night' | 'watched', site: Site): Promise<Measured> {
  const datos = mkdtempSync(join(tmpdir(), 'puente-gestor-'));
  const gestor = await startGestor({ datos, registro: registry(), clock: () => AT });
  try {
    return await inProcess([what, JSON.stringify(site), gestor.url]);
  } finally {
    await gestor.close();
    rmSync(datos, { recursive: true });
  }
}

function inProcess(args: string[]): Promise<Measured> {
  return new Promise((resolve, reject) => {
    const script = fileURLToPath(new URL('measure.ts', import.meta.url));
    const child = fork(script, args, { execArgv: process.execArgv });
    const left = new AbortController();
    child.on('message', (said: Measured | { url: string }) => {
      if ('url' in said) lookAt(said.url, left.signal).catch(reject);
      else resolve(said);
    });
    child.once('exit', (code) => {
      left.abort();
      reject(new Error(`the measurement ended with ${code}`));
    });
  });
}

function registry(): RegistryFile {
  return {
    otecs: [{ rut: OTEC.rut, nombre: 'Medida', token: OTEC.token }],
    cursos: COURSE_IDS.map((course) => ({
      ...{ codigoOferta: ofertaOf(course), codigoGrupo: ofertaOf(course), rutOtec: OTEC.rut },
      nombre: 'Medida',
      modulos: modulesOf(course).map((codigoModulo) => ({ codigoModulo, nombre: codigoModulo })),
      alumnos: peopleOf(course).map((person) => ({ rut: rutOf(person), nombre: 'Persona' })),
    })),
  };
}
