import type { Rows, Table } from './schema.ts';

const instant = (text: string): number => Date.parse(text) / 1000;

/** The night that is reported. */
export const AT = new Date('2026-11-22T23:30:00-03:00');
export const M1 = 'MO-00051737-M1';
export const M2 = 'ELE028837032040';
export const M3 = 'ELE028837032041';

/** Course 2 is full of a real site's dirt, course 3 is clean, course 4 has no module codes. 1 is the front page. */
const courses: Rows = [
  {
    id: 1,
    shortname: 'sitio',
    fullname: 'Portada',
    startdate: 0,
    enddate: 0,
    enablecompletion: 0,
    visible: 1,
    timecreated: 1_700_000_000,
  },
  {
    id: 2,
    shortname: 'CAP-26-01-13-0446-1',
    fullname: 'Atención de público & ventas 💬',
    startdate: instant('2026-10-05T00:00:00-03:00'),
    enddate: instant('2026-12-18T00:00:00-03:00'),
    enablecompletion: 1,
    visible: 1,
    timecreated: 1,
  },
  {
    id: 3,
    shortname: 'CAP-26-02-13-0512',
    fullname: 'Caja',
    startdate: instant('2026-08-17T00:00:00-04:00'),
    enddate: instant('2026-12-04T23:59:00-03:00'),
    enablecompletion: 1,
    visible: 1,
    timecreated: 1,
  },
  {
    id: 4,
    shortname: 'INDUCCION',
    fullname: 'Inducción',
    startdate: 0,
    enddate: 0,
    enablecompletion: 1,
    visible: 1,
    timecreated: 1,
  },
];

const sections: Rows = [
  { id: 10, course: 2, section: 0, name: null, visible: 1, sequence: '101,102' },
  { id: 11, course: 2, section: 1, name: M1, visible: 1, sequence: '104,103,105,110' },
  {
    id: 12,
    course: 2,
    section: 2,
    name: `<span lang="es" class="multilang">Módulo 2: Ventas & caja /${M2} </span><span lang="en" class="multilang">Module 2 /${M2}</span>`,
    visible: 1,
    sequence: '106,107,108,109',
  },
  {
    id: 13,
    course: 2,
    section: 3,
    name: 'Módulo 3 (en preparación) / ELE028837032044',
    visible: 0,
    sequence: '111',
  },
  {
    id: 14,
    course: 2,
    section: 4,
    name: 'Extra del módulo 1',
    visible: 1,
    sequence: '112',
    component: 'mod_subsection',
    itemid: 1,
  },
  { id: 21, course: 3, section: 1, name: `Caja / ${M3}`, visible: 1, sequence: '201,202' },
  { id: 31, course: 4, section: 1, name: 'Bienvenida', visible: 1, sequence: '301' },
].map((row) => ({ component: null, itemid: null, ...row }));

/** Ids of types differ from site to site. */
const types: Rows = [
  { id: 3, name: 'bigbluebuttonbn' },
  { id: 9, name: 'page' },
  { id: 12, name: 'quiz' },
  { id: 13, name: 'label' },
  { id: 24, name: 'subsection' },
  // Its table was left out: a plugin removed by hand.
  { id: 25, name: 'zoom' },
];

const modules: Rows = [
  { id: 101, course: 2, module: 13, instance: 1, section: 10, completion: 0 },
  { id: 102, course: 2, module: 9, instance: 1, section: 10, completion: 2 },
  { id: 103, course: 2, module: 9, instance: 2, section: 11, completion: 1 },
  { id: 104, course: 2, module: 12, instance: 1, section: 11, completion: 2 },
  { id: 105, course: 2, module: 3, instance: 1, section: 11, completion: 0 },
  { id: 106, course: 2, module: 12, instance: 2, section: 12, completion: 2, completionpassgrade: 1 },
  { id: 107, course: 2, module: 9, instance: 3, section: 12, completion: 2 },
  { id: 108, course: 2, module: 9, instance: 4, section: 12, completion: 2, visible: 0 },
  { id: 109, course: 2, module: 9, instance: 5, section: 12, completion: 2, deletioninprogress: 1 },
  { id: 110, course: 2, module: 24, instance: 1, section: 11, completion: 0 },
  { id: 111, course: 2, module: 9, instance: 6, section: 13, completion: 2 },
  { id: 112, course: 2, module: 25, instance: 7, section: 14, completion: 2 },
  { id: 201, course: 3, module: 9, instance: 8, section: 21, completion: 2 },
  { id: 202, course: 3, module: 3, instance: 2, section: 21, completion: 2 },
  { id: 301, course: 4, module: 9, instance: 9, section: 31, completion: 0 },
].map((row) => ({ completionpassgrade: 0, visible: 1, deletioninprogress: 0, ...row }));

