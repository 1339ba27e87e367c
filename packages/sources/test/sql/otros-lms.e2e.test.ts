import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CourseSelection, type Reading, sqlSource } from '../../src/index.ts';
import { findMariadb } from '../moodle-bd/mariadb.ts';
import { type Engine, mariadb } from './engines.ts';

const DOC = fileURLToPath(new URL('../../../../docs/otros-lms.md', import.meta.url));
const AT = new Date('2026-11-23T22:30:00-03:00');
const DATES = { codigoOferta: 'X-1', codigoGrupo: 'X-1', inicio: '2026-10-01', fin: '2026-12-31' };

/** As documented, with no more columns than are read; everybody is invented. */
const LEARNDASH = [
  'create table wp_posts (ID bigint primary key, post_title text, post_type varchar(20), post_status varchar(20), menu_order int default 0)',
  'create table wp_postmeta (post_id bigint, meta_key varchar(255), meta_value longtext)',
  'create table wp_users (ID bigint primary key, user_login varchar(60), display_name varchar(250))',
  'create table wp_usermeta (user_id bigint, meta_key varchar(255), meta_value longtext)',
  `create table wp_learndash_user_activity (activity_id bigint primary key auto_increment, user_id bigint, post_id bigint,
     course_id bigint, activity_type varchar(50), activity_status tinyint, activity_started int, activity_completed int, activity_updated int)`,
  `create table wp_puente_clics (id bigint primary key auto_increment, user_id bigint, post_id bigint, course_id bigint,
     topic_id bigint not null default 0, instante bigint)`,
  `insert into wp_posts (ID, post_title, post_type, post_status, menu_order) values (5, 'Bodega', 'sfwd-courses', 'publish', 0),
     (6, 'Recibir/PRES028008000558', 'sfwd-lessons', 'publish', 1), (7, 'Contar', 'sfwd-topic', 'publish', 1),
     (8, 'Prueba', 'sfwd-quiz', 'publish', 1), (9, 'Borrador', 'sfwd-topic', 'draft', 1)`,
  `insert into wp_postmeta values (6, 'course_id', '5'), (7, 'course_id', '5'), (7, 'lesson_id', '6'),
     (8, 'course_id', '5'), (8, 'lesson_id', '6'), (9, 'course_id', '5'), (9, 'lesson_id', '6')`,
  "insert into wp_users values (2, '11111111-1', 'Ana Soto'), (3, 'otro', 'No inscrito')",
  "insert into wp_usermeta values (2, 'course_5_access_from', '1791000000'), (2, 'rut', '')",
  `insert into wp_learndash_user_activity (user_id, post_id, course_id, activity_type, activity_status, activity_completed) values
     (2, 6, 5, 'lesson', 1, 1791001000), (2, 7, 5, 'topic', 0, 0), (2, 8, 5, 'quiz', 1, 1791002000), (2, 5, 5, 'course', 0, 0)`,
  `insert into wp_puente_clics (user_id, post_id, course_id, topic_id, instante) values
     (2, 6, 5, 6, 1791000000), (2, 7, 5, 6, 1791000600)`,
];

const CHAMILO = [
  'create table course (id int primary key, title varchar(250), code varchar(40))',
  'create table user (id int primary key, username varchar(100), official_code varchar(40), firstname varchar(64), lastname varchar(64))',
  'create table course_rel_user (c_id int, user_id int, status int)',
  'create table session_rel_course_rel_user (session_id int, c_id int, user_id int, status int)',
  'create table c_lp (iid int primary key, c_id int, name varchar(255), display_order int)',
  'create table c_lp_item (iid int primary key, c_id int, lp_id int, item_type varchar(32), title varchar(511), display_order int)',
  'create table c_lp_view (iid int primary key, c_id int, lp_id int, user_id int, session_id int)',
  `create table c_lp_item_view (iid int primary key auto_increment, c_id int, lp_item_id int, lp_view_id int, start_time int,
     total_time int, status char(32))`,
  'create table track_e_access (access_id int primary key auto_increment, access_user_id int, access_date datetime, c_id int, access_tool varchar(30))',
  "insert into course values (5, 'Bodega', 'BOD')",
  "insert into user values (2, 'ana', '11111111-1', 'Ana', 'Soto'), (3, 'profe', null, 'Pedro', 'Profe')",
  'insert into course_rel_user values (5, 2, 5), (5, 3, 1)',
  'insert into session_rel_course_rel_user values (1, 5, 2, 0)',
  "insert into c_lp values (6, 5, 'Recibir/PRES028008000558', 1)",
  `insert into c_lp_item values (60, 5, 6, 'root', 'root', 0), (61, 5, 6, 'document', 'Leer', 1), (62, 5, 6, 'quiz', 'Prueba', 2),
     (63, 5, 6, 'quiz', 'Final', 3)`,
  'insert into c_lp_view values (7, 5, 6, 2, 0)',
  `insert into c_lp_item_view (c_id, lp_item_id, lp_view_id, start_time, total_time, status) values
     (5, 61, 7, 1791000000, 10, 'completed'), (5, 62, 7, 1791000600, 10, 'passed'), (5, 63, 7, 0, 0, 'not attempted')`,
  'insert into track_e_access (access_user_id, access_date, c_id) values (2, from_unixtime(1791000900), 5), (null, from_unixtime(1791000900), 5)',
];

