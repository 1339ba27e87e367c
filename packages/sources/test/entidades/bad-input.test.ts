import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderTables } from '../../src/entidades/folder.ts';
import { entidadesSource, sqlSource } from '../../src/index.ts';
import type { Reading, Source } from '../../src/source.ts';
import { withDatabase } from '../../src/sql/connect.ts';
import { readQueries } from '../../src/sql/queries.ts';
import { queryTables } from '../../src/sql/tables.ts';
import { ENGINES, type Engine, tablesSql } from '../sql/engines.ts';
import { AT, AULA, aulaWith, csvOf } from './aula.ts';

const folders: string[] = [];
afterAll(async () => {
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});
async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-malo-'));
  folders.push(folder);
  return folder;
}

async function folderOf(aula: Record<string, string[][]>): Promise<string> {
  const ruta = await newFolder();
  for (const [entity, rows] of Object.entries(aula))
    await writeFile(join(ruta, `${entity}.csv`), csvOf(rows));
  return ruta;
}

async function readingOf(source: Source): Promise<Reading> {
  try {
    return await source.read({ at: AT });
  } finally {
    await source.close();
  }
}
const files = async (aula: Record<string, string[][]>): Promise<Reading> =>
  readingOf(entidadesSource({ name: 'aula', ruta: await folderOf(aula) }));

/** Each student of a course with how many things hold the student back. */
const heldIn = ({ courses }: Reading, id: string): [string | undefined, number][] =>
  courses
    .filter((course) => course.id === id)
    .flatMap(({ students }) =>
      students.map(({ name, held }): [string | undefined, number] => [name, held.length]),
    );

const UNTOUCHED: [string, number][] = [
  ['Ana Ñancupil', 0],
  ['Elsa Ríos', 0],
];

describe('a column that turns from number to text in row 900,000', () => {
  const ROW = 900_000;
  /** Of a file, to the same code. */
  const LINE = 100_000;

  it('in a database holds back whom the row is about, and nobody else', async () => {
    const folder = await newFolder();
    const file = join(folder, 'aula.db');
    const db = new DatabaseSync(file);
    for (const statement of tablesSql(aulaWith({ clics: null }))) db.exec(statement);
    db.close();
    const consultas = join(folder, 'aula.sql');
    const others = Object.keys(AULA).filter((entity) => entity !== 'clics');
    await writeFile(
      consultas,
      `${others.map((entity) => `-- entidad: ${entity}\nselect * from ${entity};`).join('\n')}
-- entidad: clics
with recursive n(i) as (select 1 union all select i + 1 from n where i < ${ROW})
select case when i = ${ROW} then '7' else '8' end as curso, case when i = ${ROW} then 'bruno' else 'elsa' end as alumno,
  case when i = ${ROW} then 'muchos' else 1791291600 + i end as instante from n`,
    );
    const reading = await readingOf(sqlSource({ name: 'aula', url: `sqlite:${file}`, consultas }));
    expect(reading.notGiven).toEqual([]);
    expect(heldIn(reading, '7')).toEqual([
      ['Ana Ñancupil', 0],
      ['Bruno Díaz', 1],
      // Of a wrong RUT.
      ['Carla Malo', 1],
    ]);
    expect(heldIn(reading, '8')).toEqual(UNTOUCHED);
    expect(reading.courses[0]?.students[1]?.held[0]).toMatchObject({
      place: `aula.sql, entidad «clics», fila ${ROW}, columna instante`,
      message: expect.stringContaining('trae «muchos»'),
    });
    expect(reading.courses[2]?.students[0]?.alumno.tiempoConectividad).toBe(ROW - 2);
  });

  it('in a file, too; and every row after it costs no memory', async () => {
    const ruta = await folderOf(aulaWith({ clics: null }));
    const rows = ['curso;alumno;instante'];
    for (let row = 2; row < LINE; row++) rows.push(`8;elsa;${1_791_291_600 + row}`);
    for (let row = 0; row < 1000; row++) rows.push('7;bruno;muchos');
    await writeFile(join(ruta, 'clics.csv'), rows.join('\n'));
    const reading = await readingOf(entidadesSource({ name: 'aula', ruta }));
    const [issue] = reading.courses[0]?.students[1]?.held ?? [];
    expect(issue?.place).toBe(`clics.csv, fila ${LINE}, columna instante`);
    expect(heldIn(reading, '8')).toEqual(UNTOUCHED);
    expect(reading.courses[0]?.students[1]?.held.length).toBeLessThan(7);
  });
});

