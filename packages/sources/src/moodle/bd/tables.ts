import type { Db } from '../../db/db.ts';
import { int, text } from '../../db/db.ts';
import { SourceError } from '../../source.ts';
import { Lacking } from './failure.ts';

interface Columns {
  needed: string[];
  /** Some versions lack them, or the account was made before they were read: something is then not told. */
  optional?: string[];
  /** The table itself may be withheld: then what it holds is not known. */
  withheld?: true;
}

/** Every table and column that is read, without prefix: nothing else, and these only to read. */
export const TABLES = {
  course: {
    needed: [
      'id',
      'shortname',
      'fullname',
      'idnumber',
      'startdate',
      'enddate',
      'enablecompletion',
      'visible',
      'timecreated',
    ],
  },
  course_sections: {
    needed: ['id', 'course', 'section', 'name', 'visible', 'sequence'],
    // Moodle 4.5; restrictions of access.
    optional: ['component', 'itemid', 'availability'],
  },
  course_modules: {
    needed: ['id', 'course', 'module', 'instance', 'section', 'completion', 'visible', 'deletioninprogress'],
    // Moodle 4.0; restrictions of access.
    optional: ['completionpassgrade', 'availability'],
  },
  modules: { needed: ['id', 'name'] },
  course_modules_completion: {
    needed: ['coursemoduleid', 'userid', 'completionstate', 'timemodified'],
    // Moodle 3.4.
    optional: ['overrideby'],
  },
  enrol: { needed: ['id', 'courseid', 'enrol', 'status'] },
  user_enrolments: { needed: ['enrolid', 'userid', 'status', 'timestart', 'timeend'] },
  role: { needed: ['id', 'shortname', 'archetype'] },
  role_assignments: { needed: ['roleid', 'contextid', 'userid'] },
  context: { needed: ['id', 'contextlevel', 'instanceid', 'path'] },
  user: { needed: ['id', 'username', 'idnumber', 'firstname', 'lastname', 'deleted', 'suspended'] },
  user_info_field: { needed: ['id', 'shortname'], withheld: true },
  user_info_data: { needed: ['userid', 'fieldid', 'data'], withheld: true },
  groups: { needed: ['id', 'courseid', 'name', 'idnumber'] },
  groups_members: { needed: ['groupid', 'userid'] },
  groupings: { needed: ['id', 'courseid', 'name'] },
  groupings_groups: { needed: ['groupingid', 'groupid'] },
  grade_items: {
    needed: ['id', 'courseid', 'itemtype', 'iteminstance', 'itemname', 'gradetype', 'needsupdate'],
  },
  grade_categories: { needed: ['id', 'fullname'] },
  grade_grades: { needed: ['itemid', 'userid', 'finalgrade', 'rawgrademin', 'rawgrademax', 'overridden'] },
  logstore_standard_log: {
    needed: ['id', 'userid', 'courseid', 'contextlevel', 'contextinstanceid', 'timecreated', 'origin'],
  },
} as const satisfies Record<string, Columns>;

/** Of the table of each type of activity (`quiz`, `assign`…): its name is there. */
export const ACTIVITY_COLUMNS = ['id', 'course', 'name'];

export type TableName = keyof typeof TABLES;

/** The tables of one site: names with prefix and quotes, and which columns its version has and the account sees. */
export class Tables {
  readonly #db: Db;
  readonly #prefix: string;
  readonly #columns: Map<string, Set<string>>;
  /** Types of activity of the site: `modules.name` by id. */
  readonly activityTypes: Map<number, string>;

  private constructor(
    db: Db,
    prefix: string,
    columns: Map<string, Set<string>>,
    activityTypes: Map<number, string>,
  ) {
    this.#db = db;
    this.#prefix = prefix;
    this.#columns = columns;
    this.activityTypes = activityTypes;
  }

  /**
   * @throws Lacking when something is missing that cannot be done without.
   * @throws SourceError where no table has the prefix.
   */
  static async of(db: Db, prefijo: string): Promise<Tables> {
    const prefix = await prefixOf(db, prefijo);
    const columns = await visibleColumns(db, prefix, Object.keys(TABLES));
    if (columns.size === 0) throw nothingSeen(prefijo, await prefixesSeen(db));
    const lacking = lackingColumns(columns, prefix);
    if (lacking.length > 0) throw new Lacking(lacking);
    const types = await db.rows(`select id, name from ${db.quote(`${prefix}modules`)}`);
    const activityTypes = new Map(types.map((row) => [int(row.id), text(row.name)]));
    const ofActivities = await visibleColumns(db, prefix, [...activityTypes.values()]);
    return new Tables(db, prefix, new Map([...ofActivities, ...columns]), activityTypes);
  }

