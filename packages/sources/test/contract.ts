import { type Issue, isCodigo, isFecha } from '@puente-sic/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type CourseTree, type Reading, type Source, SourceError, type StudentTree } from '../src/source.ts';

/** What a source shows to be held to the contract. */
export interface Subject {
  /** A fresh source over the same data each time, with two courses at least and somebody in each. */
  open(): Source;
  /** A source of the same kind whose data cannot be reached at all. */
  dead(): Source;
  at: Date;
  dispose?(): Promise<void>;
}

/** What every source owes to the engine, whatever it reads. `subject` boots what it needs, once. */
export function sourceContract(kind: string, subject: () => Subject | Promise<Subject>): void {
  describe(`${kind} keeps the contract of a source`, () => {
    let given: Subject;
    let whole: Reading;

    beforeAll(async () => {
      given = await subject();
      whole = await reading((source) => source.read({ at: given.at }));
    });
    afterAll(async () => {
      await given?.dispose?.();
    });

    async function reading<T>(use: (source: Source) => Promise<T>): Promise<T> {
      const source = given.open();
      try {
        return await use(source);
      } finally {
        await source.close();
      }
    }

    it('gives several courses, each oferta + grupo once', () => {
      const keys = whole.courses.map(({ codigoOferta, codigoGrupo }) => `${codigoOferta}\n${codigoGrupo}`);
      expect(keys.length).toBeGreaterThanOrEqual(2);
      expect(new Set(keys).size).toBe(keys.length);
      expect(whole.courses.every(({ students }) => students.length > 0)).toBe(true);
    });

    it('gives well formed trees', () => {
      for (const course of whole.courses) expectCourse(course);
      for (const finding of whole.findings) expectIssue(finding);
    });

    it('gives plain data: what is written as JSON and read back is the same', () => {
      expect(JSON.parse(JSON.stringify(whole))).toStrictEqual(whole);
    });

    it('names each student of a course once, unless held back', () => {
      for (const { students } of whole.courses) {
        const ruts = students
          .filter(({ held }) => held.length === 0)
          .map(({ alumno }) => `${alumno.rutAlumno}-${alumno.dvAlumno}`.toUpperCase());
        expect(new Set(ruts).size).toBe(ruts.length);
      }
    });

    it('gives the same in the same order when read again', async () => {
      const source = given.open();
      const first = await source.read({ at: given.at });
      const second = await source.read({ at: given.at });
      await source.close();
      expect(first).toStrictEqual(whole);
      expect(second).toStrictEqual(whole);
    });

    it('lists the courses that it reads, each id once', async () => {
      const listed = await reading((source) => source.listCourses());
      const ids = listed.map(({ id }) => id);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { id, name, title } of listed) for (const text of [id, name, title]) expectText(text);
      for (const { id } of whole.courses) expect(ids).toContain(id);
    });

    it('reads one course alone as it reads it among the others, by id and by name', async () => {
      const { id, name } = whole.courses[1] as CourseTree;
      const expected = whole.courses.filter((course) => course.id === id);
      for (const curso of [id, name]) {
        const { courses } = await reading((source) => source.read({ at: given.at, courses: [{ curso }] }));
        expect(courses).toStrictEqual(expected);
      }
    });

    it('takes codigoOferta and codigoGrupo from the selection', async () => {
      const alone = whole.courses.find(
        (course) => whole.courses.filter(({ id }) => id === course.id).length === 1,
      ) as CourseTree;
      const { courses } = await reading((source) =>
        source.read({
          at: given.at,
          courses: [{ curso: alone.id, codigoOferta: 'OTRA-OFERTA', codigoGrupo: 'OTRO-GRUPO' }],
        }),
      );
      expect(courses.map(({ codigoOferta, codigoGrupo }) => [codigoOferta, codigoGrupo])).toEqual([
        ['OTRA-OFERTA', 'OTRO-GRUPO'],
      ]);
      expect(courses[0]?.students.length).toBe(alone.students.length);
    });

    it('says so when a course asked for is not there, and still reads the others', async () => {
      const { id } = whole.courses[0] as CourseTree;
      const missing = { curso: 'NO-EXISTE-0001' };
      const { courses, notGiven } = await reading((source) =>
        source.read({ at: given.at, courses: [missing, { curso: id }] }),
      );
      expect(courses).toStrictEqual(whole.courses.filter((course) => course.id === id));
      expect(notGiven).toMatchObject([{ curso: missing.curso, asked: missing, cause: 'missing' }]);
      const [issue] = notGiven[0]?.issues ?? [];
      expect(notGiven[0]?.issues).toHaveLength(1);
      if (issue) expectIssue(issue);
      expect(issue).toMatchObject({
        severity: 'error',
        message: expect.stringContaining(missing.curso) as string,
      });
    });

    it('says so when the group of a course asked for is not there', async () => {
      const { id } = whole.courses[0] as CourseTree;
      const asked = { curso: id, grupo: 'NO-HAY-0001', codigoGrupo: 'G-1' };
      const { notGiven } = await reading((source) => source.read({ at: given.at, courses: [asked] }));
      expect(notGiven).toMatchObject([{ curso: id, asked, cause: 'group-missing' }]);
      for (const issue of notGiven.flatMap(({ issues }) => issues)) expectIssue(issue);
    });

    it('stops when it is told to, before and while reading', async () => {
      const reason = new Error('deténgase');
      const aborted = AbortSignal.abort(reason);
      await reading(async (source) => {
        await expect(source.read({ at: given.at, signal: aborted })).rejects.toBe(reason);
        await expect(source.listCourses(aborted)).rejects.toBe(reason);
      });
      await reading(async (source) => {
        const controller = new AbortController();
        const running = source.read({ at: given.at, signal: controller.signal });
        controller.abort(reason);
        await expect(running).rejects.toBe(reason);
      });
    });

    it('throws a SourceError when the source itself is dead', async () => {
      const source = given.dead();
      for (const attempt of [() => source.read({ at: given.at }), () => source.listCourses()]) {
        const failure = await attempt().then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(failure).toBeInstanceOf(SourceError);
        if (failure instanceof SourceError)
          for (const text of [failure.message, failure.fix]) expectSentence(text);
      }
      await source.close();
    });
  });
}