describe('what is no text', () => {
  const lines = (name: string) =>
    [
      '{"curso":"7","alumno":"ana","rut":"11.111.111-1"}',
      `{"curso":"7","alumno":"bruno","rut":"12345678-5","nombre":"${name}"}`,
      '{"curso":"8","alumno":"elsa","rut":"14567890-0","grupo":"CAP-26-02-B"}',
    ].join('\n');

  it.each([
    ['NUL', 'Br\\u0000uno'],
    ['a lone first half', 'Bruno\\ud83e'],
    ['a lone second half', '\\udd8aBruno'],
  ])('%s in a name holds back its person', async (_, name) => {
    const ruta = await folderOf(aulaWith({ alumnos: null }));
    await writeFile(join(ruta, 'alumnos.ndjson'), lines(name));
    const reading = await readingOf(entidadesSource({ name: 'aula', ruta }));
    const bruno = reading.courses[0]?.students[1];
    expect(bruno?.held[0]).toMatchObject({ place: 'alumnos.ndjson, fila 2, columna nombre' });
    // Nothing of it is shown as it came.
    expect(bruno?.held[0]?.message).not.toMatch(/[\p{Cs}\0]/u);
    expect(heldIn(reading, '8').map(([, held]) => held)).toEqual([0]);
  });

  it('lists without end in a line are told as no row, by that line', async () => {
    const ruta = await folderOf(aulaWith({ avances: null }));
    const endless = `{"curso":"7","alumno":${'['.repeat(9_000)}${']'.repeat(9_000)}}`;
    await writeFile(join(ruta, 'avances.ndjson'), endless);
    const told = await readingOf(entidadesSource({ name: 'aula', ruta })).catch((error: unknown) => error);
    expect(JSON.stringify(told, Object.getOwnPropertyNames(told))).toContain(
      'avances.ndjson: la línea 1 no es un objeto JSON',
    );
  });

  it('in the id of a person or a course costs what it names, told with its row', async () => {
    const ruta = await folderOf(aulaWith({ avances: null }));
    const avance = (curso: string, alumno: string) =>
      `{"curso":"${curso}","alumno":"${alumno}","actividad":"a1","completada":"sí"}`;
    const text = [avance('7', 'ana\\u0000'), avance('8\\ud800', 'elsa'), avance('8', 'elsa')].join('\n');
    await writeFile(join(ruta, 'avances.ndjson'), text);
    const reading = await readingOf(entidadesSource({ name: 'aula', ruta }));
    expect(reading.notGiven).toMatchObject([
      { curso: '7', cause: 'unreadable', issues: [{ place: 'avances.ndjson, fila 1, columna alumno' }] },
    ]);
    expect(reading.findings).toMatchObject([{ place: 'avances.ndjson, fila 2, columna curso' }]);
    expect(heldIn(reading, '8')).toEqual(UNTOUCHED);
  });
});

