import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Reading, sqlSource } from '../../src/index.ts';
import { AULA } from '../entidades/aula.ts';
import { ENGINES, type Engine, tablesSql } from './engines.ts';

/** The moment after which rows are asked for, against seconds that stand as text. */
const SINCE: Record<string, string> = {
  SQLite: 'cast(instante as integer) >= unixepoch(:desde)',
  PostgreSQL: 'instante::bigint >= extract(epoch from cast(:desde as timestamptz))',
  MariaDB: 'cast(instante as unsigned) >= unix_timestamp(:desde)',
};
const START = Date.UTC(2026, 9, 20) / 1000;
const DAY = 86_400;

for (const [kind, start] of ENGINES)
  describe.skipIf(start === null)(`clicks kept from ${kind}`, () => {
    let engine: Engine;
    let url = '';
    let folder = '';
    beforeAll(async () => {
      engine = await (start as () => Promise<Engine>)();
    });
    afterAll(() => engine?.stop());
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'puente-clics-'));
      url = await engine.createDatabase();
      const { clics, ...rest } = AULA;
      await engine.run(url, tablesSql({ ...rest, clics: [(clics as string[][])[0] as string[]] }));
      return () => rm(folder, { recursive: true });
    });

    const click = (time: number, { alumno = 'ana', modulo = '71' } = {}): Promise<void> =>
      engine.run(url, [
        `insert into clics (curso, alumno, modulo, instante) values ('7', '${alumno}', '${modulo}', '${START + time}')`,
      ]);

    async function night(day: number, { keep = true, perCourse = false } = {}): Promise<Reading> {
      const consultas = join(folder, 'aula.sql');
      const own = perCourse ? ' and curso = :curso' : '';
      const clics = `select * from clics where ${SINCE[kind]}${own} order by instante`;
      const rest = Object.keys(AULA).filter((entity) => entity !== 'clics');
      await writeFile(
        consultas,
        [
          ...rest.map((entity) => `-- entidad: ${entity}\nselect * from ${entity}`),
          `-- entidad: clics\n${clics}`,
        ].join('\n'),
      );
      const at = new Date((START + day * DAY) * 1000);
      const source = sqlSource({
        ...{ name: 'aula', url, consultas, clock: () => at },
        ...(keep && { stateDir: join(folder, 'estado') }),
      });
      try {
        return await source.read({ at, courses: [{ curso: '7' }] });
      } finally {
        await source.close();
      }
    }
    const seconds = ({ courses }: Reading) =>
      courses[0]?.students.map(({ alumno }) => [
        alumno.tiempoConectividad,
        ...(alumno.listaModulos ?? []).map((modulo) => modulo.tiempoConectividad),
      ]);
    const told = ({ courses }: Reading) =>
      courses.flatMap(({ findings }) => findings.map(({ message }) => message)).join();

    it.each([false, true])(
      'only what is new is read, and nothing is lost (per course: %s)',
      async (perCourse) => {
        await click(0);
        await click(600);
        await click(4 * DAY);
        const first = await night(5, { perCourse });
        expect(seconds(first)?.[0]).toEqual([600, 600, 0]);
        // What is read again would be somebody's who is not there.
        await engine.run(url, [`update clics set alumno = 'nadie' where instante = '${START}'`]);
        await click(4 * DAY + 300);
        const second = await night(6, { perCourse });
        expect(seconds(second)?.[0]).toEqual([900, 900, 0]);
        expect(told(second)).not.toContain('nadie');
        // The LMS empties its log.
        await engine.run(url, ['delete from clics']);
        expect(seconds(await night(7, { perCourse }))).toEqual(seconds(second));
        // After a week all is read again.
        await click(0, { alumno: 'nadie' });
        expect(told(await night(13, { perCourse }))).toContain('nadie');
      },
    );

    it('gives what reading everything gives, with rows that come late and modules that are moved', async () => {
      await click(0, { modulo: '72' });
      await click(1200);
      await night(1);
      // A day late, between the two; and one of somebody who is enrolled later.
      await click(700, { modulo: '' });
      await click(100, { alumno: 'zoe' });
      await click(200, { alumno: 'zoe', modulo: '99' });
      await night(2);
      await engine.run(url, [
        "insert into alumnos (curso, alumno, rut) values ('7', 'zoe', '15234567-4')",
        "update modulos set codigoModulo = 'PRES028008000558' where modulo = '72'",
      ]);
      const kept = await night(8, { keep: true });
      const whole = await night(8, { keep: false });
      expect(seconds(kept)).toEqual(seconds(whole));
      expect(seconds(kept)?.[0]).toEqual([1200, 700]);
      expect(seconds(kept)?.at(-1)).toEqual([100, 100]);
    });

    it('a row that does not say when is asked for until it does', async () => {
      await click(0);
      await night(1);
      await engine.run(url, [
        `insert into clics (curso, alumno, modulo, instante) values ('7', 'ana', '71', null)`,
      ]);
      const since = SINCE[kind] as string;
      SINCE[kind] = `(${since} or instante is null)`;
      await click(10 * DAY);
      expect((await night(11)).courses[0]?.students[0]?.held[0]?.message).toContain('no dice cuándo');
      await engine.run(url, [`update clics set instante = '${START + 60}' where instante is null`]);
      SINCE[kind] = since;
      expect(seconds(await night(12))?.[0]).toEqual([60, 60, 0]);
    });

    it('is kept where only its owner can read it, without what the LMS calls a person', async () => {
      await click(0);
      await night(1);
      const state = join(folder, 'estado');
      const [file = '', ...others] = await readdir(state);
      expect(others).toEqual([]);
      expect(file).toMatch(/^clics-aula-[0-9a-f]{8}\.sqlite$/);
      expect((await stat(join(state, file))).mode & 0o077).toBe(0);
      expect((await readFile(join(state, file))).includes('ana')).toBe(false);
    });
  });

describe(':desde', () => {
  it('is for clicks alone', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'puente-desde-'));
    const consultas = join(folder, 'aula.sql');
    await writeFile(consultas, '-- entidad: avances\nselect 1 from t where x > :desde');
    const source = sqlSource({ name: 'aula', url: 'sqlite:/no/existe.db', consultas });
    await expect(source.read({ at: new Date() })).rejects.toThrow(
      /entidad «avances» usa «:desde», que solo vale/,
    );
    await rm(folder, { recursive: true });
  });
});
