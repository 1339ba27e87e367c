import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatRut, isValidRut, readRut } from '@puente-sic/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Postgres, startPostgres } from '../../../gestor/test/postgres.ts';
import { moodleBdSource } from '../../src/moodle/bd/source.ts';
import { readAnswer } from '../../src/moodle/ws/answer.ts';
import { exceptionError } from '../../src/moodle/ws/exceptions.ts';
import { moodleWsSource } from '../../src/moodle/ws/source.ts';
import { type CourseTree, issuesOf, type Reading, type Source, type StudentTree } from '../../src/source.ts';
import { moodleServer } from '../moodle-ws/server.ts';
import { loadPostgres } from './dumps.ts';
import { type ExpectedCourse, type ExpectedStudent, readExpected } from './expected.ts';
import { recordedSite, withoutModView } from './recorded.ts';

const folder = process.env.MOODLE_DATOS;
if (!folder)
  throw new Error('MOODLE_DATOS=<folder with ws/, dump-*.sql.gz and EXPECTED.json> npm run test:moodle');

const courses = Object.values((await readExpected(folder)).courses);
const at = new Date((courses[0]?.reference_time ?? 0) * 1000);

describe('the answers recorded from a real Moodle', () => {
  let postgres: Postgres;
  let server: Awaited<ReturnType<typeof moodleServer>>;
  let byReport: Reading;
  let calls: string[];
  let byDatabase: Reading;
  let database: Reading;

  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await postgres.createDatabase();
    await loadPostgres(folder, url);
    server = await moodleServer(recordedSite(join(folder, 'ws')));
    const site = { name: 'aula', url: server.url, token: 'any', informeInscripciones: 2 };
    byReport = await readAll(moodleWsSource({ ...site, tiempo: { informe: 3 } }));
    calls = server.calls.map(({ wsfunction }) => wsfunction);
    byDatabase = await readAll(moodleWsSource({ ...site, tiempo: { baseDeDatos: { url } } }), selections);
    database = await readAll(moodleBdSource({ name: 'aula', url, sitio: server.url }), selections);
  });
  afterAll(async () => {
    await server?.close();
    await postgres?.stop();
  });

  /** The function that tells a grouping's groups was not recorded: they are named here. */
  const selections = courses.flatMap(({ shortname, students }) =>
    [...new Set(students.flatMap(({ groups }) => groups))]
      .filter((grupo) => grupo.startsWith('CAP-'))
      .sort()
      .map((grupo) => ({ curso: shortname, grupo, codigoGrupo: grupo })),
  );

  it('gives both courses, with no finding against either', () => {
    expect(new Set(byReport.courses.map(({ id }) => Number(id)))).toEqual(
      new Set(courses.map(({ id }) => id)),
    );
    // The service that was recorded lacks it.
    expect(byReport.notGiven).toEqual([]);
    expect(byReport.findings).toMatchObject([{ message: expect.stringMatching(/core_group_get_groupings/) }]);
  });

  it('reports exactly the active students', () => {
    for (const course of courses) {
      const found = studentsOf(byReport, course);
      const active = course.students.filter((student) => student.active);
      const ruts = new Set([...found.values()].map(rutOf));
      // A second account with the same RUT is merged into the first.
      for (const student of active)
        expect(found.has(student.userid) || ruts.has(rutExpected(student)), `user ${student.userid}`).toBe(
          true,
        );
      expect([...found.keys()].filter((id) => !active.some(({ userid }) => userid === id))).toEqual([]);
    }
  });

  it('finds every RUT, percentage and mark', () => {
    for (const course of courses)
      for (const [id, student] of studentsOf(byReport, course)) {
        const { alumno } = student;
        const expected = expectedOf(course, id);
        expect({
          id,
          rut: rutOf(student),
          porcentajeAvance: alumno.porcentajeAvance,
          evaluacionFinal: alumno.evaluacionFinal,
          modulos: alumno.listaModulos?.map((modulo) => [
            modulo.codigoModulo,
            modulo.porcentajeAvance,
            modulo.notaModulo,
          ]),
        }).toEqual({
          id,
          rut: rutExpected(expected),
          porcentajeAvance: expected.completion.pct,
          evaluacionFinal: expected.grade?.pct_rounded,
          modulos: modulesExpected(course, expected),
        });
      }
  });

  it('finds what each module is made of: the same required activities, from both readers', () => {
    for (const course of courses) {
      const wanted = course.sections
        .filter(({ code, visible, part_of }) => code !== null && visible === 1 && part_of === null)
        .map(({ id, code, required_cmids }) => [
          code,
          required_cmids.length,
          course.activities.filter(
            ({ section_id, visible, deletioninprogress, modname, required }) =>
              section_id === id &&
              visible === 1 &&
              deletioninprogress === 0 &&
              !required &&
              !['label', 'subsection'].includes(modname),
          ).length,
        ]);
      for (const { courses: trees } of [byReport, database])
        for (const { modules = [] } of trees.filter(({ id }) => Number(id) === course.id))
          expect(
            modules.map(({ codigoModulo, activities }) => {
              const required = activities.filter((activity) => activity.required).length;
              return [codigoModulo, required, activities.length - required];
            }),
          ).toEqual(wanted);
    }
  });

  it('gives the tree that the database gives: time to the second, and dates by a report', () => {
    expect(byDatabase.courses.length).toBe(database.courses.length);
    for (const [index, course] of byDatabase.courses.entries())
      expect(withoutFindings(course)).toEqual(withoutFindings(database.courses[index] as CourseTree));
  });

  it('asks once per active student and a fixed number of times per course', () => {
    const completion = calls.filter((name) => name === 'core_completion_get_activities_completion_status');
    const active = courses.reduce((sum, course) => sum + course.active_students, 0);
    expect(completion.length).toBe(active);
    expect(calls.length - completion.length).toBeLessThan(20 * courses.length);
  });
});

