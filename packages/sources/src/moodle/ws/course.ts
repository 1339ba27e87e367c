import type { Issue } from '@puente-sic/protocol';
import { warning } from '../../rules/findings.ts';
import { listed } from '../../rules/listed.ts';
import { codeOfSection } from '../rules/codes.ts';
import type { MoodleLinks } from '../rules/links.ts';
import { isStudent } from '../rules/students.ts';
import { oneLanguage } from '../rules/text.ts';
import type { MoodleRules } from '../settings.ts';
import type { Completion, CourseSnapshot, Participant } from '../site.ts';
import type { WsApi } from './api.ts';
import { readStatuses } from './completion.ts';
import { readContents } from './contents.ts';
import { WsError } from './errors.ts';
import { type CategoryNames, namesFromItems, namesFromTable, namesFromTree, readGrades } from './grades.ts';
import type { OptionalCalls } from './optional.ts';
import { type EnrolmentDates, readGroupings, readGroups, readPeople } from './people.ts';
import type { Resumable } from './resume.ts';
import type { WsCourse, WsUserGrades } from './schemas.ts';
import { findTraps } from './traps.ts';

/** What reading one course needs beside its answers. */
export interface CourseRequest {
  course: WsCourse;
  at: Date;
  rules: MoodleRules;
  links: MoodleLinks;
  resume: Resumable;
  optional: OptionalCalls;
  /** Of a report, by user name or id number in lower case; null: none was made. */
  dates: ((participant: Participant) => EnrolmentDates | undefined) | null;
  /** Nothing was asked for by name: a course without a module code is not read any further. */
  onlyWithModules: boolean;
  signal?: AbortSignal | undefined;
}

/** A course as the web services show it, without time; `refused`: it must not be sent, and why. */
export interface WsCourseReading {
  snapshot: Omit<CourseSnapshot, 'time'>;
  refused: Issue | null;
  findings: Issue[];
  /** For who looks at the site before the first send; nothing that is sent depends on it. */
  advice: Issue[];
}

/**
 * Reads one course. Completion is one call per active student; everything else is a fixed number of calls.
 * @throws {SourceError} Moodle cannot be reached or refuses something without which nothing is right.
 */
export async function readCourse(api: WsApi, request: CourseRequest): Promise<WsCourseReading> {
  const { course, at, rules, links, optional, signal } = request;
  const contents = readContents(await api.contents(course.id, signal));
  if (request.onlyWithModules && contents.sections.every((section) => codeOfSection(section, rules) === null))
    return { snapshot: emptySnapshot(course, contents, at), refused: null, findings: [], advice: [] };
  const [enrolled, activeIds, groups] = await Promise.all([
    api.enrolled(course.id, signal),
    api.activelyEnrolled(course.id, signal),
    api.groups(course.id, signal),
  ]);
  const [members, groupings, suspended] = await Promise.all([
    api.groupMembers(
      groups.map(({ id }) => id),
      signal,
    ),
    readAllGroupings(api, optional, course, groups.length > 0, signal),
    optional.call('core_user_get_users_by_field', course.shortname, new Map(), () =>
      api.suspended(
        enrolled.map(({ id }) => id),
        signal,
      ),
    ),
  ]);
  const participants = withDates(readPeople({ enrolled, activeIds, suspended }), request.dates);
  const students = participants.filter((one) => isStudent(one, rules) && isActive(one));

  const [completions, graded] = await Promise.all([
    readCompletions(api, request, students),
    readAllGrades(api, course.id, students, signal),
  ]);
  const names = await categoryNames(api, optional, course, graded.usergrades, students, signal);
  const snapshot = {
    course: readCourseFields(course),
    ...contents,
    groups: readGroups(groups, members),
    groupings,
    participants,
    completions,
    ...readGrades(graded.usergrades, names.names),
    at,
  };
  const criteria = await readCriteria(api, optional, course.id, students, signal);
  const liveClasses = await optional.quietly(
    'mod_bigbluebuttonbn_get_bigbluebuttonbns_by_courses',
    null,
    () => api.liveClasses(course.id, signal),
  );
  const evidence = { ...graded, itemNames: names.items, liveClasses, criteria };
  const traps = findTraps(snapshot, evidence, links);
  const place = links.course(course.id);
  const placed = (finding: Issue): Issue => ({ ...(place !== undefined && { place }), ...finding });
  return {
    snapshot,
    refused: traps.refused,
    findings: [...traps.findings, ...datesFindings(request, students)].map(placed),
    advice: criteriaAdvice(snapshot, criteria ?? []).map(placed),
  };
}

/** Whoever has done everything that can be seen is then still "not complete" for Moodle. */
function criteriaAdvice({ course, modules }: WsCourseReading['snapshot'], criteria: number[]): Issue[] {
  const hidden = modules.filter(({ id, visible }) => !visible && criteria.includes(id));
  if (hidden.length === 0) return [];
  return [
    warning({
      message: `La finalización del curso «${course.shortname}» en Moodle pide actividades ocultas (${listed(hidden.map(({ name }) => oneLanguage(name)))}): ahí nadie llega a completarlo. Lo que el puente informa no depende de eso.`,
      fix: '(El curso) > Más > Finalización del curso > Condición: finalización de actividades: quítelas, o muestre esas actividades.',
    }),
  ];
}

function emptySnapshot(
  course: WsCourse,
  contents: ReturnType<typeof readContents>,
  at: Date,
): WsCourseReading['snapshot'] {
  return {
    course: readCourseFields(course),
    ...contents,
    groups: [],
    groupings: [],
    participants: [],
    completions: new Map(),
    gradeItems: [],
    grades: new Map(),
    at,
  };
}