const EDX = 'course-v1:OTEC+BOD+2026';
const block = (type: string, id: string) => `block-v1:OTEC+BOD+2026+type@${type}+block@${id}`;
const CHAPTER = block('chapter', 'c1');

/** What the documented blocks API answers. */
const BLOCKS = {
  root: block('course', 'course'),
  blocks: Object.fromEntries(
    [
      [block('course', 'course'), 'course', 'Bodega', [CHAPTER]],
      [CHAPTER, 'chapter', "D'Recibir/PRES028008000558", [block('sequential', 's1')]],
      [block('sequential', 's1'), 'sequential', 'Uno', [block('vertical', 'v1')]],
      [
        block('vertical', 'v1'),
        'vertical',
        'Página',
        [block('html', 'h1'), block('problem', 'p1'), block('video', 'f1'), block('discussion', 'd1')],
      ],
      [block('html', 'h1'), 'html', 'Leer'],
      [block('problem', 'p1'), 'problem', 'Prueba'],
      [block('video', 'f1'), 'video', 'Ver'],
      [block('discussion', 'd1'), 'discussion', 'Conversar'],
    ].map(([id, type, display_name, children]) => [
      id,
      { id, type, display_name, ...(children && { children }) },
    ]),
  ),
};

const OPEN_EDX = [
  'create table course_overviews_courseoverview (id varchar(255) primary key, display_name longtext, `start` datetime(6), `end` datetime(6))',
  'create table auth_user (id int primary key, username varchar(150), first_name varchar(150), last_name varchar(150), is_active tinyint)',
  'create table auth_userprofile (id int primary key, user_id int, name varchar(255), meta longtext)',
  'create table student_courseenrollment (id int primary key auto_increment, course_id varchar(255), created datetime(6), is_active tinyint, mode varchar(100), user_id int)',
  'create table student_courseaccessrole (id int primary key auto_increment, org varchar(64), course_id varchar(255), role varchar(64), user_id int)',
  `create table completion_blockcompletion (id bigint primary key auto_increment, created datetime(6), modified datetime(6), course_key varchar(255),
     block_key varchar(255), block_type varchar(64), completion double, user_id int)`,
  `insert into course_overviews_courseoverview values ('${EDX}', 'Bodega', '2026-10-01 03:00:00', '2026-12-31 03:00:00')`,
  "insert into auth_user values (2, 'ana', 'Ana', 'Soto', 1), (3, 'profe', 'Pedro', 'Profe', 1), (4, '12345678-5', '', '', 1)",
  `insert into auth_userprofile values (1, 2, 'Ana Soto', '{"rut": "11111111-1"}'), (2, 3, 'Pedro', ''), (3, 4, 'Beto Díaz', '')`,
  `insert into student_courseenrollment (course_id, is_active, mode, user_id) values ('${EDX}', 1, 'honor', 2), ('${EDX}', 1, 'honor', 3), ('${EDX}', 0, 'honor', 4)`,
  `insert into student_courseaccessrole (org, course_id, role, user_id) values ('OTEC', '${EDX}', 'instructor', 3)`,
  `insert into completion_blockcompletion (modified, course_key, block_key, block_type, completion, user_id) values
     ('2026-10-06 13:00:00', '${EDX}', '${block('html', 'h1')}', 'html', 1, 2), ('2026-10-06 13:05:00', '${EDX}', '${block('problem', 'p1')}', 'problem', 1, 2),
     ('2026-10-06 13:06:00', '${EDX}', '${block('video', 'f1')}', 'video', 0.3, 2), ('2026-10-06 13:06:00', '${EDX}', '${block('discussion', 'd1')}', 'discussion', 1, 2)`,
];

const event = (time: string, event_type: string, more: Record<string, unknown> = {}): string =>
  JSON.stringify({
    username: 'ana',
    event_source: 'browser',
    name: event_type,
    event_type,
    time: `2026-10-06T${time}+00:00`,
    context: { course_id: EDX, org_id: 'OTEC', user_id: 2, path: '/event' },
    event: '{}',
    ...more,
  });
const FORMER = [
  event('13:00:00.000000', `/courses/${EDX}/courseware/c1/s1/`, { event_source: 'server' }),
  event('13:10:00.500000', 'problem_check', { event: `{"id":"${block('problem', 'p1')}"}` }),
];
const CURRENT = [
  event('13:15:00.000000', 'page_close', { page: 'https://aula.example/learning/progress' }),
  // A task of the server in her name, hours later, and what is of nobody or of no course.
  event('13:20:00.000000', 'edx.grades.subsection.grade_calculated', { event_source: 'server' }),
  event('13:21:00.000000', '/', { context: { course_id: '', user_id: 2 } }),
  event('13:22:00.000000', 'page_close', { context: { course_id: EDX, user_id: null } }),
  event('13:25:00.000000', 'play_video', { event: { id: block('video', 'f1').replaceAll('+', '%2B') } }),
];

