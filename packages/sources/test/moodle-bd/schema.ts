import type { DbKind } from '../../src/db/db.ts';

/** `?` = may be NULL. Types as Moodle declares them: tinyint(1) holds more than booleans, grades are DECIMAL. */
type Type = 'id' | 'big' | 'big?' | 'tiny' | 'tiny?' | 'name' | 'name?' | 'long?' | 'grade' | 'grade?';

const ACTIVITY: Record<string, Type> = { id: 'id', course: 'big', name: 'name' };

/** The tables that are read, with the columns that are read and some that are not. */
export const SCHEMA = {
  course: {
    id: 'id',
    shortname: 'name',
    fullname: 'name',
    idnumber: 'name',
    startdate: 'big',
    enddate: 'big',
    enablecompletion: 'tiny',
    visible: 'tiny',
    timecreated: 'big',
  },
  course_sections: {
    id: 'id',
    course: 'big',
    section: 'big',
    name: 'name?',
    visible: 'tiny',
    sequence: 'long?',
    component: 'name?',
    itemid: 'big?',
    availability: 'long?',
  },
  course_modules: {
    id: 'id',
    course: 'big',
    module: 'big',
    instance: 'big',
    section: 'big',
    completion: 'tiny',
    completionpassgrade: 'tiny',
    visible: 'tiny',
    deletioninprogress: 'tiny',
    availability: 'long?',
  },
  modules: { id: 'id', name: 'name' },
  course_modules_completion: {
    id: 'id',
    coursemoduleid: 'big',
    userid: 'big',
    completionstate: 'tiny',
    overrideby: 'big?',
    timemodified: 'big',
  },
  enrol: { id: 'id', courseid: 'big', enrol: 'name', status: 'big' },
  user_enrolments: {
    id: 'id',
    enrolid: 'big',
    userid: 'big',
    status: 'big',
    timestart: 'big',
    timeend: 'big',
  },
  role: { id: 'id', shortname: 'name', archetype: 'name' },
  role_assignments: { id: 'id', roleid: 'big', contextid: 'big', userid: 'big' },
  context: { id: 'id', contextlevel: 'big', instanceid: 'big', path: 'name?' },
  user: {
    id: 'id',
    username: 'name',
    password: 'name',
    idnumber: 'name',
    firstname: 'name',
    lastname: 'name',
    email: 'name',
    deleted: 'tiny',
    suspended: 'tiny',
  },
  user_info_field: { id: 'id', shortname: 'name' },
  user_info_data: { id: 'id', userid: 'big', fieldid: 'big', data: 'long?' },
  groups: { id: 'id', courseid: 'big', name: 'name', idnumber: 'name' },
  groups_members: { id: 'id', groupid: 'big', userid: 'big' },
  groupings: { id: 'id', courseid: 'big', name: 'name' },
  groupings_groups: { id: 'id', groupingid: 'big', groupid: 'big' },
  grade_items: {
    id: 'id',
    courseid: 'big',
    itemtype: 'name',
    iteminstance: 'big?',
    itemname: 'name?',
    gradetype: 'tiny',
    grademin: 'grade',
    grademax: 'grade',
    needsupdate: 'big',
  },
  grade_categories: { id: 'id', courseid: 'big', fullname: 'name' },
  grade_grades: {
    id: 'id',
    itemid: 'big',
    userid: 'big',
    finalgrade: 'grade?',
    rawgrademin: 'grade',
    rawgrademax: 'grade',
    overridden: 'big',
  },
  logstore_standard_log: {
    id: 'id',
    eventname: 'name',
    component: 'name',
    action: 'name',
    target: 'name',
    contextlevel: 'big',
    contextinstanceid: 'big',
    userid: 'big',
    courseid: 'big',
    anonymous: 'tiny',
    other: 'long?',
    timecreated: 'big',
    origin: 'name?',
    ip: 'name?',
    realuserid: 'big?',
  },
  page: ACTIVITY,
  quiz: ACTIVITY,
  bigbluebuttonbn: ACTIVITY,
  label: ACTIVITY,
  subsection: ACTIVITY,
} as const satisfies Record<string, Record<string, Type>>;

