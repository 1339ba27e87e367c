import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type SourceError, sqlSource } from '../../src/index.ts';
import { withDatabase } from '../../src/sql/connect.ts';
import { readQueries } from '../../src/sql/queries.ts';
import { queryTables } from '../../src/sql/tables.ts';
import { AULA } from '../entidades/aula.ts';
import { ENGINES, type Engine, tablesSql } from './engines.ts';

const ALL = Object.keys(AULA)
  .map((entity) => `-- entidad: ${entity}\nselect * from ${entity};\n`)
  .join('\n');

/** What an engine of its own needs, so that the same is asked of each. */
interface Ways {
  endless: string;
  /** Ends whoever runs that. */
  kill: string[];
  reader: string[];
  grant: (table: string) => string;
}

const WAYS: Record<string, Ways> = {
  PostgreSQL: {
    endless: 'select pg_sleep(60)',
    // Of nobody it fails, as the other's does.
    kill: [
      "select 1 / count(pg_terminate_backend(pid)) from pg_stat_activity where trim(query, E' \\n') = 'select pg_sleep(60)'",
    ],
    reader: ["create user lectora password 'secreta'"],
    grant: (table) => `grant select on ${table} to lectora`,
  },
  MariaDB: {
    endless: 'select sleep(60)',
    kill: [
      "set @id = (select min(id) from information_schema.processlist where info like '%sleep(60)%' and id <> connection_id())",
      "execute immediate concat('kill ', @id)",
    ],
    reader: ["create user lectora identified by 'secreta'"],
    grant: (table) => `grant select on ${table} to lectora`,
  },
};

for (const [kind, start] of ENGINES.filter(([name]) => name !== 'SQLite'))
  describe.skipIf(start === null)(`${kind} fails`, () => {
    const ways = WAYS[kind] as Ways;
    let engine: Engine;
    let url = '';
    let consultas = '';
    let folder = '';
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'puente-fallas-'));
      consultas = join(folder, 'aula.sql');
      await writeFile(consultas, ALL);
      engine = await (start as () => Promise<Engine>)();
      url = await engine.createDatabase();
      const tables = Object.keys(AULA).filter((entity) => entity !== 'clics');
      await engine.run(url, [...tablesSql(AULA), ...ways.reader, ...tables.map(ways.grant)]);
    });
    afterAll(async () => {
      await engine?.stop();
      await rm(folder, { recursive: true });
    });

    const as = (user: string, password: string, database?: string): string => {
      const address = new URL(url);
      Object.assign(address, { username: user, password });
      if (database !== undefined) address.pathname = `/${database}`;
      return address.href;
    };
    async function failure(address: string, read?: 'read'): Promise<SourceError> {
      const source = sqlSource({ name: 'aula', url: address, consultas });
      try {
        const request = { at: new Date('2026-11-23T22:30:00-03:00') };
        return await (read ? source.read(request) : source.listCourses()).then(
          () => expect.fail('nothing failed'),
          (error: SourceError) => error,
        );
      } finally {
        await source.close();
      }
    }
    /** One query that never ends, with what happens to it meanwhile. */
    const endless = (
      seconds: number,
      meanwhile: () => Promise<void> = async () => {},
    ): Promise<SourceError> => {
      const queries = readQueries(`-- entidad: cursos\n${ways.endless}`, 'aula.sql');
      return withDatabase({ url }, new AbortController().signal, async (db) => {
        await db.limitStatements(seconds);
        const [table] = queryTables(db, queries).tables;
        const sink = { columns: () => {}, row: () => {} };
        await Promise.all([table?.read(sink, { courses: null, signal: undefined }), meanwhile()]);
      }).then(
        () => expect.fail('it ended'),
        (error: SourceError) => error,
      );
    };

    it('a query that never ends is stopped, told and tried again', async () => {
      expect(await endless(1)).toMatchObject({
        kind: 'down',
        message: 'La consulta de aula.sql, entidad «cursos» tardó más de 4 minutos y se detuvo.',
        fix: expect.stringContaining('índices') as string,
      });
    });

    it('a connection that is cut within a query', async () => {
      const kill = async (): Promise<void> => {
        // Until it runs there is nobody to end.
        for (let killed = false; !killed; ) {
          await new Promise((resolve) => setTimeout(resolve, 50));
          killed = await engine.run(url, ways.kill).then(
            () => true,
            () => false,
          );
        }
      };
      const error = await endless(60, kill);
      expect(error).toMatchObject({
        kind: 'down',
        message: expect.stringContaining('cortó la conexión') as string,
      });
    });

    it('a grant that is missing, by the table’s name', async () => {
      expect(await failure(as('lectora', 'secreta'), 'read')).toMatchObject({
        kind: 'wrong',
        message: expect.stringMatching(
          /entidad «clics» lee «\S*clics\S*», y la cuenta no tiene permiso/,
        ) as string,
        fix: expect.stringContaining('SELECT') as string,
      });
    });

    it('an account that is none, a password that is another, a database that is not there', async () => {
      const nobody = await failure(as('nadie', 'secreta'));
      expect(nobody).toMatchObject({
        kind: 'wrong',
        message: expect.stringContaining('no acepta') as string,
      });
      const missing = await failure(as('lectora', 'secreta', 'otra'));
      expect(missing.kind).toBe('wrong');
      // An account without a grant on it is not told whether it exists.
      expect(missing.message).toMatch(/no existe o no se puede abrir/);
      for (const error of [nobody, missing]) expect(`${error.message}${error.fix}`).not.toContain('secreta');
    });
  });

describe('a SQLite file', () => {
  it('that is none, or is not there, is told', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'puente-fallas-'));
    const consultas = join(folder, 'aula.sql');
    await writeFile(consultas, ALL);
    await writeFile(
      join(folder, 'no.db'),
      'this is a text and no database at all, however long it is'.repeat(20),
    );
    const failureOf = async (file: string): Promise<string> => {
      const source = sqlSource({ name: 'aula', url: `sqlite:${join(folder, file)}`, consultas });
      try {
        return await source.listCourses().then(
          () => 'nothing failed',
          (error: SourceError) => `${error.kind}: ${error.message} ${error.fix}`,
        );
      } finally {
        await source.close();
      }
    };
    expect(await failureOf('no.db')).toMatch(/^wrong: .*está dañada.*base correcta/);
    expect(await failureOf('falta.db')).toMatch(/^wrong: .*no existe o no se puede abrir.*ruta del archivo/);
    await rm(folder, { recursive: true });
  });

  it('whose query never ends is stopped', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'puente-fallas-'));
    const { DatabaseSync } = await import('@photostructure/sqlite');
    new DatabaseSync(join(folder, 'a.db')).exec('create table t (x)');
    const endless = 'with recursive n(x) as (select 1 union all select x + 1 from n) select count(*) from n';
    const queries = readQueries(`-- entidad: cursos\n${endless}`, 'aula.sql');
    const url = `sqlite:${join(folder, 'a.db')}`;
    const reading = withDatabase({ url }, new AbortController().signal, async (db) => {
      await db.limitStatements(1);
      const [table] = queryTables(db, queries).tables;
      await table?.read({ columns: () => {}, row: () => {} }, { courses: null, signal: undefined });
    });
    await expect(reading).rejects.toMatchObject({
      kind: 'down',
      message: expect.stringContaining('se detuvo'),
    });
    await rm(folder, { recursive: true });
  });
});