function readCourseFields(course: WsCourse): CourseSnapshot['course'] {
  return {
    id: course.id,
    shortname: course.shortname,
    fullname: course.fullname,
    idnumber: course.idnumber ?? '',
    startDate: instant(course.startdate),
    endDate: instant(course.enddate),
    completionEnabled: course.enablecompletion !== 0,
    visible: course.visible !== 0,
  };
}

function isActive({ account, enrolment }: Participant): boolean {
  return enrolment.kind === 'verdict' && enrolment.active && account.suspended !== true;
}

function withDates(participants: Participant[], dates: CourseRequest['dates']): Participant[] {
  if (!dates) return participants;
  return participants.map((one) => ({ ...one, enrolment: { ...one.enrolment, ...dates(one) } }));
}

async function readCompletions(
  api: WsApi,
  { course, resume, signal }: CourseRequest,
  students: Participant[],
): Promise<Map<number, Map<number, Completion>>> {
  const read = async ({ account: { id } }: Participant): Promise<[number, Map<number, Completion>]> => {
    const kept = resume.get(course.id, id);
    if (kept) return [id, readStatuses(kept)];
    const statuses = await api.completion(course.id, id, signal);
    resume.keep(course.id, id, statuses);
    return [id, readStatuses(statuses)];
  };
  return new Map(await Promise.all(students.map(read)));
}

/** Everybody in one call; who is missing in it (of another group, without `accessallgroups`) one by one. */
async function readAllGrades(
  api: WsApi,
  courseId: number,
  students: Participant[],
  signal?: AbortSignal,
): Promise<{ usergrades: WsUserGrades[]; gradesOneByOne: number; gradesRefused: number }> {
  const usergrades = await api.grades(courseId, 0, signal);
  const answered = new Set(usergrades.map(({ userid }) => userid));
  const missing = students.filter(({ account }) => !answered.has(account.id));
  const single = await Promise.all(
    missing.map(({ account }) =>
      api.grades(courseId, account.id, signal).catch((error: unknown) => {
        if (error instanceof WsError && error.errorcode !== null && error.kind === 'wrong') return [];
        throw error;
      }),
    ),
  );
  return {
    usergrades: [...usergrades, ...single.flat()],
    gradesOneByOne: missing.length,
    gradesRefused: single.filter((answer) => answer.length === 0).length,
  };
}

/** By the tree (4.4 on), which alone names categories without items; else by the items; else by the page's HTML. */
async function categoryNames(
  api: WsApi,
  optional: OptionalCalls,
  { id: courseId, shortname }: WsCourse,
  usergrades: WsUserGrades[],
  students: Participant[],
  signal?: AbortSignal,
): Promise<{ names: CategoryNames; items: { id: number; itemname: string; category: string }[] | null }> {
  const items = await optional.call('core_grades_get_gradeitems', shortname, null, () =>
    api.gradeItemNames(courseId, signal),
  );
  const some = students[0]?.account.id;
  const tree = await optional.quietly('core_grades_get_grade_tree', null, () =>
    api.gradeTree(courseId, signal),
  );
  if (tree) return { names: namesFromTree(tree), items };
  const table =
    some === undefined
      ? null
      : await optional.quietly('gradereport_user_get_grades_table', null, () =>
          api.gradesTable(courseId, some, signal),
        );
  if (table) return { names: namesFromTable(table), items };
  if (items) return { names: namesFromItems(items, usergrades), items };
  optional.miss('core_grades_get_grade_tree', shortname);
  return { names: new Map(), items };
}

async function readAllGroupings(
  api: WsApi,
  optional: OptionalCalls,
  { id: courseId, shortname }: WsCourse,
  needed: boolean,
  signal?: AbortSignal,
) {
  if (!needed) return [];
  const named = await optional.call('core_group_get_course_groupings', shortname, [], () =>
    api.groupings(courseId, signal),
  );
  // Only a grouping that says SENCE is ever looked into: without one, the function is not missed.
  if (!named.some(({ name }) => /sence/i.test(name))) return readGroupings(named);
  const ids = named.map(({ id }) => id);
  const whole = await optional.call('core_group_get_groupings', shortname, named, () =>
    api.groupingsWithGroups(ids, signal),
  );
  return readGroupings(whole);
}

async function readCriteria(
  api: WsApi,
  optional: OptionalCalls,
  courseId: number,
  students: Participant[],
  signal?: AbortSignal,
): Promise<number[] | null> {
  const some = students[0]?.account.id;
  if (some === undefined) return null;
  return optional.quietly('core_completion_get_course_completion_status', null, () =>
    api.criteria(courseId, some, signal),
  );
}

function datesFindings({ course, dates }: CourseRequest, students: Participant[]): Issue[] {
  if (students.length === 0 || dates) return [];
  return [
    warning({
      message: `Los servicios web de Moodle no entregan las fechas de inscripción: en el curso «${course.shortname}» todos los estudiantes van con las fechas del curso.`,
      fix: 'Si alguien tiene fechas propias, cree en Moodle el informe de participantes que explica `puente moodle permisos` y ponga su número en `informeInscripciones`, o lea desde la base de datos (tipo: moodle-bd). Si todos cursan en las fechas del curso, no hay nada que hacer.',
    }),
  ];
}

function instant(seconds: number | undefined): Date | null {
  return seconds ? new Date(seconds * 1000) : null;
}