describe('figures that cannot be, and times to come', () => {
  it.each([
    ['seconds', 'tiempos', ['7', 'ana', '71', '-1']],
    ['seconds without end', 'tiempos', ['7', 'ana', '71', '1e99']],
    ['a percentage', 'porcentajes', ['7', 'ana', '', '-0.5']],
    ['more than all', 'porcentajes', ['7', 'ana', '', '100.01']],
  ])('%s', async (_, entity, row) => {
    const names = ['curso', 'alumno', 'modulo', entity === 'tiempos' ? 'segundos' : 'porcentaje'];
    const left = entity === 'tiempos' ? { clics: null } : { avances: null, actividades: null };
    const reading = await files(aulaWith({ ...left, [entity]: [names, row] }));
    const ana = reading.courses.find(({ id }) => id === '7')?.students[0];
    expect(ana?.held.map(({ place }) => place)).toContain(`${entity}.csv, fila 2, columna ${names[3]}`);
  });

  it.each([
    ['3.600', null],
    ['12,600', null],
    ['01:00:00', 3600],
    ['1h 30m', 5400],
    ['3600.0000', 3600],
    ['0.500', 0],
  ])('a time written as %s', async (text, seconds) => {
    const tiempos = [
      ['curso', 'alumno', 'modulo', 'segundos'],
      ['7', 'ana', '71', text],
      ['7', 'bruno', '71', '7200'],
    ];
    const ana = (await files(aulaWith({ clics: null, tiempos }))).courses.find(({ id }) => id === '7')
      ?.students[0];
    if (seconds === null) expect(ana?.held[0]?.message).toContain('sin punto ni coma de miles');
    else expect([ana?.held, ana?.alumno.listaModulos?.[0]?.tiempoConectividad]).toEqual([[], seconds]);
  });

  it('progress as parts of 1 and times in minutes keep their course back', async () => {
    const porcentajes = (...values: string[]) => [
      ['curso', 'alumno', 'modulo', 'porcentaje'],
      ...values.map((value, index) => ['7', ['ana', 'bruno'][index] ?? '', '', value]),
    ];
    const tiempos = (...values: string[]) => [
      ['curso', 'alumno', 'modulo', 'segundos'],
      ...values.map((value, index) => ['7', ['ana', 'bruno'][index] ?? '', '', value]),
    ];
    const why = async (progress: string[], times: string[]) => {
      const given = { porcentajes: porcentajes(...progress), tiempos: tiempos(...times) };
      const { notGiven } = await files(aulaWith({ avances: null, actividades: null, clics: null, ...given }));
      return notGiven.filter(({ curso }) => curso === '7').map(({ issues }) => issues[0]?.message);
    };
    expect(await why(['0.85', '1'], ['7200', '3600'])).toEqual([
      expect.stringMatching(/no pasa de 1 .*0,85 % o 85 %/),
    ]);
    expect(await why(['85', '0.5'], ['7200', '3600'])).toEqual([]);
    expect(await why(['1', '0'], ['7200', '3600'])).toEqual([]);
    // The contract says seconds: what looks like minutes goes, and is told.
    expect(await why(['85', '100'], ['210', '60'])).toEqual([]);
    const doubts = async (...progress: string[]) => {
      const given = { porcentajes: porcentajes(...progress), tiempos: tiempos('210', '60') };
      const { courses } = await files(aulaWith({ avances: null, actividades: null, clics: null, ...given }));
      return (
        JSON.stringify(courses.map(({ findings }) => findings)).match(/no pasan de 210 segundos/g)?.length ??
        0
      );
    };
    expect(await doubts('85', '100')).toBe(1);
    expect(await doubts('10', '20')).toBe(0);
  });

  it('a click and a completion later than the moment that is reported do not count yet', async () => {
    const clics = [
      ...(AULA.clics ?? []),
      ['7', 'ana', '71', '', '2026-11-23T22:30:01-03:00'],
      ['7', 'ana', '71', '', '4102444799'],
    ];
    const avances = [...(AULA.avances ?? []), ['7', 'ana', 'a3', '2026-11-23T22:30:01-03:00', '']];
    const later = await files(aulaWith({ clics, avances }));
    expect(later.courses.map(({ students }) => students.map(({ alumno }) => alumno))).toEqual(
      (await files(AULA)).courses.map(({ students }) => students.map(({ alumno }) => alumno)),
    );
  });

  it('a course whose days are back to front, or a day that is none, is told', async () => {
    const cursos = (AULA.cursos ?? []).map((row) =>
      row[0] === '7' ? [...row.slice(0, 4), '2026-13-01', ''] : row,
    );
    const reading = await files(aulaWith({ cursos }));
    expect(reading.notGiven).toMatchObject([
      { curso: '7', cause: 'unreadable', issues: [{ place: 'cursos.csv, fila 2, columna inicio' }] },
    ]);
    expect(heldIn(reading, '8')).toEqual(UNTOUCHED);
  });
});