const names: Partial<Record<Table, Rows>> = {
  page: [
    { id: 1, course: 2, name: 'Presentación' },
    { id: 2, course: 2, name: 'Enlace <externo> & "recursos"' },
    { id: 3, course: 2, name: '{mlang en}Reading{mlang}{mlang es}Lectura 📹{mlang}' },
    { id: 4, course: 2, name: 'Oculta' },
    { id: 5, course: 2, name: 'Por borrar' },
    { id: 6, course: 2, name: 'Borrador' },
    { id: 8, course: 3, name: 'Actividad práctica integradora: análisis de casos de atención de público' },
    { id: 9, course: 4, name: 'Hola' },
  ],
  quiz: [
    { id: 1, course: 2, name: 'Prueba 1' },
    { id: 2, course: 2, name: 'Prueba 2' },
  ],
  bigbluebuttonbn: [
    { id: 1, course: 2, name: 'Clase en vivo' },
    { id: 2, course: 3, name: 'Clase final' },
  ],
  label: [{ id: 1, course: 2, name: 'Bienvenida' }],
  subsection: [{ id: 1, course: 2, name: 'Extra del módulo 1' }],
};

const person = (id: number, username: string, idnumber: string, firstname: string, given = {}) => ({
  id,
  username,
  password: 'secreto',
  idnumber,
  firstname,
  lastname: 'Ñancupil',
  email: `${username}@example.cl`,
  deleted: 0,
  suspended: 0,
  ...given,
});

const users: Rows = [
  person(5, 'ana', ' 11.222.333-9 ', 'Ana'),
  person(6, '31022815-k', '', 'Beto'),
  person(7, 'carla', '', 'Carla'),
  person(8, 'dario', '31029291-6', 'Darío'),
  person(9, 'elsa', '31015234-K', 'Elsa', { suspended: 1 }),
  person(10, 'fito', '08040103-5', "D'Fito"),
  person(11, 'gina', '32020143-8', 'Gina'),
  person(12, 'hugo', '32035830-2', 'Hugo'),
  person(13, 'ines', '31027718-5', 'Inés'),
  person(14, 'profe', '15001111-6', 'Profe'),
  person(15, 'borrada@example.cl.1790000000', '', 'Borrada', { deleted: 1 }),
  person(16, 'julia', '31036342-1', 'Julia'),
];

/** 1 manual, 2 cohort, 3 self disabled, 4 manual of course 3, 5 manual of course 4. */
const methods: Rows = [
  { id: 1, courseid: 2, enrol: 'manual', status: 0 },
  { id: 2, courseid: 2, enrol: 'cohort', status: 0 },
  { id: 3, courseid: 2, enrol: 'self', status: 1 },
  { id: 4, courseid: 3, enrol: 'manual', status: 0 },
  { id: 5, courseid: 4, enrol: 'manual', status: 0 },
];

const enrolments: Rows = [
  { enrolid: 1, userid: 5 },
  { enrolid: 1, userid: 6, status: 1 },
  {
    enrolid: 2,
    userid: 6,
    timestart: instant('2026-10-20T00:30:00-03:00'),
    timeend: instant('2026-12-15T23:59:00-03:00'),
  },
  { enrolid: 1, userid: 7 },
  { enrolid: 1, userid: 8 },
  { enrolid: 1, userid: 9 },
  { enrolid: 1, userid: 10, timeend: instant('2026-11-12T00:00:00-03:00') },
  { enrolid: 3, userid: 11 },
  { enrolid: 1, userid: 12 },
  { enrolid: 1, userid: 13 },
  { enrolid: 1, userid: 14 },
  { enrolid: 4, userid: 5 },
  { enrolid: 4, userid: 16 },
  { enrolid: 4, userid: 14 },
  { enrolid: 5, userid: 5 },
].map((row, index) => ({ id: index + 1, status: 0, timestart: 0, timeend: 0, ...row }));

const roles: Rows = [
  { id: 3, shortname: 'editingteacher', archetype: 'editingteacher' },
  { id: 5, shortname: 'participante', archetype: 'student' },
];

