import { SITE_FUNCTIONS } from './functions.ts';
import type { Call, Reply } from './server.ts';
import { items, NOW, type Row, TABLES } from './site.ts';

/** What the role of the service user lacks, by its Moodle names; `mod/quiz:view` and the like too. */
export interface Lacks {
  capabilities?: string[];
  functions?: string[];
}

/**
 * Answers as a Moodle with the site of these tables would, in the shape that was recorded from a real one, the
 * traps included: what a missing permission hides is simply not there.
 */
export function moodleOf(lacks: Lacks = {}): (call: Call) => Reply {
  const may = (capability: string): boolean => !lacks.capabilities?.includes(capability);
  const functions = SITE_FUNCTIONS.filter((name) => !lacks.functions?.includes(name));
  return ({ wsfunction, fields }) => {
    if (!functions.includes(wsfunction)) return refusal('accessexception');
    const course = Number(fields.get('courseid'));
    const answer = answers(fields, course, may)[wsfunction];
    if (!answer) throw new Error(`the test's Moodle does not know ${wsfunction}`);
    return {
      body: wsfunction === 'core_webservice_get_site_info' ? siteInfo(functions) : JSON.stringify(answer()),
    };
  };
}

export function refusal(errorcode: string): Reply {
  return { body: { exception: 'core\\exception\\moodle_exception', errorcode, message: 'x' } };
}

type May = (capability: string) => boolean;

function answers(fields: URLSearchParams, course: number, may: May): Record<string, () => unknown> {
  const user = Number(fields.get('userid'));
  return {
    core_webservice_get_site_info: () => null,
    core_course_get_courses_by_field: () => ({ courses: rows('course').map(courseAnswer), warnings: [] }),
    core_course_get_contents: () => contents(course, may),
    core_enrol_get_enrolled_users: () => enrolled(course, fields.get('options[0][name]') === 'onlyactive'),
    core_user_get_users_by_field: () =>
      rows('user')
        .filter(({ id }) => valuesOf(fields, 'values').includes(Number(id)))
        .map(({ id, suspended }) => ({ id, suspended: suspended === 1 })),
    core_group_get_course_groups: () => rows('groups').filter(({ courseid }) => courseid === course),
    core_group_get_group_members: () =>
      valuesOf(fields, 'groupids').map((groupid) => ({ groupid, userids: membersOf(groupid) })),
    core_group_get_course_groupings: () => rows('groupings').filter(({ courseid }) => courseid === course),
    core_group_get_groupings: () =>
      rows('groupings')
        .filter(({ id }) => valuesOf(fields, 'groupingids').includes(Number(id)))
        .map((grouping) => ({
          ...grouping,
          groups: rows('groupings_groups')
            .filter(({ groupingid }) => groupingid === grouping.id)
            .map(({ groupid }) => ({ id: groupid })),
        })),
    core_completion_get_activities_completion_status: () => ({
      statuses: visibleModules(course, may)
        .filter(({ completion }) => completion !== 0)
        .map((module) => status(module, user)),
      warnings: [],
    }),
    core_completion_get_course_completion_status: () => ({
      completionstatus: { completed: false, aggregation: 1, completions: criteria(course) },
    }),
    gradereport_user_get_grade_items: () => ({ usergrades: usergrades(course, user, may), warnings: [] }),
    core_grades_get_gradeitems: () => ({
      gradeItems: items
        .filter((item) => item.course === course && (item.type === 'mod' || item.type === 'manual'))
        .map(({ id, name, category }) => ({
          id: String(id),
          itemname: name,
          category: escaped(categoryName(category)),
        })),
      warnings: [],
    }),
    core_grades_get_grade_tree: () => JSON.stringify(gradeTree(course)),
    mod_bigbluebuttonbn_get_bigbluebuttonbns_by_courses: () => ({ bigbluebuttonbns: [], warnings: [] }),
    core_reportbuilder_retrieve_report: () =>
      report(Number(fields.get('reportid')), Number(fields.get('page'))),
  };
}

function siteInfo(functions: string[]) {
  return {
    sitename: 'Aula de prueba',
    siteurl: 'http://127.0.0.1',
    userid: 90,
    release: '4.5.6 (Build: 20250811)',
    functions: functions.map((name) => ({ name, version: '2024100706' })),
  };
}

function courseAnswer(course: Row) {
  return { ...course, displayname: course.fullname, groupmode: 0 };
}

