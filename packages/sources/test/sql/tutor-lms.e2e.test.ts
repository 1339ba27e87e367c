import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EntitySource, sqlSource } from '../../src/index.ts';
import { findMariadb } from '../moodle-bd/mariadb.ts';
import { type Engine, mariadb } from './engines.ts';
import { WORDPRESS } from './wordpress.ts';

const AT = new Date('2026-09-15T22:30:00-03:00');
const COURSE = { curso: '9', codigoOferta: 'CAP-26-09', inicio: '2026-08-03', fin: '2026-10-30' };

describe.skipIf(findMariadb() === null)('Tutor LMS on WordPress', () => {
  let engine: Engine;
  let url = '';
  beforeAll(async () => {
    engine = await mariadb();
    url = await engine.createDatabase();
    await engine.run(url, WORDPRESS);
  });
  afterAll(() => engine?.stop());

  async function using<T>(work: (source: EntitySource) => Promise<T>, parametros = {}): Promise<T> {
    const source = sqlSource({ name: 'aula', url, receta: 'tutor-lms', parametros });
    try {
      return await work(source);
    } finally {
      await source.close();
    }
  }
  const read = () => using((source) => source.read({ at: AT, courses: [COURSE] }));

  it('reports who is active, once, from the day in Santiago of the enrolment', async () => {
    const { courses, notGiven, findings } = await read();
    expect({ notGiven, findings }).toEqual({ notGiven: [], findings: [] });
    expect(courses[0]?.title).toBe('Bodega & stock');
    expect(
      courses[0]?.students.map(({ name, alumno }) => [name, alumno.rutAlumno, alumno.fechaInicio]),
    ).toEqual([
      ['Ana Ñancupil', 11111111, '2026-08-03'],
      // Half past eleven at night on the site's clock, half an hour earlier in Santiago's winter.
      ['Bruno Díaz', 12345678, '2026-08-04'],
      ['Darío Vuelve', 18901234, '2026-08-20'],
    ]);
    expect(courses[0]?.findings.map(({ message }) => message).join()).toContain('Carla Cancela');
  });

  it('counts what is published, once, and any attempt that is over', async () => {
    const { courses } = await read();
    const [ana, bruno] = courses[0]?.students ?? [];
    // Lessons 20 and 24 and the quiz, of five.
    expect(ana?.alumno.porcentajeAvance).toBe(60);
    expect(
      ana?.alumno.listaModulos?.map(({ codigoModulo, porcentajeAvance }) => [codigoModulo, porcentajeAvance]),
    ).toEqual([
      ['PRES028008000558', 100],
      ['PRES028008000559', 50],
    ]);
    expect(bruno?.alumno.porcentajeAvance).toBe(0);
  });

  it('gives a gap to the topic that holds the page today, and what is gone to none', async () => {
    const { courses } = await read();
    const { tiempoConectividad, listaModulos } = courses[0]?.students[0]?.alumno ?? {};
    expect(tiempoConectividad).toBe(10 + 20 + 40 + 80);
    expect(listaModulos?.map((modulo) => modulo.tiempoConectividad)).toEqual([20 + 40, 0]);
  });

  it('leaves a gap with the topic of then, where the plugin noted it', async () => {
    await engine.run(url, [
      'alter table wp_puente_clics add column topic_id bigint unsigned not null default 0',
      // Written while the lesson stood in another topic.
      'update wp_puente_clics set topic_id = 11 where post_id = 20 and user_id = 2',
    ]);
    const { courses } = await read();
    await engine.run(url, ['alter table wp_puente_clics drop column topic_id']);
    expect(courses[0]?.students[0]?.alumno.listaModulos?.map((modulo) => modulo.tiempoConectividad)).toEqual([
      40, 20,
    ]);
  });

  it('reads the moment of a lesson on the clock of the site', async () => {
    const explained = await using((source) =>
      source.explain({ rut: '11111111-1', at: AT, courses: [COURSE] }),
    );
    const lesson = explained?.modules[0]?.activities[0];
    expect(lesson?.time?.toISOString()).toBe('2026-08-04T13:00:00.000Z');
    expect(explained?.modules[0]?.activities[1]?.state).toBe('completada, nota 67');
  });

  it.each([
    ['first_attempt', 33],
    ['last_attempt', 0],
    ['average_grade', 33],
  ])('takes the mark that %s gives', async (method, mark) => {
    const set = (value: string) =>
      engine.run(url, [
        `update wp_options set option_value = 'a:1:{s:17:"quiz_grade_method";s:${value.length}:"${value}";}' where option_name = 'tutor_option'`,
      ]);
    await set(method);
    const { judged } = await using((source) => source.judge({ at: AT, courses: [COURSE] }));
    await set('highest_grade');
    expect(judged[0]?.course.students.get('2')?.activityMarks.get('22')).toBe(mark);
  });

  it('knows nobody’s time without the plugin’s table, and says so', async () => {
    await engine.run(url, ['rename table wp_puente_clics to wp_guardada']);
    const { notGiven } = await read();
    await engine.run(url, ['rename table wp_guardada to wp_puente_clics']);
    expect(notGiven).toMatchObject([{ curso: '9', cause: 'withheld', issues: [{ code: '021' }] }]);
  });

  describe('on a site with other settings', () => {
    const figures = async (address: string, parametros: object) => {
      const source = sqlSource({
        name: 'otro',
        url: address,
        receta: 'tutor-lms',
        parametros: { ...parametros },
      });
      try {
        const { courses, notGiven } = await source.read({ at: AT, courses: [COURSE] });
        expect(notGiven).toEqual([]);
        return courses.map(({ students }) =>
          students.map(({ alumno, held }) => ({ alumno, held: held.length })),
        );
      } finally {
        await source.close();
      }
    };
    const other = async (change: (sql: string) => string, more: readonly string[] = []): Promise<string> => {
      const address = await engine.createDatabase();
      await engine.run(address, [...WORDPRESS.map(change), ...more]);
      return address;
    };

    it('a prefix of its own, in capitals', async () => {
      const address = await other((sql) => sql.replaceAll('wp_', 'Aula9_'));
      expect(await figures(address, { prefijo: 'Aula9_' })).toEqual(await figures(url, {}));
    });

    it('a site of a network: its people stand with the first site', async () => {
      const address = await other((sql) => sql.replaceAll(/\bwp_(?!users\b|usermeta\b)/g, 'wp_2_'));
      expect(await figures(address, { prefijo: 'wp_2_' })).toEqual(await figures(url, {}));
    });

    it('the RUT in another field, beside a company’s that is never taken', async () => {
      const address = await other(
        (sql) => sql,
        [
          "update wp_usermeta set meta_key = 'run_alumno' where meta_key = 'rut'",
          "insert into wp_usermeta (user_id, meta_key, meta_value) values (3, 'billing_rut', '76.543.210-3')",
        ],
      );
      const found = await figures(address, { campoRut: 'billing_rut, run_alumno, user_login' });
      expect(found).toEqual(await figures(url, {}));
    });

    it.each([
      [
        'UTC+5:30',
        "update wp_options set option_value = '5.5' where option_name = 'gmt_offset'",
        '2026-08-04T04:30:00.000Z',
      ],
      [
        'Santiago',
        "update wp_options set option_value = 'America/Santiago' where option_name = 'timezone_string'",
        '2026-08-04T14:00:00.000Z',
      ],
      [
        'no clock at all',
        "update wp_options set option_value = '' where option_name = 'gmt_offset'",
        '2026-08-04T10:00:00.000Z',
      ],
    ])('a clock of %s', async (_, change, moment) => {
      const address = await other((sql) => sql, [change]);
      const source = sqlSource({ name: 'otro', url: address, receta: 'tutor-lms' });
      const explained = await source.explain({ rut: '11111111-1', at: AT, courses: [COURSE] });
      await source.close();
      expect(explained?.modules[0]?.activities[0]?.time?.toISOString()).toBe(moment);
    });
  });

  it('takes no prefix that a table cannot have, and names the table that is not there', async () => {
    expect(() =>
      sqlSource({ name: 'a', url, receta: 'tutor-lms', parametros: { prefijo: 'x`; drop' } }),
    ).toThrow('«prefijo»');
    expect(() => sqlSource({ name: 'a', url, receta: 'otro' })).toThrow('No hay una receta «otro»');
    await expect(using((source) => source.read({ at: AT }), { prefijo: 'otro_' })).rejects.toThrow(
      /«\S*otro_options», que no existe/,
    );
  });
});
