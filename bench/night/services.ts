import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Call, moodleServer, type Reply } from '../../packages/sources/test/moodle-ws/server.ts';
import { ACTIVITIES, FIRST_USER, SECTIONS, START } from '../moodle/generate.ts';
import { COURSE_IDS, modulesOf, ofertaOf, peopleOf, rutOf } from './size.ts';

/** The generated site by its web services. */
export function serveMoodle() {
  return moodleServer((call) => ({ body: JSON.stringify(answer(call)) }) satisfies Reply);
}

/** The clicks of each course as Moodle's log is downloaded, a file each. */
export function writeLogs(folder: string): string {
  const csv = join(folder, 'registros');
  mkdirSync(csv);
  for (const course of COURSE_IDS) {
    const lines = peopleOf(course).flatMap((person) =>
      Array.from({ length: CLICKS }, (_, at) => {
        const cmid = course * 100 + 1 + (at % (SECTIONS * ACTIVITIES));
        const day = String(1 + (at % 28)).padStart(2, '0');
        const minute = String((at * 7 + person) % 60).padStart(2, '0');
        const seen =
          at % 5 === 0
            ? `viewed the course with id '${course}'.`
            : `viewed the 'page' activity with course module id '${cmid}'.`;
        return `"${day}/${at < CLICKS / 2 ? '09' : '10'}/26, ${10 + (at % 9)}:${minute}:00","Nombre Apellido",-,"Página",Página,"Módulo visto","The user with id '${FIRST_USER + person}' ${seen}",web,192.0.2.1`;
      }),
    );
    writeFileSync(join(csv, `${ofertaOf(course)}.csv`), `${[LOG_HEADER, ...lines].join('\n')}\n`);
  }
  return csv;
}

const CLICKS = 100;
const LOG_HEADER =
  'Hora,"Nombre completo del usuario","Usuario afectado","Contexto del evento",Componente,"Nombre evento",Descripción,Origen,"Dirección IP"';

function answer({ wsfunction, fields }: Call): unknown {
  const course = Number(fields.get('courseid'));
  switch (wsfunction) {
    case 'core_webservice_get_site_info':
      return {
        ...{ sitename: 'Medida', siteurl: 'http://127.0.0.1', userid: 2, release: '4.5.6' },
        functions: FUNCTIONS.map((name) => ({ name, version: '1' })),
      };
    case 'core_course_get_courses_by_field':
      return { courses: COURSE_IDS.map(courseAnswer), warnings: [] };
    case 'core_course_get_contents':
      return contents(course);
    case 'core_enrol_get_enrolled_users':
      return peopleOf(course).map(user);
    case 'core_user_get_users_by_field':
      return [...fields]
        .filter(([key]) => key.startsWith('values['))
        .map(([, id]) => ({ id: Number(id), suspended: false }));
    case 'core_group_get_course_groups':
    case 'core_group_get_group_members':
      return [];
    case 'core_completion_get_activities_completion_status':
      return { statuses: statuses(course), warnings: [] };
    case 'gradereport_user_get_grade_items':
      return { usergrades: peopleOf(course).map((person) => grades(course, person)), warnings: [] };
    case 'core_grades_get_gradeitems':
      return { gradeItems: [], warnings: [] };
    case 'core_grades_get_grade_tree':
      return JSON.stringify({
        ...{ id: String(course * 10), name: '?', iscategory: true },
        children: modulesOf(course).map((name, at) => ({
          ...{ id: String(course * 10 + at + 1), name, iscategory: true, children: null },
        })),
      });
    case 'core_completion_get_course_completion_status':
      return { completionstatus: { completed: false, aggregation: 1, completions: [] } };
    case 'mod_bigbluebuttonbn_get_bigbluebuttonbns_by_courses':
      return { bigbluebuttonbns: [], warnings: [] };
    default:
      throw new Error(`the bench's Moodle does not know ${wsfunction}`);
  }
}

const FUNCTIONS = [
  'core_webservice_get_site_info',
  'core_course_get_courses_by_field',
  'core_course_get_contents',
  'core_enrol_get_enrolled_users',
  'core_user_get_users_by_field',
  'core_group_get_course_groups',
  'core_group_get_group_members',
  'core_completion_get_activities_completion_status',
  'gradereport_user_get_grade_items',
  'core_grades_get_gradeitems',
  'core_grades_get_grade_tree',
  'core_completion_get_course_completion_status',
  'mod_bigbluebuttonbn_get_bigbluebuttonbns_by_courses',
];

function courseAnswer(id: number) {
  return {
    ...{ id, shortname: ofertaOf(id), fullname: `Curso ${id}`, idnumber: '', visible: 1, groupmode: 0 },
    ...{ startdate: START, enddate: START + 150 * 86_400, enablecompletion: 1 },
  };
}

function contents(course: number) {
  return modulesOf(course).map((codigo, section) => ({
    ...{ id: course * 10 + section, name: `Módulo ${section + 1} / ${codigo}`, section: section + 1 },
    ...{ visible: 1, component: null, itemid: null },
    modules: Array.from({ length: ACTIVITIES }, (_, at) => ({
      ...{ id: cmidOf(course, section, at), instance: cmidOf(course, section, at), name: `Lectura ${at}` },
      ...{ modname: 'page', visible: 1, completion: 2 },
      completiondata: { state: 0, timecompleted: 0, overrideby: null, details: VIEWED },
    })),
  }));
}

function statuses(course: number) {
  return modulesOf(course).flatMap((_, section) =>
    Array.from({ length: ACTIVITIES }, (__, at) => ({
      ...{ cmid: cmidOf(course, section, at), modname: 'page', overrideby: null, details: VIEWED },
      ...{ state: section < 3 ? 1 : 0, timecompleted: section < 3 ? START + at * 86_400 : 0 },
      isoverallcomplete: section < 3,
    })),
  );
}

function user(person: number) {
  return {
    ...{ id: FIRST_USER + person, username: `alumno${person}`, idnumber: rutOf(person) },
    ...{ firstname: 'Nombre', lastname: `Apellido ${person}`, fullname: `Nombre Apellido ${person}` },
    roles: [{ roleid: 5, shortname: 'student' }],
  };
}

function grades(course: number, person: number) {
  const item = (at: number, itemtype: string) => ({
    ...{ id: course * 10 + at, itemname: null, itemtype, iteminstance: course * 10 + at },
    ...{ graderaw: 1 + ((person * 7 + at) % 60) / 10, grademin: 1, grademax: 7 },
    ...{ categoryid: null, scaleid: null, gradeishidden: false, gradeneedsupdate: false },
  });
  return {
    ...{ courseid: course, userid: FIRST_USER + person },
    gradeitems: [item(0, 'course'), ...modulesOf(course).map((_, at) => item(at + 1, 'category'))],
  };
}

function cmidOf(course: number, section: number, activity: number): number {
  return course * 100 + 1 + section * ACTIVITIES + activity;
}

const VIEWED = [{ rulename: 'completionview' }];
