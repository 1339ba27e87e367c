/** A row of one of Moodle's tables. */
export type Row = Record<string, string | number | null>;
/** A small invented site as its database holds it: table name without prefix → rows. */
export type SiteTables = Record<string, Row[]>;

/** Unix seconds of a moment of Santiago's winter clock (after 4 April 2026). */
export const at = (text: string): number => Date.parse(`${text}-04:00`) / 1000;

/** The moment that the site is read for. */
export const NOW = new Date('2026-05-20T22:30:00-04:00');
const BEGIN = at('2026-04-13T00:00:00');

const TYPES = ['forum', 'page', 'quiz', 'assign', 'bigbluebuttonbn', 'label', 'subsection', 'feedback'];
const STUDENT = 5;
const TEACHER = 3;

interface Activity {
  id: number;
  section: number;
  type: string;
  name: string;
  /** 0 not tracked, 1 by hand, 2 automatic. */
  completion: number;
  passGrade?: true;
  hidden?: true;
  beingDeleted?: true;
}

const activities: Activity[] = [
  { id: 10, section: 100, type: 'forum', name: 'Avisos', completion: 0 },
  { id: 11, section: 101, type: 'page', name: 'Lectura & saludo', completion: 2 },
  { id: 12, section: 101, type: 'quiz', name: 'Prueba <1>', completion: 2, passGrade: true },
  { id: 13, section: 101, type: 'bigbluebuttonbn', name: 'Clase en vivo 📹', completion: 2 },
  { id: 14, section: 102, type: 'quiz', name: 'Control 2', completion: 2 },
  { id: 15, section: 102, type: 'page', name: 'Borrador', completion: 2, hidden: true },
  { id: 16, section: 102, type: 'page', name: 'Borrada', completion: 1, beingDeleted: true },
  { id: 17, section: 102, type: 'assign', name: `Tarea larga: ${'muy '.repeat(20)}larga`, completion: 1 },
  { id: 18, section: 103, type: 'page', name: 'Bibliografía', completion: 0 },
  { id: 20, section: 201, type: 'quiz', name: 'Examen', completion: 2 },
  { id: 21, section: 201, type: 'subsection', name: 'Extras', completion: 0 },
  {
    id: 22,
    section: 202,
    type: 'page',
    name: '<span lang="es" class="multilang">Extra</span><span lang="en" class="multilang">More</span>',
    completion: 2,
  },
  { id: 23, section: 201, type: 'label', name: 'Marcar al terminar', completion: 1 },
];
const courseOf = (section: number): number => (section < 200 ? 2 : 3);

interface Person {
  id: number;
  username: string;
  idnumber: string;
  firstname: string;
  lastname: string;
  suspended?: true;
  rut?: string;
}

const people: Person[] = [
  { id: 30, username: 'profe', idnumber: '15000111-0', firstname: 'Rosa', lastname: 'Tapia' },
  { id: 31, username: 'ana', idnumber: '41000111-K', firstname: 'Ana', lastname: 'Muñoz' },
  { id: 32, username: '41000222-1', idnumber: '', firstname: 'Beto', lastname: "O'Higgins" },
  { id: 33, username: 'carla', idnumber: '', firstname: 'Carla', lastname: 'Díaz', rut: '41.000.333-3' },
  { id: 34, username: 'dario', idnumber: ' 410004445 ', firstname: 'Darío', lastname: 'Peña' },
  {
    id: 35,
    username: 'elena',
    idnumber: '41000555-7',
    firstname: 'Elena',
    lastname: 'Soto',
    suspended: true,
  },
  { id: 36, username: 'fabian', idnumber: '41000666-9', firstname: 'Fabián', lastname: 'Ruiz' },
  { id: 37, username: 'gilda', idnumber: '41000777-0', firstname: 'Gilda', lastname: 'Vera' },
  { id: 38, username: 'hugo', idnumber: 'EXTRANJERO-7', firstname: 'Hugo', lastname: 'Lara' },
  { id: 39, username: 'ana2', idnumber: '41000111-K', firstname: 'Ana', lastname: 'Muñoz' },
];

interface Enrolled {
  course: number;
  user: number;
  role: number | null;
  suspended?: true;
  start?: number;
  end?: number;
}

const enrolled: Enrolled[] = [
  { course: 2, user: 30, role: TEACHER },
  { course: 2, user: 31, role: STUDENT },
  { course: 2, user: 32, role: STUDENT, start: at('2026-04-20T09:00:00'), end: at('2026-05-29T23:59:00') },
  { course: 2, user: 33, role: STUDENT },
  { course: 2, user: 34, role: STUDENT },
  { course: 2, user: 35, role: STUDENT },
  { course: 2, user: 36, role: STUDENT, suspended: true },
  { course: 2, user: 37, role: STUDENT },
  { course: 2, user: 39, role: STUDENT },
  { course: 3, user: 31, role: STUDENT },
  { course: 3, user: 37, role: STUDENT, end: at('2026-05-10T23:59:00') },
  { course: 3, user: 38, role: STUDENT },
  { course: 3, user: 36, role: null },
];

