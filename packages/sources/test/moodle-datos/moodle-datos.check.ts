import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatRut } from '@puente-sic/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../../../gestor/test/postgres.ts';
import { withSnapshot } from '../../src/moodle/bd/connect.ts';
import { readSnapshots } from '../../src/moodle/bd/snapshot.ts';
import { moodleBdSource } from '../../src/moodle/bd/source.ts';
import { Tables } from '../../src/moodle/bd/tables.ts';
import { ClickStore } from '../../src/moodle/dedication/store.ts';
import { judgeCourse } from '../../src/moodle/rules/judge.ts';
import type { JudgedCourse } from '../../src/moodle/rules/judged.ts';
import { MoodleLinks } from '../../src/moodle/rules/links.ts';
import { progressOf } from '../../src/moodle/rules/progress.ts';
import { readIdentity } from '../../src/moodle/rules/rut.ts';
import { markOf } from '../../src/rules/marks.ts';
import { DEFAULT_RULES } from '../../src/rules/settings.ts';
import type { CourseTree } from '../../src/source.ts';
import { findMariadb, type Mariadb, startMariadb } from '../moodle-bd/mariadb.ts';
import { loadMariadb, loadPostgres } from './dumps.ts';
import { type ExpectedCourse, type ExpectedStudent, readExpected } from './expected.ts';

const folder = process.env.MOODLE_DATOS;
if (!folder)
  throw new Error('MOODLE_DATOS=<folder with dump-*.sql.gz and EXPECTED.json> npm run test:moodle');

/** Why somebody is not active, as EXPECTED.json says it. */
const WHY: Record<string, string> = {
  'account suspended': 'user suspended',
  'account deleted': 'user deleted',
};

const expected = await readExpected(folder);
const courses = Object.values(expected.courses);

describe('PostgreSQL', () => {
  let server: Postgres;
  compare(async () => {
    server = await startPostgres();
    const url = await server.createDatabase();
    await loadPostgres(folder, url);
    return url;
  });
  afterAll(() => server?.stop());
});

describe.skipIf(findMariadb() === null)('MariaDB', () => {
  let server: Mariadb;
  compare(async () => {
    server = await startMariadb();
    const url = await server.createDatabase();
    await loadMariadb(folder, server, url);
    return url;
  });
  afterAll(() => server?.stop());
});

function compare(load: () => Promise<string>): void {
  let url: string;
  let state: string;
  beforeAll(async () => {
    url = await load();
    state = await mkdtemp(join(tmpdir(), 'puente-moodle-'));
  });
  afterAll(() => rm(state, { recursive: true, force: true }));

  for (const course of courses)
    describe(`course ${course.shortname}`, () => {
      let judged: JudgedCourse;
      let counted: JudgedCourse;
      let trees: CourseTree[];
      const at = new Date(course.reference_time * 1000);

      beforeAll(async () => {
        judged = await judge(url, course, null);
        const store = new ClickStore(join(state, `${course.id}.sqlite`));
        counted = await judge(url, course, store);
        store.close();
        const source = moodleBdSource({ name: 'moodle', url });
        trees = (await source.read({ at, courses: [{ curso: course.shortname }] })).courses;
        await source.close();
      });

      it('has the expected sections, codes and required activities', () => {
        const codes = new Map(
          judged.modules.flatMap(({ codigoModulo, sections }) =>
            sections.map(({ id }) => [id, codigoModulo]),
          ),
        );
        for (const section of course.sections) {
          if (section.visible === 1 && section.part_of === null)
            expect(codes.get(section.id) ?? null).toBe(section.code);
          if (section.part_of !== null)
            expect(judged.sections.parentOf(section.id)?.id).toBe(section.part_of);
        }
        const required = (wanted: boolean) =>
          judged.activities.filter((one) => one.required === wanted).map(({ module }) => module.id);
        const theirs = course.activities.filter((one) => one.required).map(({ cmid }) => cmid);
        expect(required(true).sort(byNumber)).toEqual(theirs.sort(byNumber));
        for (const { cmid, synchronous } of course.activities) {
          const activity = judged.activities.find(({ module }) => module.id === cmid);
          if (activity) expect(activity.synchronous, `cmid ${cmid}`).toBe(synchronous);
        }
      });

      it('lists everybody', () => {
        const { participants } = judged.snapshot;
        expect(participants.map(({ account }) => account.id).sort(byNumber)).toEqual(
          course.students.map(({ userid }) => userid).sort(byNumber),
        );
        const active = judged.students.flatMap(({ person }) => person.participants);
        expect(active).toHaveLength(course.active_students);
      });

      it.each(course.students.map((student): [string, ExpectedStudent] => [student.username, student]))(
        '%s',
        (_, student) => {
          expect(ours(judged, student)).toEqual(theirs(course, student));
          expect(ours(counted, student)).toEqual(theirs(course, student));
        },
      );

      it('sends the same figures', () => {
        for (const student of judged.students) {
          const { account } = student.person.leading;
          const there = course.students.find(({ userid }) => userid === account.id) as ExpectedStudent;
          const sent = trees.flatMap(({ students }) =>
            students.filter(({ place }) => place?.text.includes(`(usuario ${account.username})`)),
          );
          expect(sent.length).toBe(Math.max(1, student.groups.length));
          for (const { alumno } of sent) {
            expect(alumno.tiempoConectividad).toBe(there.time.seconds);
            expect(alumno.porcentajeAvance).toBe(there.completion.pct ?? 0);
            expect(alumno.evaluacionFinal).toBe(there.grade?.pct_rounded);
            for (const modulo of alumno.listaModulos ?? []) {
              const section = course.sections.find(({ code }) => code === modulo.codigoModulo);
              const own = there.sections[String(section?.id)];
              expect([modulo.tiempoConectividad, modulo.porcentajeAvance, modulo.notaModulo]).toEqual([
                own?.seconds,
                own?.pct ?? 0,
                own?.grade?.pct_rounded,
              ]);
            }
          }
        }
      });
    });
}

