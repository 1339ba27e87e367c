import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatRut, isValidRut, readRut } from '@puente-sic/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moodleWsSource } from '../../src/moodle/ws/source.ts';
import type { Reading, StudentTree } from '../../src/source.ts';
import { recordedSite } from './recorded.ts';
import { moodleServer } from './server.ts';

/** A folder with answers recorded from a real Moodle (`ws/`) and what must be found in them (`EXPECTED.json`). */
const folder = process.env.MOODLE_DATOS;

interface ExpectedCourse {
  id: number;
  reference_time: number;
  students: ExpectedStudent[];
}
interface ExpectedStudent {
  userid: number;
  active: boolean;
  rut: string | null;
  rut_fallback: { rut: string } | null;
  completion: { pct: number };
  grade: ExpectedGrade | null;
  sections: Record<
    string,
    { code: string | null; required: number; pct: number | null; grade: ExpectedGrade | null }
  >;
}
interface ExpectedGrade {
  pct_rounded: number;
}

describe.skipIf(folder === undefined)('the recorded answers of a real Moodle', () => {
  let reading: Reading;
  let expected: ExpectedCourse[];
  let calls: string[];

  beforeAll(async () => {
    expected = Object.values(JSON.parse(readFileSync(join(folder ?? '', 'EXPECTED.json'), 'utf8')).courses);
    const server = await moodleServer(recordedSite(join(folder ?? '', 'ws')));
    const source = moodleWsSource({
      name: 'aula',
      url: server.url,
      token: 'any',
      tiempo: { informe: 3 },
      pauses: [],
    });
    const [first] = expected;
    reading = await source.read({ at: new Date((first?.reference_time ?? 0) * 1000) });
    calls = server.calls.map(({ wsfunction }) => wsfunction);
    await source.close();
    await server.close();
  });
  afterAll(() => {
    const students = expected.flatMap((course) => course.students);
    console.log(`${students.length} people of ${expected.length} courses compared`);
  });

  const studentsOf = (courseId: number): Map<number, StudentTree> =>
    new Map(
      reading.courses
        .filter(({ id }) => id === String(courseId))
        .flatMap(({ students }) => students.map((student) => [userId(student), student])),
    );

  it('has both courses, with no finding against either', () => {
    expect(new Set(reading.courses.map(({ id }) => id))).toEqual(
      new Set(expected.map(({ id }) => String(id))),
    );
    expect(reading.findings).toEqual([]);
  });

  it('reports exactly the active students', () => {
    for (const course of expected) {
      const found = studentsOf(course.id);
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

  it('finds every RUT', () => {
    for (const course of expected)
      for (const [id, student] of studentsOf(course.id))
        expect([id, rutOf(student)]).toEqual([id, rutExpected(expectedOf(course, id))]);
  });

  it('finds every percentage and every mark', () => {
    for (const course of expected)
      for (const [id, { alumno }] of studentsOf(course.id)) {
        const { completion, grade, sections } = expectedOf(course, id);
        const modules = Object.values(sections).filter(({ code, required }) => code !== null && required > 0);
        expect({
          id,
          porcentajeAvance: alumno.porcentajeAvance,
          evaluacionFinal: alumno.evaluacionFinal,
          modulos: alumno.listaModulos?.map((modulo) => [
            modulo.codigoModulo,
            modulo.porcentajeAvance,
            modulo.notaModulo,
          ]),
        }).toEqual({
          id,
          porcentajeAvance: completion.pct,
          evaluacionFinal: grade?.pct_rounded,
          modulos: modules.map((module) => [module.code, module.pct, module.grade?.pct_rounded]),
        });
      }
  });

  it('asks once per active student and a fixed number of times per course', () => {
    const completion = calls.filter((name) => name === 'core_completion_get_activities_completion_status');
    const active = expected.flatMap(({ students }) => students.filter((student) => student.active));
    expect(completion.length).toBe(active.length);
    expect(calls.length - completion.length).toBeLessThan(20 * expected.length);
  });
});

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

function expectedOf(course: ExpectedCourse, id: number): ExpectedStudent {
  const student = course.students.find(({ userid }) => userid === id);
  if (!student) throw new Error(`user ${id} is not expected in course ${course.id}`);
  return student;
}