/** [cmid, user, state] */
const completions: [number, number, number][] = [
  [11, 31, 1],
  [12, 31, 3],
  [13, 31, 1],
  [14, 31, 3],
  [16, 31, 1],
  [17, 31, 1],
  [11, 32, 1],
  [12, 32, 2],
  [13, 32, 1],
  [14, 32, 2],
  [17, 32, 1],
  [11, 33, 0],
  [11, 36, 1],
  [20, 31, 2],
  [22, 31, 1],
  [23, 38, 1],
];

interface Item {
  id: number;
  course: number;
  type: 'course' | 'category' | 'mod' | 'manual';
  /** Grade category of a total, or course module. */
  of?: number;
  category?: number;
  name?: string;
  min: number;
  max: number;
  hidden?: true;
}

export const items: Item[] = [
  { id: 50, course: 2, type: 'course', of: 70, min: 1, max: 7 },
  { id: 51, course: 2, type: 'category', of: 71, min: 1, max: 7 },
  { id: 52, course: 2, type: 'category', of: 72, min: 1, max: 7 },
  { id: 53, course: 2, type: 'mod', of: 12, category: 71, name: 'Prueba <1>', min: 0, max: 7 },
  { id: 54, course: 2, type: 'mod', of: 14, category: 72, name: 'Control 2', min: 0, max: 7 },
  { id: 55, course: 2, type: 'manual', category: 70, name: 'Nota interna', min: 1, max: 7, hidden: true },
  { id: 60, course: 3, type: 'course', of: 80, min: 0, max: 150 },
  { id: 61, course: 3, type: 'category', of: 81, min: 0, max: 150 },
  { id: 62, course: 3, type: 'mod', of: 20, category: 81, name: 'Examen', min: 0, max: 100 },
];

/** [item, user, final, the student's own maximum where it is not the item's] */
const marks: [number, number, number | null, number?][] = [
  [50, 31, 4.79807],
  [51, 31, 3.9],
  [52, 31, 5.2],
  [53, 31, 3.5],
  [54, 31, 5],
  [55, 31, 6],
  [50, 32, 6.1],
  [51, 32, 7],
  [52, 32, 5.5],
  [53, 32, 7],
  [54, 32, 5],
  [50, 34, null],
  [60, 31, 60, 100],
  [61, 31, 60, 100],
  [62, 31, 60],
];

/** [course, user, time, cmid or 0, origin]: sessions with gaps of at most, and of more than, 45 minutes. */
const clicks: [number, number, string, number, string][] = [
  [2, 31, '2026-04-14T10:00:00', 0, 'web'],
  [2, 31, '2026-04-14T10:00:00', 11, 'web'],
  [2, 31, '2026-04-14T10:45:00', 12, 'ws'],
  [2, 31, '2026-04-14T11:30:01', 14, 'web'],
  [2, 31, '2026-04-14T11:40:00', 18, 'web'],
  [2, 31, '2026-04-14T11:41:00', 0, 'web'],
  [2, 32, '2026-04-21T23:50:00', 13, 'web'],
  [2, 32, '2026-04-22T00:10:00', 13, 'cli'],
  [2, 32, '2026-04-22T00:20:30', 17, 'web'],
  [2, 32, '2026-04-22T00:30:00', 999, 'web'],
  [2, 32, '2026-04-22T00:31:00', 0, 'web'],
  [2, 30, '2026-04-15T09:00:00', 12, 'web'],
  [2, 30, '2026-04-15T09:05:00', 0, 'web'],
  [3, 31, '2026-05-04T20:00:00', 22, 'web'],
  [3, 31, '2026-05-04T20:15:00', 20, 'web'],
  [3, 31, '2026-05-04T20:30:00', 0, 'web'],
];

const instanceOf = (cmid: number): number => cmid + 1000;
const enrolOf = (course: number): number => course * 10;