function expectCourse(course: CourseTree): void {
  for (const text of [course.id, course.name, course.title, course.codigoOferta, course.codigoGrupo])
    expectText(text);
  for (const fecha of [course.fechaInicio, course.fechaFin])
    if (fecha !== undefined) expect(isFecha(fecha) && fecha.length === 10, `${fecha} is a day`).toBe(true);
  for (const finding of course.findings) expectIssue(finding);
  for (const student of course.students) expectStudent(student);
}

function expectStudent(student: StudentTree): void {
  const { alumno, name, place, modulePlaces, held, heldModules, findings } = student;
  expect(modulePlaces).toHaveLength(alumno.listaModulos?.length ?? 0);
  if (name !== undefined) expectText(name);
  for (const each of [place, ...modulePlaces]) if (each !== undefined) expectText(each.text);
  for (const issue of held) {
    expectIssue(issue);
    expect(issue.severity).toBe('error');
  }
  for (const issue of heldModules ?? []) {
    expectIssue(issue);
    expect(issue).toMatchObject({ severity: 'error', scope: 'modulo', codigoModulo: expect.any(String) });
  }
  for (const issue of findings) {
    expectIssue(issue);
    expect(issue.severity).toBe('warning');
  }
}

function expectIssue(issue: Issue): void {
  expect(issue.path).toBe('');
  expect(issue.code === null || isCodigo(issue.code)).toBe(true);
  expect(['error', 'warning']).toContain(issue.severity);
  expect(['call', 'alumno', 'modulo']).toContain(issue.scope);
  expectSentence(issue.message);
  expectSentence(issue.fix);
  if (issue.place !== undefined) expectText(issue.place);
}

/** A whole sentence for a person: nothing of the machine leaked into it. */
function expectSentence(text: string): void {
  expectText(text);
  expect(text).toMatch(/[.!?»)]$/);
  expect(text).not.toMatch(/\bundefined\b|\bnull\b|\bNaN\b|\[object |\bError:/);
}

function expectText(text: string): void {
  expect(text).toBeTypeOf('string');
  expect(text.trim()).not.toBe('');
}