export type Table = keyof typeof SCHEMA;
export type Value = string | number | null;
export type Rows = Record<string, Value>[];

/** Moodle's indexes that matter to a reader. */
const INDEXES: [Table, string[]][] = [
  ['logstore_standard_log', ['timecreated']],
  ['logstore_standard_log', ['courseid', 'anonymous', 'timecreated']],
  ['logstore_standard_log', ['userid', 'contextlevel', 'contextinstanceid', 'timecreated']],
  ['course_modules', ['course']],
  ['course_sections', ['course', 'section']],
  ['course_modules_completion', ['coursemoduleid']],
  ['user_enrolments', ['enrolid', 'userid']],
  ['enrol', ['courseid']],
  ['role_assignments', ['contextid']],
  ['context', ['contextlevel', 'instanceid']],
  ['groups', ['courseid']],
  ['groups_members', ['groupid']],
  ['grade_items', ['courseid']],
  ['grade_grades', ['itemid', 'userid']],
  ['user_info_data', ['userid', 'fieldid']],
];

export interface SchemaOptions {
  prefix: string;
  /** `table.column` that this version of Moodle does not have. */
  without?: string[];
}

/** What makes the tables, statement by statement; indexes apart, for a load that is quicker without them. */
export function schemaSql(
  kind: DbKind,
  { prefix, without = [] }: SchemaOptions,
): { tables: string[]; indexes: string[] } {
  const quote = quoter(kind);
  return {
    tables: Object.entries(SCHEMA).map(([table, columns]) => {
      const lines = Object.entries<Type>(columns)
        .filter(([column]) => !without.includes(`${table}.${column}`))
        .map(([column, type]) => `${quote(column)} ${TYPES[kind](type)}`);
      return `create table ${quote(prefix + table)} (${lines.join(', ')})`;
    }),
    indexes: INDEXES.map(
      ([table, columns], index) =>
        `create index ${quote(`${prefix}ix${index}`)} on ${quote(prefix + table)} (${columns.map(quote).join(', ')})`,
    ),
  };
}

/** Rows as one insert; columns that this version lacks are left out. */
export function insertSql(
  kind: DbKind,
  table: Table,
  rows: Rows,
  { prefix, without = [] }: SchemaOptions,
): string {
  const quote = quoter(kind);
  const columns = Object.keys(rows[0] ?? {}).filter((column) => !without.includes(`${table}.${column}`));
  const lines = rows.map((row) => `(${columns.map((column) => literal(row[column] ?? null)).join(', ')})`);
  return `insert into ${quote(prefix + table)} (${columns.map(quote).join(', ')}) values ${lines.join(', ')}`;
}

function quoter(kind: DbKind): (identifier: string) => string {
  return kind === 'mysql' ? (identifier) => `\`${identifier}\`` : (identifier) => `"${identifier}"`;
}

function literal(value: Value): string {
  if (value === null) return 'null';
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;
}

const TYPES: Record<DbKind, (type: Type) => string> = {
  mysql: (type) =>
    ({
      id: 'bigint(10) not null primary key',
      big: 'bigint(10) not null default 0',
      'big?': 'bigint(10)',
      tiny: 'tinyint(1) not null default 0',
      'tiny?': 'tinyint(1)',
      name: "varchar(255) not null default ''",
      'name?': 'varchar(255)',
      'long?': 'longtext',
      grade: 'decimal(10,5) not null default 0',
      'grade?': 'decimal(10,5)',
    })[type],
  postgres: (type) =>
    ({
      id: 'bigint not null primary key',
      big: 'bigint not null default 0',
      'big?': 'bigint',
      tiny: 'smallint not null default 0',
      'tiny?': 'smallint',
      name: "varchar(255) not null default ''",
      'name?': 'varchar(255)',
      'long?': 'text',
      grade: 'numeric(10,5) not null default 0',
      'grade?': 'numeric(10,5)',
    })[type],
};
