import { checkDigit } from '@puente-sic/protocol';
import type { Connection } from 'mysql2/promise';
import { insertSql, type Rows, schemaSql, type Table } from '../../packages/sources/test/moodle-bd/schema.ts';

export const COURSES = 100;
export const STUDENTS = 40;
export const LOG_ROWS = 2_000_000;
/** As many as a night of the generated site: it spreads the log over a hundred days. */
export const NIGHT_ROWS = LOG_ROWS / 100;

export const SECTIONS = 5;
export const ACTIVITIES = 8;
export const FIRST_COURSE = 2;
export const FIRST_USER = 1000;
/** Unix seconds of the first day of every course. */
export const START = Date.UTC(2026, 7, 1) / 1000;
/** A block: forty people in a session of twenty clicks each. */
const BLOCK = { people: 40, rows: 800, seconds: 3456 };

/** The module that a course's section is, counted from 1. */
export function code(course: number, section: number): string {
  return `MO-${10_000_000 + course}-M${section}`;
}

/** The moment just after so many rows of the log. */
export function momentAfter(rows: number): Date {
  return new Date((START + Math.ceil(rows / BLOCK.rows) * BLOCK.seconds) * 1000);
}

/** A site of {@link COURSES} courses with {@link STUDENTS} students each, without clicks. */
export async function generateSite(connection: Connection): Promise<void> {
  for (const statement of schemaSql('mysql', { prefix: 'mdl_' }).tables) await connection.query(statement);
  for (const [table, rows] of tables())
    for (let start = 0; start < rows.length; start += 2_000)
      await connection.query(insertSql('mysql', table, rows.slice(start, start + 2_000), { prefix: 'mdl_' }));
}

export async function indexSite(connection: Connection): Promise<void> {
  for (const statement of schemaSql('mysql', { prefix: 'mdl_' }).indexes) await connection.query(statement);
  await connection.query('analyze table mdl_logstore_standard_log');
}

/** Rows of the log numbered from `from` up to `to`: sessions of people of all courses side by side, as on a real site. */
export async function generateLog(connection: Connection, from: number, to: number): Promise<void> {
  const person = `((n div ${BLOCK.rows}) * ${BLOCK.people} + n mod ${BLOCK.people}) mod ${COURSES * STUDENTS}`;
  const step = `((n mod ${BLOCK.rows}) div ${BLOCK.people})`;
  const time = `${START} + (n div ${BLOCK.rows}) * ${BLOCK.seconds} + ${step} * 170 + (n * 7919) mod 160`;
  await connection.query(
    `insert into mdl_logstore_standard_log
       (id, eventname, component, action, target, contextlevel, contextinstanceid, userid, courseid, anonymous,
        other, timecreated, origin, ip)
     select n + 1, '\\\\mod_page\\\\event\\\\course_module_viewed', 'mod_page', 'viewed', 'course_module',
            if(n mod 5 = 0, 50, 70),
            if(n mod 5 = 0, course, course * 100 + 1 + (${step} * 2 + n div ${BLOCK.rows}) mod ${SECTIONS * ACTIVITIES}),
            ${FIRST_USER} + person, course, 0, '{"nombre":"valor de un evento cualquiera"}', ${time}, 'web', '192.0.2.1'
     from (select seq as n, ${person.replaceAll('n ', 'seq ')} as person,
                  ${FIRST_COURSE} + (${person.replaceAll('n ', 'seq ')}) mod ${COURSES} as course
           from seq_${from}_to_${to - 1}) rows_of_log`,
  );
}