/** The whole site. */
export const TABLES: SiteTables = {
  course: [
    {
      id: 1,
      shortname: 'otec',
      fullname: 'Aula de prueba',
      idnumber: '',
      startdate: 0,
      enddate: 0,
      enablecompletion: 0,
      visible: 1,
      timecreated: 1_700_000_000,
    },
    {
      id: 2,
      shortname: 'CAP-30-01',
      fullname: 'Atención & ventas',
      idnumber: '',
      startdate: BEGIN,
      enddate: at('2026-06-05T00:00:00'),
      enablecompletion: 1,
      visible: 1,
      timecreated: 1_700_000_000,
    },
    {
      id: 3,
      shortname: 'CAP-30-02',
      fullname: 'Planillas',
      idnumber: '',
      startdate: at('2026-05-04T00:00:00'),
      enddate: at('2026-07-03T23:59:00'),
      enablecompletion: 1,
      visible: 1,
      timecreated: 1_700_000_000,
    },
  ],
  course_sections: [
    section(100, 2, 0, null),
    section(101, 2, 1, 'Módulo 1: Señas & saludo / MO-00099001-M1'),
    section(102, 2, 2, 'MO-00099001-M2'),
    section(103, 2, 3, 'Apoyo'),
    section(200, 3, 0, null),
    section(
      201,
      3,
      1,
      '<span lang="es" class="multilang">Planillas / ELE028099032001</span><span lang="en" class="multilang">Sheets / ELE028099032001</span>',
    ),
    { ...section(202, 3, 2, 'Extras'), component: 'mod_subsection', itemid: instanceOf(21) },
  ],
  course_modules: activities.map((one) => ({
    id: one.id,
    course: courseOf(one.section),
    module: TYPES.indexOf(one.type) + 1,
    instance: instanceOf(one.id),
    section: one.section,
    completion: one.completion,
    completionpassgrade: one.passGrade ? 1 : 0,
    visible: one.hidden ? 0 : 1,
    deletioninprogress: one.beingDeleted ? 1 : 0,
  })),
  modules: TYPES.map((name, index) => ({ id: index + 1, name })),
  ...Object.fromEntries(
    TYPES.map((type) => [
      type,
      activities
        .filter((one) => one.type === type)
        .map(({ id, section: own, name }) => ({ id: instanceOf(id), course: courseOf(own), name })),
    ]),
  ),
  course_modules_completion: completions.map(([coursemoduleid, userid, completionstate]) => ({
    coursemoduleid,
    userid,
    completionstate,
    overrideby: null,
    timemodified: at('2026-05-05T10:00:00'),
  })),
  enrol: [2, 3].map((courseid) => ({ id: enrolOf(courseid), courseid, enrol: 'manual', status: 0 })),
  user_enrolments: enrolled.map(({ course, user, suspended, start, end }) => ({
    enrolid: enrolOf(course),
    userid: user,
    status: suspended ? 1 : 0,
    timestart: start ?? 0,
    timeend: end ?? 0,
    timecreated: at('2026-04-10T15:00:00'),
  })),
  role: [
    { id: TEACHER, shortname: 'editingteacher', archetype: 'editingteacher' },
    { id: STUDENT, shortname: 'student', archetype: 'student' },
  ],
  context: [2, 3].map((instanceid) => ({
    id: instanceid + 500,
    contextlevel: 50,
    instanceid,
    path: `/1/${instanceid + 500}`,
  })),
  role_assignments: enrolled.flatMap(({ course, user, role }) =>
    role === null ? [] : [{ roleid: role, contextid: course + 500, userid: user }],
  ),
  user: people.map(({ rut: _, suspended, ...person }) => ({
    ...person,
    suspended: suspended ? 1 : 0,
    deleted: 0,
  })),
  user_info_field: [{ id: 1, shortname: 'rut' }],
  user_info_data: people.flatMap(({ id, rut }) => (rut ? [{ userid: id, fieldid: 1, data: rut }] : [])),
  groups: [
    { id: 300, courseid: 2, name: 'Sección A', idnumber: '' },
    { id: 301, courseid: 2, name: 'Sección B', idnumber: '' },
    { id: 302, courseid: 2, name: 'WhatsApp 💬', idnumber: '' },
  ],
  groups_members: [
    ...[31, 32, 37, 39].map((userid) => ({ groupid: 300, userid })),
    ...[33, 35, 36, 37].map((userid) => ({ groupid: 301, userid })),
    { groupid: 302, userid: 31 },
  ],
  groupings: [{ id: 400, courseid: 2, name: 'Secciones SENCE' }],
  groupings_groups: [300, 301].map((groupid) => ({ groupingid: 400, groupid })),
  grade_categories: [
    { id: 70, courseid: 2, fullname: '?' },
    { id: 71, courseid: 2, fullname: 'Módulo 1 MO-00099001-M1' },
    { id: 72, courseid: 2, fullname: 'Señas & saludo MO-00099001-M2' },
    { id: 80, courseid: 3, fullname: '?' },
    { id: 81, courseid: 3, fullname: 'ELE028099032001' },
  ],
  grade_items: items.map(({ id, course, type, of, name, category, min, max, hidden }) => ({
    id,
    courseid: course,
    itemtype: type,
    iteminstance: type === 'mod' ? instanceOf(of ?? 0) : (of ?? null),
    itemname: name ?? null,
    categoryid: category ?? null,
    gradetype: 1,
    grademin: min,
    grademax: max,
    hidden: hidden ? 1 : 0,
    needsupdate: 0,
  })),
  grade_grades: marks.map(([itemid, userid, finalgrade, own]) => {
    const item = items.find(({ id }) => id === itemid);
    return {
      itemid,
      userid,
      finalgrade,
      rawgrademin: item?.min ?? 0,
      rawgrademax: own ?? item?.max ?? 0,
      overridden: 0,
    };
  }),
  logstore_standard_log: clicks.map(([courseid, userid, time, cmid, origin], index) => ({
    id: index + 1,
    userid,
    courseid,
    contextlevel: cmid > 0 ? 70 : 50,
    contextinstanceid: cmid > 0 ? cmid : courseid,
    timecreated: at(time),
    origin,
  })),
};

function section(id: number, course: number, position: number, name: string | null): Row {
  const inside = activities.filter((one) => one.section === id).map((one) => one.id);
  return {
    id,
    course,
    section: position,
    name,
    visible: 1,
    sequence: inside.join(','),
    component: null,
    itemid: null,
  };
}
