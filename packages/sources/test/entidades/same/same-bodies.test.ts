import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  entidadesSource,
  pushSource,
  receiveClicks,
  receiveCourse,
  sqlSource,
  withInbox,
} from '../../../src/index.ts';
import type { Reading, Source } from '../../../src/source.ts';
import { ENGINES, type Engine } from '../../sql/engines.ts';
import { type Site, site } from './site.ts';
import { siteQueries, siteSql } from './sql.ts';
import { csvText, jsonRows, workbook } from './written.ts';

const AT = new Date('2026-11-23T22:30:00-03:00');
const SITES = fc.sample(site, { seed: 20261123, numRuns: 24 });

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-mismo-'));
  folders.push(folder);
  return folder;
}

const zoneOf = ({ naive }: Site) => (naive ? { zonaHoraria: 'America/Santiago' } : {});

async function readingOf(source: Source): Promise<Reading> {
  try {
    return await source.read({ at: AT });
  } finally {
    await source.close();
  }
}

/** All that is sent, and all that is told of it but where it stands. */
function bodies({ courses, notGiven }: Reading): string {
  const given = courses.map(({ students, modules, findings, id, title, ...course }) => ({
    ...{ id, title, modules },
    course: [course.codigoOferta, course.codigoGrupo, course.fechaInicio, course.fechaFin],
    findings: findings.map(({ code }) => code),
    students: students.map(({ alumno, name, held, heldModules = [], findings }) => ({
      ...{ alumno, name },
      told: [held, heldModules, findings].map((issues) => issues.map(({ code }) => code)),
    })),
  }));
  return JSON.stringify({ given, notGiven: notGiven.map(({ curso, cause }) => [curso, cause]) }, null, 1);
}

async function byFiles(one: Site, kind: 'csv' | 'ndjson' | 'xlsx'): Promise<Reading> {
  const ruta = await newFolder();
  if (kind === 'xlsx') await writeFile(join(ruta, 'aula.xlsx'), workbook(one));
  else
    for (const [entity, table] of Object.entries(one.tables)) {
      const lines = () => jsonRows(table, one.naive).map((row) => JSON.stringify(row));
      const text = kind === 'csv' ? csvText(table, one.naive) : lines().join('\n');
      await writeFile(join(ruta, `${entity}.${kind}`), text);
    }
  return readingOf(entidadesSource({ name: 'aula', ruta, ...zoneOf(one) }));
}

async function byPush(one: Site): Promise<Reading> {
  const stateDir = await newFolder();
  const zone = zoneOf(one).zonaHoraria;
  const terms = { now: AT, ...(zone !== undefined && { zone }) };
  const { cursos, clics, ...rest } = one.tables;
  await withInbox({ name: 'aula', stateDir }, async (inbox) => {
    for (const curso of cursos ? jsonRows(cursos, one.naive) : []) {
      const own = Object.entries(rest).map(([entity, table]) => {
        const rows = jsonRows(table, one.naive).filter((row) => row.curso === curso.curso);
        return [entity, rows.map(({ curso: _, ...row }) => row)];
      });
      await receiveCourse(inbox, String(curso.curso), { curso, ...Object.fromEntries(own) }, terms);
    }
    // Ids say nothing of the order, as those that are drawn do not.
    const idOf = (at: number) => String((at * 7919) % 10_007);
    const clicks = clics ? jsonRows(clics, one.naive).map((row, at) => ({ id: idOf(at), ...row })) : [];
    // Two batches, the way that they come.
    receiveClicks(inbox, clicks.slice(0, 7), terms);
    receiveClicks(inbox, clicks.slice(7), terms);
  });
  return readingOf(pushSource({ name: 'aula', stateDir, clock: () => AT, ...zoneOf(one) }));
}

describe('one invented site gives the same bodies, to the byte', () => {
  const expected = new Map<Site, Promise<string>>();
  const ofCsv = (one: Site): Promise<string> => {
    const known = expected.get(one) ?? byFiles(one, 'csv').then(bodies);
    expected.set(one, known);
    return known;
  };

  it('and the sites are of every kind', async () => {
    const all = (await Promise.all(SITES.map(ofCsv))).join();
    for (const trace of ['"listaModulos"', '"evaluacionFinal"', '"notaModulo"', '"fechaInicio"', '🦊'])
      expect(all.includes(trace), trace).toBe(true);
    expect(SITES.filter(({ naive }) => naive).length).toBeGreaterThan(3);
    expect(SITES.filter(({ tables }) => tables.porcentajes).length).toBeGreaterThan(3);
    expect(SITES.filter(({ tables }) => tables.tiempos).length).toBeGreaterThan(3);
  });

  it.each(['ndjson', 'xlsx'] as const)('as %s', async (kind) => {
    for (const one of SITES) expect(bodies(await byFiles(one, kind))).toBe(await ofCsv(one));
  });

  it('pushed', async () => {
    for (const one of SITES) expect(bodies(await byPush(one))).toBe(await ofCsv(one));
  });

  for (const [kind, start] of ENGINES)
    describe.skipIf(start === null)(`by SQL on ${kind}`, () => {
      let engine: Engine;
      let url = '';
      let folder = '';
      beforeAll(async () => {
        folder = await newFolder();
        engine = await (start as () => Promise<Engine>)();
        url = await engine.createDatabase();
      });
      afterAll(() => engine?.stop());

      it('each column of the type that it would have there', async () => {
        for (const one of SITES) {
          const stale = ['avances', 'porcentajes', 'clics', 'tiempos'].map(
            (name) => `drop table if exists ${name}`,
          );
          await engine.run(url, [...stale, ...siteSql(one, kind as 'SQLite' | 'PostgreSQL' | 'MariaDB')]);
          const consultas = join(folder, 'aula.sql');
          await writeFile(consultas, siteQueries(one));
          const source = sqlSource({ name: 'aula', url, consultas, ...zoneOf(one) });
          expect(bodies(await readingOf(source))).toBe(await ofCsv(one));
        }
      });
    });
});