const contexts: Rows = [
  { id: 1, contextlevel: 10, instanceid: 0, path: '/1' },
  { id: 3, contextlevel: 40, instanceid: 1, path: '/1/3' },
  { id: 20, contextlevel: 50, instanceid: 2, path: '/1/3/20' },
  { id: 30, contextlevel: 50, instanceid: 3, path: '/1/3/30' },
  { id: 40, contextlevel: 50, instanceid: 4, path: '/1/3/40' },
];

const assignments: Rows = [
  ...[5, 6, 7, 8, 9, 10, 11].map((userid) => ({ roleid: 5, contextid: 20, userid })),
  // Hugo is enrolled without a role; Inés is a student by the category.
  { roleid: 5, contextid: 3, userid: 13 },
  { roleid: 3, contextid: 20, userid: 14 },
  { roleid: 5, contextid: 30, userid: 5 },
  { roleid: 5, contextid: 30, userid: 16 },
  { roleid: 3, contextid: 30, userid: 14 },
].map((row, index) => ({ id: index + 1, ...row }));

const groups: Rows = [
  { id: 1, courseid: 2, name: 'CAP-26-01-13-0446-1', idnumber: '' },
  { id: 2, courseid: 2, name: 'Sección B', idnumber: '' },
  { id: 3, courseid: 2, name: 'Grupo WhatsApp 💬', idnumber: '' },
];

/** Carla is in two, Inés in none but WhatsApp. */
const members: Rows = [
  { groupid: 1, userid: 5 },
  { groupid: 2, userid: 6 },
  { groupid: 1, userid: 7 },
  { groupid: 2, userid: 7 },
  { groupid: 1, userid: 8 },
  { groupid: 1, userid: 9 },
  { groupid: 3, userid: 13 },
].map((row, index) => ({ id: index + 1, ...row }));

const when = instant('2026-11-10T12:00:00-03:00');

const completions: Rows = [
  { coursemoduleid: 102, userid: 5, completionstate: 1 },
  { coursemoduleid: 103, userid: 5, completionstate: 1, overrideby: 14 },
  // A failing grade where any suffices, and one where a pass is required.
  { coursemoduleid: 104, userid: 5, completionstate: 3 },
  { coursemoduleid: 106, userid: 5, completionstate: 3 },
  { coursemoduleid: 107, userid: 5, completionstate: 2 },
  { coursemoduleid: 108, userid: 5, completionstate: 1 },
  { coursemoduleid: 109, userid: 5, completionstate: 1 },
  // Taken back, and after the night reported.
  { coursemoduleid: 112, userid: 5, completionstate: 0 },
  { coursemoduleid: 103, userid: 6, completionstate: 1, timemodified: AT.getTime() / 1000 + 1 },
  { coursemoduleid: 201, userid: 5, completionstate: 1 },
  { coursemoduleid: 202, userid: 5, completionstate: 1 },
  { coursemoduleid: 103, userid: 15, completionstate: 1 },
].map((row, index) => ({ id: index + 1, overrideby: null, timemodified: when, ...row }));

const categories: Rows = [
  { id: 1, courseid: 2, fullname: '?' },
  { id: 2, courseid: 2, fullname: `Notas ${M1}` },
  { id: 3, courseid: 2, fullname: `${M2}` },
  { id: 4, courseid: 3, fullname: '?' },
];

const items: Rows = [
  { id: 1, courseid: 2, itemtype: 'course', iteminstance: 1, grademin: 1, grademax: 7 },
  { id: 2, courseid: 2, itemtype: 'category', iteminstance: 2, grademin: 1, grademax: 7 },
  { id: 3, courseid: 2, itemtype: 'category', iteminstance: 3, grademin: 0, grademax: 300 },
  { id: 4, courseid: 2, itemtype: 'mod', iteminstance: 1, itemname: 'Prueba 1', grademin: 0, grademax: 7 },
  { id: 5, courseid: 3, itemtype: 'course', iteminstance: 4, grademin: 0, grademax: 100, needsupdate: 1 },
].map((row) => ({ itemname: null, gradetype: 1, needsupdate: 0, ...row }));

const grades: Rows = [
  { itemid: 1, userid: 5, finalgrade: 5.5, rawgrademin: 1, rawgrademax: 7 },
  { itemid: 2, userid: 5, finalgrade: 4, rawgrademin: 1, rawgrademax: 7 },
  // The item says 300, but of this student only 200 count.
  { itemid: 3, userid: 5, finalgrade: 99.5, rawgrademin: 0, rawgrademax: 200 },
  { itemid: 1, userid: 6, finalgrade: null, rawgrademin: 1, rawgrademax: 7 },
  { itemid: 5, userid: 5, finalgrade: 59.00001, rawgrademin: 0, rawgrademax: 100 },
].map((row, index) => ({ id: index + 1, overridden: 0, ...row }));

