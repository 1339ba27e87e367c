import type {
  Account,
  Completion,
  Course,
  CourseModule,
  CourseSnapshot,
  CourseTime,
  Enrolment,
  Grade,
  GradeItem,
  Group,
  Participant,
  Section,
} from '../../src/moodle/site.ts';

/** A night of November 2026 in Santiago. */
export const AT = new Date('2026-11-22T23:30:00-03:00');

export function aCourse(given: Partial<Course> = {}): Course {
  return {
    id: 2,
    shortname: 'CAP-26-01-13-0446',
    fullname: 'Atención de público',
    idnumber: '',
    startDate: new Date('2026-10-05T00:00:00-03:00'),
    endDate: new Date('2026-12-18T00:00:00-03:00'),
    completionEnabled: true,
    visible: true,
    ...given,
  };
}

export function aSection(id: number, name: string | null, given: Partial<Section> = {}): Section {
  return { id, position: id, name, visible: true, component: null, itemId: null, ...given };
}

export function aModule(id: number, sectionId: number, given: Partial<CourseModule> = {}): CourseModule {
  return {
    id,
    type: 'page',
    instance: id,
    sectionId,
    name: `Lectura ${id}`,
    completion: 2,
    passGradeRequired: false,
    visible: true,
    deletionInProgress: false,
    ...given,
  };
}

export function anAccount(id: number, given: Partial<Account> = {}): Account {
  return {
    id,
    username: `alumno${id}`,
    idnumber: '',
    firstname: 'Ana',
    lastname: `Soto ${id}`,
    suspended: false,
    deleted: false,
    profile: new Map(),
    ...given,
  };
}

export const MANUAL: Enrolment = {
  method: 'manual',
  methodEnabled: true,
  suspended: false,
  start: null,
  end: null,
};
export const STUDENT = { shortname: 'alumno_otec', archetype: 'student' };
export const TEACHER = { shortname: 'editingteacher', archetype: 'editingteacher' };

export function aStudent(id: number, idnumber: string, given: Partial<Account> = {}): Participant {
  return {
    account: anAccount(id, { idnumber, ...given }),
    roles: [STUDENT],
    enrolment: { kind: 'rows', rows: [MANUAL] },
  };
}

export function aGroup(id: number, name: string, members: number[] = []): Group {
  return { id, name, idnumber: '', members: new Set(members) };
}

export function done(state: number, time: Date | null = null): Completion {
  return { state, time, overall: null, overridden: false };
}

export function aTotal(id: number, type: 'course' | 'category', name: string | null = null): GradeItem {
  return { id, type, name, gradeType: 1, needsUpdate: false };
}

export function aGrade(final: number | null, min = 1, max = 7): Grade {
  return { final, min, max, overridden: false };
}

/** Nested maps written as objects: user id → thing id → value. */
export function byUser<T>(values: Record<number, Record<number, T>>): Map<number, Map<number, T>> {
  return new Map(
    Object.entries(values).map(([user, own]) => [
      Number(user),
      new Map(Object.entries(own).map(([id, value]) => [Number(id), value])),
    ]),
  );
}

/** Seconds per section by user id; what is beyond the sections was spent on the course itself. */
export function spent(
  values: Record<number, { total: number; sections?: Record<number, number> }>,
): CourseTime {
  return {
    precision: 'second',
    asOf: AT,
    logStart: null,
    kept: false,
    students: new Map(
      Object.entries(values).map(([user, { total, sections = {} }]) => [
        Number(user),
        {
          total,
          sections: new Map(Object.entries(sections).map(([id, seconds]) => [Number(id), seconds])),
          first: null,
          last: null,
        },
      ]),
    ),
  };
}

export const M1 = 'ELE028837032039';
export const M2 = 'ELE028837032040';

/** Two modules of two activities each, one of them tracked, and one student without a trace. */
export function aSnapshot(given: Partial<CourseSnapshot> = {}): CourseSnapshot {
  return {
    course: aCourse(),
    sections: [
      aSection(10, null, { position: 0 }),
      aSection(11, `Módulo 1 / ${M1}`, { position: 1 }),
      aSection(12, `Módulo 2 / ${M2}`, { position: 2 }),
    ],
    modules: [
      aModule(101, 11),
      aModule(102, 11, { completion: 0, type: 'url', name: 'Enlace' }),
      aModule(103, 12),
      aModule(104, 12, { completion: 0, type: 'bigbluebuttonbn', name: 'Clase' }),
    ],
    groups: [],
    groupings: [],
    participants: [aStudent(5, '11222333-9')],
    completions: new Map(),
    gradeItems: [aTotal(1, 'course'), aTotal(2, 'category', `Módulo 1 ${M1}`), aTotal(3, 'category', M2)],
    grades: new Map(),
    time: spent({}),
    at: AT,
    ...given,
  };
}