describe('recorded with something missing', () => {
  it('is refused where rights to see activities are missing', async () => {
    const server = await moodleServer(withoutModView(join(folder, 'ws')));
    const reading = await readAll(
      moodleWsSource({ name: 'aula', url: server.url, token: 'any', tiempo: { informe: 3 }, pauses: [] }),
      [{ curso: 'CAP-23-02-13-0512' }],
    );
    await server.close();
    expect(reading.courses).toEqual([]);
    expect(reading.notGiven).toMatchObject([{ cause: 'withheld' }]);
    expect(issuesOf(reading.notGiven)).toMatchObject([
      { severity: 'error', message: expect.stringMatching(/no ve todas las actividades/) },
    ]);
  });

  it('has a cause and a remedy for every error', async () => {
    const errors = readdirSync(join(folder, 'ws', 'errors'))
      .filter((name) => /\.(json|xml)$/.test(name))
      .map((name) => [name, readAnswer(readFileSync(join(folder, 'ws', 'errors', name), 'utf8'))] as const);
    const exceptions = errors.flatMap(([name, answer]) =>
      answer.kind === 'exception' ? [{ name, ...answer }] : [],
    );
    expect(exceptions.length).toBeGreaterThan(35);
    const untold = exceptions.filter(({ errorcode, message }) =>
      /con el código/.test(exceptionError('f', errorcode, message).message),
    );
    expect(untold).toEqual([]);
  });
});

async function readAll(source: Source, selections?: { curso: string }[]): Promise<Reading> {
  const reading = await source.read({ at, ...(selections && { courses: selections }) });
  await source.close();
  return reading;
}

/** What each reader found missing is its own; all that is sent must be the same. */
function withoutFindings({ findings: _, students, title, modules, ...course }: CourseTree) {
  return {
    ...course,
    // Section names were recorded in English.
    modules: modules?.map(({ title: _, ...module }) => module),
    // Recorded without asking for the text as stored.
    title: title.replaceAll('&amp;', '&'),
    students: students.map(({ findings: _, modulePlaces, ...student }) => ({
      ...student,
      modulePlaces: modulePlaces.map((place) => place?.url),
    })),
  };
}

function studentsOf({ courses: trees }: Reading, course: ExpectedCourse): Map<number, StudentTree> {
  const own = trees.filter(({ id }) => id === String(course.id));
  return new Map(own.flatMap(({ students }) => students.map((student) => [userId(student), student])));
}

function userId({ place }: StudentTree): number {
  return Number(/[?&]id=(\d+)/.exec(place?.url ?? '')?.[1]);
}

/** Null: none that is right. */
function rutOf({ alumno, held }: StudentTree): string | null {
  const rut = readRut(`${alumno.rutAlumno}-${alumno.dvAlumno}`);
  return rut && isValidRut(rut) && held.every(({ code }) => code !== '012') ? formatRut(rut) : null;
}

function rutExpected({ rut, rut_fallback }: ExpectedStudent): string | null {
  return rut ?? rut_fallback?.rut ?? null;
}

function modulesExpected(course: ExpectedCourse, { sections }: ExpectedStudent) {
  return course.sections
    .filter(({ code, visible }) => code !== null && visible === 1)
    .map(({ id, code }) => [code, sections[id]?.pct, sections[id]?.grade?.pct_rounded]);
}

function expectedOf(course: ExpectedCourse, id: number): ExpectedStudent {
  const student = course.students.find(({ userid }) => userid === id);
  if (!student) throw new Error(`user ${id} is not expected in course ${course.id}`);
  return student;
}
