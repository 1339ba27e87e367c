import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { entidadesSource, sqlSource } from '../../src/index.ts';
import { sourceContract } from '../contract.ts';
import { AT, AULA, csvOf } from '../entidades/aula.ts';
import { ENGINES, type Engine, tablesSql } from './engines.ts';

let folder = '';
let files = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'puente-consultas-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function queries(text: string): Promise<string> {
  const file = join(folder, `aula${++files}.sql`);
  await writeFile(file, text);
  return file;
}

const ALL = Object.keys(AULA)
  .map((entity) => `-- entidad: ${entity}\nselect * from ${entity};\n`)
  .join('\n');

/** The queries with one in place of another. */
const withQuery = (entity: string, sql: string): string => ALL.replace(`select * from ${entity};`, sql);

async function failureOf(url: string, text: string, more: object = {}): Promise<string> {
  const source = sqlSource({ name: 'aula', url, consultas: await queries(text), ...more });
  try {
    return await source.read({ at: AT }).then(
      () => 'nothing failed',
      (error: Error) => `${error.name}: ${error.message}`,
    );
  } finally {
    await source.close();
  }
}

for (const [kind, start] of ENGINES)
  describe.skipIf(start === null)(kind, () => {
    let engine: Engine;
    let url = '';
    beforeAll(async () => {
      engine = await (start as () => Promise<Engine>)();
      url = await engine.createDatabase();
      await engine.run(url, tablesSql(AULA));
    });
    afterAll(() => engine?.stop());

    it('gives what files give, to the byte, with one query for all courses or one for each', async () => {
      const ruta = await mkdtemp(join(folder, 'csv-'));
      for (const [entity, rows] of Object.entries(AULA))
        await writeFile(join(ruta, `${entity}.csv`), csvOf(rows));
      const byFiles = (await entidadesSource({ name: 'aula', ruta }).read({ at: AT })).courses;
      const bodies = (courses: typeof byFiles) =>
        JSON.stringify(courses.map(({ students }) => students.map(({ alumno }) => alumno)));
      const perCourse = withQuery('clics', 'select * from clics where curso = :curso -- uno a uno');
      for (const text of [ALL, perCourse]) {
        const source = sqlSource({ name: 'aula', url, consultas: await queries(text) });
        const { courses, notGiven, findings } = await source.read({ at: AT });
        await source.close();
        expect({ notGiven, findings }).toEqual({ notGiven: [], findings: [] });
        expect(bodies(courses)).toBe(bodies(byFiles));
      }
    });

    it.each([
      [
        'a table that is not there',
        'select * from nadie',
        /entidad «clics» usa la tabla «\S*nadie», que no existe/,
      ],
      ['a column that is not there', 'select nada from clics', /usa la columna «nada», que no existe/],
      ['what is no SQL', 'select from where', /no la entiende la base/],
      ['a column that the contract wants', 'select curso, alumno from clics', /clics.*«instante»/],
    ])('names %s', async (_, sql, words) => {
      expect(await failureOf(url, withQuery('clics', sql))).toMatch(words);
    });

    it('is reviewed entity by entity: one that fails does not hide the next', async () => {
      const text = withQuery('avances', 'select nada from avances').replace(
        'select * from notas;',
        'select curso, alumno, nota as promedio from notas;',
      );
      const source = sqlSource({ name: 'aula', url, consultas: await queries(text) });
      const { entities, courses, diagnoses } = await source.review({ at: AT });
      await source.close();
      expect(entities.filter(({ trouble }) => trouble !== null).map(({ entity }) => entity)).toEqual([
        'avances',
        'notas',
      ]);
      expect(diagnoses.map(({ weight }) => weight)).toEqual(['blocks', 'blocks']);
      expect(diagnoses[1]?.issue.message).toMatch(/«nota»; tiene .*«promedio»/);
      const clics = entities.find(({ entity }) => entity === 'clics');
      expect(clics).toMatchObject({ rows: (AULA.clics?.length ?? 0) - 1, trouble: null });
      expect(clics?.columns.find(({ field }) => field === 'alumno')).toMatchObject({ example: 'ana' });
      // Nothing is judged on data that could not be read.
      expect(courses).toEqual([]);
    });

    it('writes nothing, whatever a query says', async () => {
      const insert =
        kind === 'PostgreSQL'
          ? 'with x as (insert into clics values (null) returning *) select * from x'
          : 'select * from clics; delete from clics';
      expect(await failureOf(url, withQuery('clics', insert))).toMatch(
        /SourceError: .*(intenta escribir|más de una consulta)/,
      );
    });

    it('reads on a zone that a query gives', async () => {
      const clics = `-- entidad: clics\nselect '7' as curso, 'ana' as alumno, '2026-10-06 10:00:00' as instante union all select '7', 'ana', '2026-10-06T13:05:00Z'\n-- zonaHoraria\nselect '-3' as zona`;
      const text = `${ALL.replace(/-- entidad: clics[\s\S]*$/, '')}${clics}`;
      const source = sqlSource({ name: 'aula', url, consultas: await queries(text) });
      const { courses } = await source.read({ at: AT, courses: [{ curso: '7' }] });
      await source.close();
      expect(courses[0]?.students[0]?.alumno.tiempoConectividad).toBe(300);
    });

    sourceContract(`sql on ${kind}`, async () => ({
      open: () => sqlSource({ name: 'aula', url, consultas: join(folder, 'aula1.sql') }),
      dead: () =>
        sqlSource({
          name: 'aula',
          url: kind === 'SQLite' ? 'sqlite:/no/existe.db' : 'postgres://nadie@127.0.0.1:9/nada',
          consultas: join(folder, 'aula1.sql'),
        }),
      at: AT,
    }));
  });

describe('an address', () => {
  it('takes a literal password beside it, and is never repeated', async () => {
    const more = { clave: 'a@b:c/%#' };
    const told = await failureOf('mariadb://lector@127.0.0.1:9/aula', ALL, more);
    expect(told).toMatch(/127\.0\.0\.1:9\/aula.*no contesta/);
    expect(told).not.toContain('lector');
    expect(() => sqlSource({ name: 'aula', url: 'mariadb://a:b%@x/y', consultas: '' })).toThrow(
      'no se entiende',
    );
  });
});

describe('a file of queries', () => {
  it.each([
    ['no heading', 'select 1', /no tiene ninguna línea/],
    ['an entity that is none', '-- entidad: profesores\nselect 1', /«-- entidad: profesores»/],
    ['an entity twice', '-- entidad: cursos\nselect 1\n-- entidad: curso\nselect 2', /dos consultas/],
    ['an unknown parameter', '-- entidad: cursos\nselect :nada', /«:nada»/],
    ['no query', '-- entidad: cursos\ndrop table cursos', /no comienza con SELECT/],
  ])('with %s is told', async (_, text, words) => {
    expect(await failureOf('sqlite:/no/existe.db', text)).toMatch(words);
  });

  it('has colons within texts and casts', async () => {
    const told = await failureOf(
      'sqlite:/no/existe.db',
      `-- entidad: cursos\nselect 'a;:b', "c:d", 1::text -- :e\n`,
    );
    expect(told).toMatch(/no existe o no se puede abrir/);
  });
});