async function judge(url: string, course: ExpectedCourse, store: ClickStore | null): Promise<JudgedCourse> {
  const at = new Date(course.reference_time * 1000);
  const [snapshot] = await withSnapshot({ url }, undefined, async (db) =>
    readSnapshots(db, await Tables.of(db, 'mdl_'), [course.id], { at, now: at, rules: DEFAULT_RULES, store }),
  );
  if (!snapshot) throw new Error(`no course ${course.id}`);
  return judgeCourse(snapshot, DEFAULT_RULES, [], new MoodleLinks(undefined));
}

/** One person as our rules find him, in the words of EXPECTED.json. */
function ours(judged: JudgedCourse, { userid, sections }: ExpectedStudent) {
  const { snapshot, activities, modules, others } = judged;
  const { account } = snapshot.participants.find((one) => one.account.id === userid) ?? {};
  if (!account) throw new Error(`nobody with id ${userid}`);
  const why = others.find(({ participant }) => participant.account.id === userid)?.why ?? [];
  const identity = readIdentity(account);
  const time = snapshot.time?.students.get(userid);
  const completions = snapshot.completions.get(userid);
  const gradeOf = (item: { id: number } | null | undefined) => {
    const mark = item ? markOf(snapshot.grades.get(userid)?.get(item.id)) : null;
    return (
      mark && {
        final: mark.final,
        min: mark.min,
        max: mark.max,
        pct: Math.round(mark.percentage * 1e5) / 1e5,
        pct_rounded: mark.sent,
      }
    );
  };
  const inSection = (id: number): number[] =>
    snapshot.sections.map((section) => section.id).filter((one) => judged.sections.rootOf(one)?.id === id);
  const percentages = (list: typeof activities) => {
    const { required, done, percentage, porcentajeAvance } = progressOf(list, completions, snapshot.at);
    return { required, done, pct: percentage === null ? null : porcentajeAvance };
  };
  const seconds = (ids: number[]): number => ids.reduce((sum, id) => sum + (time?.sections?.get(id) ?? 0), 0);
  return {
    active: why.length === 0,
    why_not: why.map((reason) => WHY[reason] ?? reason),
    rut: identity.rut && formatRut(identity.rut),
    groups: snapshot.groups.filter(({ members }) => members.has(userid)).map(({ name }) => name),
    seconds: time?.total ?? 0,
    course_level_seconds: (time?.total ?? 0) - seconds(snapshot.sections.map(({ id }) => id)),
    completion: percentages(activities),
    grade: gradeOf(snapshot.gradeItems.find(({ type }) => type === 'course')),
    sections: Object.fromEntries(
      Object.keys(sections).map((key) => {
        const ids = inSection(Number(key));
        const module = modules.find((one) => one.sections.some(({ id }) => id === Number(key)));
        return [
          key,
          {
            ...percentages(activities.filter((one) => ids.includes(one.module.sectionId))),
            seconds: seconds(ids),
            grade: gradeOf(module?.gradeItem),
          },
        ];
      }),
    ),
  };
}

function theirs(course: ExpectedCourse, student: ExpectedStudent) {
  const sections = course.sections.filter(({ id }) => student.sections[String(id)]);
  return {
    active: student.active,
    why_not: student.why_not,
    rut: student.rut ?? student.rut_fallback?.rut ?? null,
    groups: student.groups,
    seconds: student.time.seconds,
    course_level_seconds: student.time.course_level_seconds,
    completion: {
      required: student.completion.required,
      done: student.completion.done,
      pct: student.completion.pct,
    },
    grade: student.grade,
    sections: Object.fromEntries(
      sections.map(({ id }) => {
        const { required, done, pct, seconds, grade } = student.sections[String(id)] as NonNullable<
          ExpectedStudent['sections'][string]
        >;
        return [String(id), { required, done, pct, seconds, grade }];
      }),
    ),
  };
}

function byNumber(a: number, b: number): number {
  return a - b;
}