function contents(course: number, may: May) {
  return rows('course_sections')
    .filter((section) => section.course === course)
    .map((section) => ({
      id: section.id,
      name: section.name === null ? 'General' : escaped(spanish(String(section.name))),
      visible: section.visible,
      section: section.section,
      component: section.component,
      itemid: section.itemid,
      modules: visibleModules(course, may)
        .filter((module) => module.section === section.id)
        .map((module) => ({
          id: module.id,
          name: nameOf(module),
          instance: module.instance,
          modname: typeOf(module),
          visible: module.visible,
          completion: module.completion,
          ...(module.completion !== 0 && {
            completiondata: { state: 0, timecompleted: 0, overrideby: null, details: details(module) },
          }),
        })),
    }));
}

/** Who lacks `mod/quiz:view` sees no quiz anywhere; what is being deleted nobody sees. */
function visibleModules(course: number, may: May): Row[] {
  return rows('course_modules').filter(
    (module) =>
      module.course === course &&
      module.deletioninprogress === 0 &&
      may(`mod/${typeOf(module)}:view`) &&
      (module.visible === 1 || may('moodle/course:viewhiddenactivities')),
  );
}

function details({ completion, completionpassgrade }: Row): { rulename: string }[] {
  if (completion !== 2) return [];
  return completionpassgrade === 1
    ? [{ rulename: 'completionusegrade' }, { rulename: 'completionpassgrade' }]
    : [{ rulename: 'completionview' }];
}

function status(module: Row, user: number) {
  const done = rows('course_modules_completion').find(
    ({ coursemoduleid, userid }) => coursemoduleid === module.id && userid === user,
  );
  const state = Number(done?.completionstate ?? 0);
  return {
    cmid: module.id,
    modname: typeOf(module),
    state,
    timecompleted: done?.timemodified ?? 0,
    overrideby: null,
    isoverallcomplete: state === 1 || state === 2 || (state === 3 && module.completionpassgrade === 0),
    details: details(module),
  };
}

function criteria(course: number) {
  return rows('course_modules')
    .filter(
      (module) => module.course === course && module.completion !== 0 && module.deletioninprogress === 0,
    )
    .map((module) => ({
      type: 4,
      details: {
        criteria:
          typeOf(module) === 'label'
            ? nameOf(module)
            : `<a href="http://127.0.0.1/mod/${typeOf(module)}/view.php?id=${module.id}">${escaped(nameOf(module))}</a>`,
      },
    }));
}

function enrolled(course: number, onlyActive: boolean) {
  const now = NOW.getTime() / 1000;
  return rows('user_enrolments')
    .filter(({ enrolid }) => enrolid === course * 10)
    .filter(({ status: state, timestart, timeend }) => {
      const begun = Number(timestart) <= now && (timeend === 0 || Number(timeend) > now);
      return !onlyActive || (state === 0 && begun);
    })
    .map(({ userid }) => userAnswer(rows('user').find(({ id }) => id === userid) ?? {}, course));
}

function userAnswer({ suspended: _, deleted: __, idnumber, ...user }: Row, course: number) {
  const fields = rows('user_info_data').filter(({ userid }) => userid === user.id);
  return {
    ...user,
    id: Number(user.id),
    fullname: `${user.firstname} ${user.lastname}`,
    ...(idnumber !== '' && { idnumber }),
    roles: rows('role_assignments')
      .filter(({ userid, contextid }) => userid === user.id && contextid === course + 500)
      .map(({ roleid }) => ({ roleid, shortname: rows('role').find(({ id }) => id === roleid)?.shortname })),
    ...(fields.length > 0 && {
      customfields: fields.map(({ data }) => ({ type: 'text', value: data, name: 'RUT', shortname: 'rut' })),
    }),
  };
}

function membersOf(group: number): number[] {
  return rows('groups_members')
    .filter(({ groupid }) => groupid === group)
    .map(({ userid }) => Number(userid))
    .reverse();
}

/** `userid` 0: of active students, one group alone without `accessallgroups`. */
function usergrades(course: number, user: number, may: May) {
  const active = enrolled(course, true).filter(({ roles }) =>
    roles.some(({ shortname }) => shortname === 'student'),
  );
  const wanted = active.filter(({ id }) =>
    user === 0 ? may('moodle/site:accessallgroups') || membersOf(300).includes(Number(id)) : id === user,
  );
  return wanted.map(({ id }) => ({
    courseid: course,
    userid: id,
    gradeitems: items
      .filter((item) => item.course === course)
      .filter(
        (item) => item.type !== 'mod' || visibleModules(course, may).some((module) => module.id === item.of),
      )
      .filter((item) => !item.hidden || may('moodle/grade:viewhidden'))
      .map((item) => gradeItem(item, Number(id))),
  }));
}