describe.skipIf(findMariadb() === null)('the queries of docs/otros-lms.md, on tables as documented', () => {
  let engine: Engine;
  let folder = '';
  beforeAll(async () => {
    engine = await mariadb();
    folder = await mkdtemp(join(tmpdir(), 'puente-otros-'));
  });
  afterAll(async () => {
    await engine?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  async function read(title: string, tables: readonly string[]): Promise<Reading> {
    const url = await engine.createDatabase();
    await engine.run(url, ["set time_zone = '+00:00'", ...tables]);
    const section = (await readFile(DOC, 'utf8')).split(/^## /m).find((one) => one.startsWith(title)) ?? '';
    const consultas = join(folder, `${title}.sql`);
    await writeFile(consultas, /```sql\n([\s\S]*?)```/.exec(section)?.[1] ?? '');
    const source = sqlSource({ name: 'aula', url, consultas });
    const asked: CourseSelection = { curso: '5', ...DATES };
    try {
      return await source.read({ at: AT, courses: [asked] });
    } finally {
      await source.close();
    }
  }

  const hasPython = spawnSync('python3', ['--version']).status === 0;
  it.skipIf(!hasPython)(
    'Open edX: its tables, its blocks by the script of the page, and its tracking log as clicks',
    async () => {
      const page =
        (await readFile(DOC, 'utf8')).split(/^## /m).find((one) => one.startsWith('Open edX')) ?? '';
      const [script, consultas, registro] = ['bloques.py', 'edx.sql', 'tracking'].map((name) =>
        join(folder, name),
      );
      await writeFile(script as string, /```python\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
      await writeFile(consultas as string, /```sql\n([\s\S]*?)```/.exec(page)?.[1] ?? '');
      await mkdir(registro as string);
      await writeFile(
        join(registro as string, 'tracking.log-20261006.gz'),
        gzipSync(`${FORMER.join('\n')}\n`),
      );
      await writeFile(
        join(registro as string, 'tracking.log'),
        `${CURRENT.join('\n')}\n{"username": "ana", "ti`,
      );
      const run = spawnSync('python3', [script as string, EDX], {
        input: JSON.stringify(BLOCKS),
        encoding: 'utf8',
      });
      expect(run.stderr).toBe('');
      const url = await engine.createDatabase();
      await engine.run(url, [...OPEN_EDX, ...run.stdout.trim().split(/;\n/)]);
      const source = sqlSource({
        ...{ name: 'aula', url, consultas: consultas as string, registro: registro as string },
        ...{ stateDir: folder, clock: () => AT },
      });
      const asked: CourseSelection = { curso: EDX, codigoOferta: 'X-1', codigoGrupo: 'X-1' };
      const first = await source.read({ at: AT, courses: [asked] });
      expect(first.notGiven).toEqual([]);
      expect(first.courses[0]?.students.map(({ name, held }) => [name, held])).toEqual([['Ana Soto', []]]);
      const { alumno } = first.courses[0]?.students[0] ?? {};
      expect(alumno).toMatchObject({
        ...{ rutAlumno: 11111111, porcentajeAvance: 67, fechaInicio: '2026-10-01', fechaFin: '2026-12-31' },
        // 13:00 to 13:25, of which 13:15 to 13:25 in no block.
        tiempoConectividad: 1500,
        listaModulos: [
          {
            codigoModulo: 'PRES028008000558',
            porcentajeAvance: 67,
            tiempoConectividad: 900,
            listaActividades: [
              { codigoActividad: 'Leer' },
              { codigoActividad: 'Prueba' },
              { codigoActividad: 'Ver' },
            ],
          },
        ],
      });
      // What the site compresses, moves or deletes since stays counted, and nothing is counted twice.
      await rename(
        join(registro as string, 'tracking.log'),
        join(registro as string, 'tracking.log-20261007'),
      );
      await rm(join(registro as string, 'tracking.log-20261006.gz'));
      const again = await source.read({ at: AT, courses: [asked] });
      expect(again.courses[0]?.students[0]?.alumno).toEqual(alumno);
      await writeFile(join(registro as string, 'tracking.log-x.gz'), 'no es un gz');
      await expect(source.read({ at: AT })).rejects.toMatchObject({
        kind: 'down',
        message: expect.stringContaining('tracking.log-x.gz'),
      });
      await source.close();
    },
  );

  it.each([
    ['LearnDash', LEARNDASH, 600],
    ['Chamilo', CHAMILO, 900],
  ])('%s: who is enrolled, what was done and for how long', async (title, tables, seconds) => {
    const { courses, notGiven, findings } = await read(title, tables);
    expect({ notGiven, findings }).toEqual({ notGiven: [], findings: [] });
    expect(courses[0]?.students).toHaveLength(1);
    expect(courses[0]?.students[0]).toMatchObject({
      held: [],
      name: 'Ana Soto',
      alumno: {
        rutAlumno: 11111111,
        porcentajeAvance: 67,
        tiempoConectividad: seconds,
        listaModulos: [{ codigoModulo: 'PRES028008000558', porcentajeAvance: 67 }],
      },
    });
  });
});
