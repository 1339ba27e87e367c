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
import type { Measured, Site } from './measure.ts';
import { serveMoodle, writeLogs } from './services.ts';
import { AT, COURSE_IDS, modulesOf, OTEC, ofertaOf, peopleOf, rutOf } from './size.ts';

const LOG_ROWS = 400_000;

export const nightBench: Bench = {
  name: 'servicio',
  about: `the service's whole night over a real source, ${COURSES} courses × ${STUDENTS} students × ${SECTIONS} modules, beside one full reading and its sends; CPU`,
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'puente-bench-'));
    const rows = [['', 'one reading', 'its sends', 'the night', 'ratio (aim 1.3)', 'peak MB']];
    try {
      rows.push(await compare('files', { tipo: 'archivo', ruta: writeFiles(folder) }));
      const moodle = await serveMoodle();
      const csv = writeLogs(folder);
      rows.push(await compare('Moodle by web services', { tipo: 'moodle-ws', url: moodle.url, csv }));
      await moodle.close();
      if (findMariadb()) rows.push(await byDatabase());
      else console.log('  MariaDB is not installed: Moodle by its database is not measured.');
    } finally {
      rmSync(folder, { recursive: true });
    }
    printTable(rows);
  },
};

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

async function compare(name: string, site: Site): Promise<string[]> {
  const read = await measure('read', site);
  const sends = await measure('sends', site);
  const night = await measure('night', site);
  return [
    name,
    ...[read, sends, night].map(({ cpu }) => `${cpu.toFixed(2)} s`),
    `${(night.cpu / (read.cpu + sends.cpu)).toFixed(2)} ×`,
    thousands(night.peak),
  ];
}

/** A fresh Gestor here, the measurement in a process of its own. */
async function measure(what: 'read' | 'sends' | 'night', site: Site): Promise<Measured> {
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
    child.once('message', (measured) => resolve(measured as Measured));
    child.once('exit', (code) => reject(new Error(`the measurement ended with ${code}`)));
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