function tables(): [Table, Rows][] {
  const courses = range(COURSES).map((index) => index + FIRST_COURSE);
  const people = range(COURSES * STUDENTS);
  const cmids = (course: number): number[] =>
    range(SECTIONS * ACTIVITIES).map((index) => course * 100 + 1 + index);
  const courseOf = (person: number): number => FIRST_COURSE + (person % COURSES);
  return [
    [
      'course',
      [1, ...courses].map((id) => ({
        id,
        shortname: `CAP-26-${id}`,
        fullname: `Curso ${id}`,
        idnumber: '',
        startdate: START,
        enddate: START + 150 * 86_400,
        enablecompletion: 1,
        visible: 1,
        timecreated: START,
      })),
    ],
    [
      'course_sections',
      courses.flatMap((course) =>
        range(SECTIONS).map((index) => ({
          id: course * 10 + index,
          course,
          section: index + 1,
          name: `Módulo ${index + 1} / ${code(course, index + 1)}`,
          visible: 1,
          sequence: cmids(course)
            .slice(index * ACTIVITIES, (index + 1) * ACTIVITIES)
            .join(','),
          component: null,
          itemid: null,
        })),
      ),
    ],
    ['modules', [{ id: 9, name: 'page' }]],
    [
      'course_modules',
      courses.flatMap((course) =>
        cmids(course).map((id, index) => ({
          id,
          course,
          module: 9,
          instance: id,
          section: course * 10 + Math.floor(index / ACTIVITIES),
          completion: 2,
          completionpassgrade: 0,
          visible: 1,
          deletioninprogress: 0,
        })),
      ),
    ],
    ['page', courses.flatMap((course) => cmids(course).map((id) => ({ id, course, name: `Lectura ${id}` })))],
    [
      'user',
      people.map((person) => ({
        id: FIRST_USER + person,
        username: `alumno${person}`,
        password: '',
        idnumber: `${10_000_000 + person}-${checkDigit(10_000_000 + person)}`,
        firstname: 'Nombre',
        lastname: `Apellido ${person}`,
        email: '',
        deleted: 0,
        suspended: 0,
      })),
    ],
    ['enrol', courses.map((courseid) => ({ id: courseid, courseid, enrol: 'manual', status: 0 }))],
    [
      'user_enrolments',
      people.map((person) => ({
        id: person + 1,
        enrolid: courseOf(person),
        userid: FIRST_USER + person,
        status: 0,
        timestart: 0,
        timeend: 0,
      })),
    ],
    ['role', [{ id: 5, shortname: 'student', archetype: 'student' }]],
    [
      'context',
      courses.map((course) => ({
        id: 1000 + course,
        contextlevel: 50,
        instanceid: course,
        path: `/1/3/${1000 + course}`,
      })),
    ],
    [
      'role_assignments',
      people.map((person) => ({
        id: person + 1,
        roleid: 5,
        contextid: 1000 + courseOf(person),
        userid: FIRST_USER + person,
      })),
    ],
    [
      'course_modules_completion',
      people.flatMap((person) =>
        range(24).map((index) => ({
          id: person * 24 + index + 1,
          coursemoduleid: courseOf(person) * 100 + 1 + index,
          userid: FIRST_USER + person,
          completionstate: 1,
          overrideby: null,
          timemodified: START + index * 86_400,
        })),
      ),
    ],
    [
      'grade_categories',
      courses.flatMap((course) =>
        range(SECTIONS + 1).map((index) => ({
          id: course * 10 + index,
          courseid: course,
          fullname: index === 0 ? '?' : code(course, index),
        })),
      ),
    ],
    [
      'grade_items',
      courses.flatMap((course) =>
        range(SECTIONS + 1).map((index) => ({
          id: course * 10 + index,
          courseid: course,
          itemtype: index === 0 ? 'course' : 'category',
          iteminstance: course * 10 + index,
          itemname: null,
          gradetype: 1,
          grademin: 1,
          grademax: 7,
          needsupdate: 0,
        })),
      ),
    ],
    [
      'grade_grades',
      people.flatMap((person) =>
        range(SECTIONS + 1).map((index) => ({
          id: person * 6 + index + 1,
          itemid: courseOf(person) * 10 + index,
          userid: FIRST_USER + person,
          finalgrade: 1 + ((person * 7 + index) % 60) / 10,
          rawgrademin: 1,
          rawgrademax: 7,
          overridden: 0,
        })),
      ),
    ],
  ];
}

function range(length: number): number[] {
  return Array.from({ length }, (_, index) => index);
}