describe('what changes while it is read', () => {
  it('in a folder is read again, never half of two nights', async () => {
    const ruta = await folderOf(AULA);
    const { tables } = await folderTables(ruta, undefined);
    const look = { courses: null, signal: undefined };
    const sink = { columns: () => {}, row: () => {} };
    await tables[0]?.read(sink, look);
    // Another file than the one that is read next.
    await writeFile(join(ruta, 'notas.csv'), csvOf((AULA.notas ?? []).slice(0, 2)));
    await expect(tables[1]?.read(sink, look)).rejects.toMatchObject({
      kind: 'down',
      message: expect.stringContaining('se escribió en «notas.csv»'),
    });
    expect((await readingOf(entidadesSource({ name: 'aula', ruta }))).courses).toHaveLength(3);
  });

  for (const [kind, start] of ENGINES)
    describe.skipIf(start === null)(`in ${kind}`, () => {
      let engine: Engine;
      beforeAll(async () => {
        engine = await (start as () => Promise<Engine>)();
      });
      afterAll(() => engine?.stop());

      it('is seen as it was when the look began', async () => {
        const url = await engine.createDatabase();
        // Whoever writes does not wait for whoever reads.
        const first = kind === 'SQLite' ? ['pragma journal_mode = wal'] : [];
        await engine.run(url, [...first, ...tablesSql(AULA)]);
        const queries = readQueries(
          '-- entidad: alumnos\nselect * from alumnos;\n-- entidad: clics\nselect * from clics;',
          'aula.sql',
        );
        const seen = await withDatabase({ url }, new AbortController().signal, async (db) => {
          const counts: number[] = [];
          for (const { read } of queryTables(db, queries).tables) {
            let rows = 0;
            const look = { courses: null, signal: undefined };
            await read({ columns: () => {}, row: () => void rows++ }, look);
            counts.push(rows);
            await engine.run(url, ['delete from clics', "insert into alumnos (curso) values ('9')"]);
          }
          return counts;
        });
        expect(seen).toEqual([(AULA.alumnos?.length ?? 0) - 1, (AULA.clics?.length ?? 0) - 1]);
      });
    });
});

describe('two courses with one code', () => {
  it('are two trees, each under its own id, so that whoever sends tells them apart', async () => {
    const cursos = [
      ...(AULA.cursos ?? []),
      ['9', 'CAP-26-01', 'CAP-26-01-A', 'Copia', '2026-10-05', '2026-12-18'],
    ];
    const modulos = [...(AULA.modulos ?? []), ['9', '71', '', 'Saludar/PRES028008000558', '1']];
    const alumnos = [...(AULA.alumnos ?? []), ['9', 'ana', '11.111.111-1', 'Ana Ñancupil', '', '', '', '']];
    const { courses } = await files(aulaWith({ cursos, modulos, alumnos }));
    expect(courses.map(({ id, codigoGrupo }) => [id, codigoGrupo])).toEqual([
      ['7', 'CAP-26-01-A'],
      ['8', 'CAP-26-02-A'],
      ['8', 'CAP-26-02-B'],
      ['9', 'CAP-26-01-A'],
    ]);
    expect(courses[0]?.students).toHaveLength(3);
  });
});

describe('a row of «alumnos» that cannot be read', () => {
  const bad = ['7', 'fe', '15111222-6', 'Fe', '', '', '', 'tal vez'];
  const good = ['7', 'fe', '15111222-6', 'Fe', '', '', '', 'sí'];
  const heldWith = async (...rows: string[][]): Promise<string[]> => {
    const reading = await files(aulaWith({ alumnos: [...(AULA.alumnos ?? []), ...rows] }));
    const students = reading.courses.filter(({ id }) => id === '7').flatMap(({ students }) => students);
    return students.flatMap(({ held }) => held).map(({ message }) => message);
  };

  it('says nothing of the RUT that stands in it', async () => {
    const held = await heldWith(bad);
    expect(held).toContainEqual(expect.stringContaining('«tal vez»; debe ser sí o no'));
    expect(held.join()).not.toContain('no tiene RUT');
  });

  it('hides no trouble of another row of the same person', async () => {
    const without = good.with(2, '');
    expect((await heldWith(bad, without)).join()).toContain('Fe (id fe) no tiene RUT');
    expect((await heldWith(bad, good)).join()).not.toContain('no tiene RUT');
  });
});

it('one course that is none of SENCE’s is told as one', async () => {
  const cursos = [...(AULA.cursos ?? []), ['9', '', '', 'Cocina', '', '']];
  const { findings } = await files(aulaWith({ cursos }));
  expect(findings.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^No se lee un curso que no tiene código .*: «Cocina»/),
  );
});
