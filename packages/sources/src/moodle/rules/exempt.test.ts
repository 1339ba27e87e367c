import { describe, expect, it } from 'vitest';
import { AT, aCourse, aGroup, aModule, aSection, aStudent } from '../../../test/moodle/snapshot.ts';
import { DEFAULT_RULES } from '../../rules/settings.ts';
import type { CourseSnapshot } from '../site.ts';
import { unknownExempt } from './exempt.ts';
import { judgeCourse } from './judge.ts';
import { MoodleLinks } from './links.ts';

const ANA = '11222333-9';
const BETO = '31022815-K';
const snapshot = (given: Partial<CourseSnapshot> = {}): CourseSnapshot => ({
  course: aCourse(),
  sections: [aSection(1, 'Uno/PRES028008000558')],
  modules: [aModule(1, 1)],
  groups: [],
  groupings: [],
  participants: [aStudent(5, ANA), aStudent(6, BETO), aStudent(7, '8040103-5')],
  completions: new Map(),
  gradeItems: [],
  grades: new Map(),
  time: null,
  at: AT,
  ...given,
});
const judge = (given: Partial<CourseSnapshot>, gruposExentos = ['Exentos SENCE'], selections = [{}]) =>
  judgeCourse(
    snapshot(given),
    { ...DEFAULT_RULES, gruposExentos },
    selections.map((one) => ({ curso: '2', ...one })),
    new MoodleLinks(undefined),
  );
const reported = ({ students }: ReturnType<typeof judge>) =>
  students.map(({ person }) => person.leading.account.id);

describe('an exempt group', () => {
  const groups = [aGroup(1, 'CAP-26-01-13-0446-1', [5, 6, 7]), aGroup(2, ' exentos  sence ', [6])];

  it('is not reported, whatever other group its members are in, and is told once', () => {
    const judged = judge({ groups });
    expect(reported(judged)).toEqual([5, 7]);
    const told = judged.findings.filter(({ message }) => message.includes('gruposExentos'));
    expect(told.map(({ message }) => message)).toEqual([
      expect.stringContaining('«Ana Soto 6 (usuario alumno6)»'),
    ]);
    const held = judged.students.flatMap((student) => student.held.map(({ message }) => message));
    expect(held.filter((message) => message.includes('grupo'))).toEqual([]);
  });

  it('is named by its id or id number too', () => {
    expect(reported(judge({ groups }, ['2']))).toEqual([5, 7]);
    expect(reported(judge({ groups: [{ ...aGroup(9, 'x', [5]), idnumber: 'EX' }] }, ['EX']))).toEqual([6, 7]);
    expect(reported(judge({ groups }, []))).toEqual([5, 6, 7]);
  });

  it('is of a person: another account with the same RUT is not reported either', () => {
    const participants = [aStudent(5, ANA), aStudent(6, BETO), aStudent(8, '', { username: BETO })];
    expect(reported(judge({ groups, participants }))).toEqual([5]);
  });

  it('is no section of SENCE, and a course with no other group is one section', () => {
    const own = aGroup(2, 'CAP-26-01-13-0446-EX', [6]);
    const alone = judge({ groups: [own] }, [own.name]);
    expect(alone.groups).toMatchObject([{ codigoGrupo: 'CAP-26-01-13-0446', group: null }]);
    expect(reported(alone)).toEqual([5, 7]);
    expect(judge({ groups: [groups[0] as never, own] }, [own.name]).groups).toHaveLength(1);
  });

  it('that no course has is told, for it may be spelled otherwise', () => {
    const rules = { ...DEFAULT_RULES, gruposExentos: ['Exentos SENCE', 'Becados'] };
    expect(unknownExempt([snapshot(), snapshot({ groups })], rules)).toMatchObject([
      { severity: 'warning', message: expect.stringMatching(/«Becados», de `gruposExentos`/) },
    ]);
    expect(unknownExempt([], rules)).toEqual([]);
  });
});