  /** A table's name, ready for SQL. */
  name(table: TableName): string {
    return this.#db.quote(this.#prefix + table);
  }

  /** The table that holds the names of a type of activity; null where it cannot be read. */
  ofActivity(type: string): string | null {
    const columns = this.#columns.get(type);
    return ACTIVITY_COLUMNS.every((column) => columns?.has(column))
      ? this.#db.quote(this.#prefix + type)
      : null;
  }

  /** A column as SQL, or NULL where this version has none. */
  column(table: TableName, alias: string, column: string): string {
    return this.#columns.get(table)?.has(column) ? `${alias}.${column}` : `null`;
  }

  has(table: TableName): boolean {
    return TABLES[table].needed.every((column) => this.#columns.get(table)?.has(column));
  }
}

/**
 * The prefix as the tables have it: `MDL_` is most often a slip for `mdl_`, and only some servers take it.
 * The one that was written where none is seen.
 */
export async function prefixOf(db: Db, prefijo: string): Promise<string> {
  const rows = await db.rows(
    `select table_name as tab from information_schema.tables
     where table_schema = ${db.schema} and lower(table_name) = ?`,
    [`${prefijo}course`.toLowerCase()],
  );
  const prefixes = rows.map((row) => text(row.tab).slice(0, prefijo.length));
  return prefixes.includes(prefijo) ? prefijo : (prefixes[0] ?? prefijo);
}

/** The prefixes that the tables of a Moodle have, as the account sees them. */
export async function prefixesSeen(db: Db): Promise<string[]> {
  const rows = await db.rows(
    `select table_name as tab from information_schema.tables
     where table_schema = ${db.schema} and table_name like ?`,
    [`%${ONLY_MOODLE_HAS}`],
  );
  return [...new Set(rows.map((row) => text(row.tab).slice(0, -ONLY_MOODLE_HAS.length)))].sort();
}

const ONLY_MOODLE_HAS = 'course_modules_completion';

/** `mdl` for `mdl_`, or another base, or an account without grants: what is there says which. */
export function nothingSeen(prefijo: string, others: string[]): SourceError {
  const written = prefijo === '' ? 'sin prefijo' : `con el prefijo «${prefijo}»`;
  const [other, ...more] = others;
  const found = others.map((one) => (one === '' ? 'sin prefijo' : `con «${one}»`)).join(' y ');
  return new SourceError(
    'wrong',
    `La cuenta no ve ninguna tabla de Moodle ${written}${other === undefined ? '' : `; sí ${found}`}.`,
    other !== undefined && more.length === 0
      ? `Escriba \`prefijo: ${other === '' ? "''" : other}\` en puente.yaml.`
      : 'Revise `prefijo` en puente.yaml (es `$CFG->prefix` en el config.php de Moodle) y el nombre de la base; si ambos están bien, faltan los permisos que escribe «puente moodle permisos».',
  );
}

/** Columns that the account sees, by table without prefix. Found beforehand: a SELECT that names a missing one fails whole. */
export async function visibleColumns(
  db: Db,
  prefix: string,
  tables: string[],
): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  if (tables.length === 0) return found;
  const rows = await db.rows(
    `select table_name as tab, column_name as col from information_schema.columns
     where table_schema = ${db.schema} and table_name in (${tables.map(() => '?').join(', ')})`,
    tables.map((table) => prefix + table),
  );
  for (const row of rows) {
    const table = text(row.tab).slice(prefix.length);
    found.set(table, (found.get(table) ?? new Set()).add(text(row.col)));
  }
  return found;
}

/** `mdl_course` or `mdl_course.enddate`: what is needed and not seen. */
export function lackingColumns(columns: Map<string, Set<string>>, prefix: string): string[] {
  return Object.entries<Columns>(TABLES).flatMap(([table, { needed, withheld }]) => {
    const seen = columns.get(table);
    if (!seen) return withheld ? [] : [prefix + table];
    return needed.filter((column) => !seen.has(column)).map((column) => `${prefix}${table}.${column}`);
  });
}