function gradeItem(item: (typeof items)[number], user: number) {
  const grade = rows('grade_grades').find(({ itemid, userid }) => itemid === item.id && userid === user);
  return {
    id: item.id,
    itemname: item.name ?? null,
    itemtype: item.type,
    iteminstance: item.type === 'mod' ? Number(item.of) + 1000 : (item.of ?? null),
    ...(item.type === 'mod' && { cmid: item.of }),
    categoryid: item.category ?? null,
    scaleid: null,
    graderaw: grade?.finalgrade ?? null,
    grademin: item.min,
    grademax: grade?.rawgrademax ?? item.max,
    gradeishidden: item.hidden === true,
    gradeneedsupdate: false,
    gradeisoverridden: false,
  };
}

function gradeTree(course: number) {
  const [top, ...others] = rows('grade_categories').filter(({ courseid }) => courseid === course);
  const name = rows('course').find(({ id }) => id === course)?.fullname;
  return {
    id: String(top?.id),
    name: escaped(String(name)),
    iscategory: true,
    children: others.map(({ id, fullname }) => ({
      id: String(id),
      name: escaped(String(fullname)),
      iscategory: true,
      children: items
        .filter(({ category }) => category === id)
        .map((item) => ({ id: String(item.id), name: item.name, iscategory: false, children: null })),
    })),
  };
}

function categoryName(category: number | undefined): string {
  return String(rows('grade_categories').find(({ id }) => id === category)?.fullname ?? '');
}

/** 1: time by block_dedication. 2: participants. Two rows to a page, whatever is asked for. */
function report(id: number, page: number) {
  const whole = id === 1 ? dedicationReport() : participantsReport();
  return {
    details: { name: 'Informe', source: 'x' },
    data: {
      headers: whole.headers,
      rows: whole.rows.slice(page * 2, page * 2 + 2).map((columns) => ({ columns })),
      totalrowcount: whole.rows.length,
    },
    warnings: [],
  };
}

function dedicationReport() {
  return {
    headers: ['Nombre de usuario', 'Nombre corto del curso', 'Duración de la sesión'],
    rows: [
      ['ana', 'CAP-30-01', '45 minutos'],
      ['ana', 'CAP-30-01', '1 hora 10 minutos'],
      ['41000222-1', 'CAP-30-01', '41 minutos'],
      ['ana', 'CAP-30-02', '30 minutos'],
    ],
  };
}

function participantsReport() {
  const courses = new Map(rows('course').map(({ id, shortname }) => [Number(id) * 10, String(shortname)]));
  return {
    headers: [
      'Course short name',
      'Username',
      'Suspended',
      'Status',
      'Time created',
      'Time started',
      'Time ended',
    ],
    rows: rows('user_enrolments').map(
      ({ enrolid, userid, status: state, timestart, timeend, timecreated }) => [
        courses.get(Number(enrolid)) ?? '',
        String(rows('user').find(({ id }) => id === userid)?.username),
        'No',
        state === 0 ? 'Active' : 'Suspended',
        shown(Number(timecreated)),
        shown(Number(timestart) || Number(timecreated)),
        Number(timeend) === 0 ? '' : shown(Number(timeend)),
      ],
    ),
  };
}

/** `Thursday, 8 October 2026, 7:31 PM`, minutes being all that is shown. */
function shown(seconds: number): string {
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'America/Santiago', ...options }).format(
      new Date(seconds * 1000),
    );
  const time = part({ hour: 'numeric', minute: '2-digit', hour12: true }).toUpperCase();
  return `${part({ weekday: 'long' })}, ${part({ day: 'numeric' })} ${part({ month: 'long' })} ${part({ year: 'numeric' })}, ${time}`;
}

function rows(table: string): Row[] {
  return TABLES[table] ?? [];
}

function typeOf({ module }: Row): string {
  return String(rows('modules').find(({ id }) => id === module)?.name);
}

function nameOf(module: Row): string {
  return String(rows(typeOf(module)).find(({ id }) => id === module.instance)?.name);
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;');
}

function spanish(text: string): string {
  return /<span lang="es" class="multilang">(.*?)<\/span>/.exec(text)?.[1] ?? text;
}

function valuesOf(fields: URLSearchParams, name: string): number[] {
  return [...fields].filter(([key]) => key.startsWith(`${name}[`)).map(([, value]) => Number(value));
}