const noon = instant('2026-11-10T12:00:00-03:00');

type Click = [
  id: number,
  user: number,
  course: number,
  cmid: number | null,
  after: number,
  given?: Rows[number],
];

/**
 * Ana in course 2: 2700 on a page, 2701 lost, 30 on the course itself, 60 on a vanished module, 40 in the subsection,
 * 20 in the hidden section: 2850. Two rows in one second, the later id being the earlier row's successor.
 */
const clicks: Click[] = [
  [1, 5, 2, 103, 0],
  [2, 5, 2, 104, 2700],
  [3, 5, 2, null, 2700 + 2701],
  [4, 5, 2, 999999, 5431],
  [6, 5, 2, 112, 5491],
  // Written in the reverse order of their moments.
  [8, 5, 2, null, 5551],
  [7, 5, 2, 111, 5531],
  [9, 5, 2, 104, 5551],
  // A script in her name inside a long gap counts as nothing; the app and rows without origin count.
  [10, 5, 2, 104, 20_000, { origin: 'cli' }],
  [11, 6, 2, 106, 0, { origin: 'ws' }],
  [12, 6, 2, 106, 600, { origin: null, anonymous: 1 }],
  [13, 6, 2, 107, 700, { realuserid: 14 }],
  [14, 6, 2, 107, 750],
  // Front page, dashboard, guest, nobody, a deleted person.
  [15, 5, 1, null, 100],
  [16, 5, 0, null, 200],
  // The log is older than the courses.
  [5, 5, 0, null, instant('2026-08-01T12:00:00-04:00') - noon],
  [17, 1, 2, 103, 0],
  [18, -1, 2, 103, 10],
  [19, 15, 2, 103, 0],
  [20, 15, 2, 103, 60],
  [21, 5, 3, 201, 0],
  [22, 5, 3, 202, 1000],
  [23, 5, 3, 201, 1300],
  // After the night reported.
  [24, 5, 3, 201, AT.getTime() / 1000 - noon + 60],
  [25, 5, 3, 201, AT.getTime() / 1000 - noon + 90],
];

/** Rows of the log. */
export function logRows(list: Click[]): Rows {
  return list.map(([id, userid, courseid, cmid, after, given]) => ({
    id,
    eventname: '\\core\\event\\course_module_viewed',
    component: 'core',
    action: 'viewed',
    target: 'course_module',
    contextlevel: cmid === null ? 50 : 70,
    contextinstanceid: cmid ?? courseid,
    userid,
    courseid,
    anonymous: 0,
    other: 'N;',
    timecreated: noon + after,
    origin: 'web',
    ip: '127.0.0.1',
    realuserid: null,
    ...given,
  }));
}

/** Everything in the site, table by table. */
export const SITE: [Table, Rows][] = [
  ['course', courses.map((row) => ({ idnumber: '', ...row }))],
  ['course_sections', sections],
  ['modules', types],
  ['course_modules', modules],
  ...Object.entries(names).map(([table, rows]): [Table, Rows] => [table as Table, rows]),
  ['user', users],
  [
    'user_info_field',
    [
      { id: 1, shortname: 'rut' },
      { id: 2, shortname: 'salud' },
    ],
  ],
  [
    'user_info_data',
    [
      { id: 1, userid: 7, fieldid: 1, data: '32015948-2' },
      { id: 2, userid: 7, fieldid: 2, data: 'privado' },
    ],
  ],
  ['enrol', methods],
  ['user_enrolments', enrolments],
  ['role', roles],
  ['context', contexts],
  ['role_assignments', assignments],
  ['groups', groups],
  ['groups_members', members],
  ['groupings', [{ id: 1, courseid: 2, name: 'Secciones SENCE' }]],
  [
    'groupings_groups',
    [
      { id: 1, groupingid: 1, groupid: 1 },
      { id: 2, groupingid: 1, groupid: 2 },
    ],
  ],
  ['course_modules_completion', completions],
  ['grade_categories', categories],
  ['grade_items', items],
  ['grade_grades', grades],
  ['logstore_standard_log', logRows(clicks)],
];
