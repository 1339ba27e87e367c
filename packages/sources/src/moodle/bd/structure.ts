import { byKey, type Db, int, intOrNull, moment, type Row, text, textOrNull } from '../../db/db.ts';
import type { CourseSummary } from '../../source.ts';
import { SectionTree } from '../rules/sections.ts';
import { oneLanguage } from '../rules/text.ts';
import type { Course, CourseModule, Section } from '../site.ts';
import type { Tables } from './tables.ts';

/** The site's own front page is a course to Moodle. */
const FRONT_PAGE = 1;

export async function listCourses(db: Db, tables: Tables): Promise<CourseSummary[]> {
  const rows = await db.rows(
    `select id, shortname, fullname from ${tables.name('course')} where id <> ${FRONT_PAGE} order by id`,
  );
  return rows.map((row) => ({
    id: String(int(row.id)),
    name: text(row.shortname),
    title: oneLanguage(text(row.fullname)),
  }));
}

/** When the site was made, Unix seconds: tells it from another one under the same address. */
export async function siteBirth(db: Db, tables: Tables): Promise<number> {
  const [row] = await db.rows(`select timecreated from ${tables.name('course')} where id = ${FRONT_PAGE}`);
  return row ? int(row.timecreated) : 0;
}

export async function readCourses(db: Db, tables: Tables, ids: number[]): Promise<Course[]> {
  const rows = await db.rows(
    `select id, shortname, fullname, idnumber, startdate, enddate, enablecompletion, visible
     from ${tables.name('course')} where id in (${ids.join(', ')}) order by id`,
  );
  return rows.map((row) => ({
    id: int(row.id),
    shortname: text(row.shortname),
    fullname: text(row.fullname),
    idnumber: text(row.idnumber),
    startDate: moment(row.startdate),
    endDate: moment(row.enddate),
    completionEnabled: int(row.enablecompletion) === 1,
    visible: int(row.visible) === 1,
  }));
}

/** A section with the order of its activities. */
export interface OrderedSection extends Section {
  /** cmids as the page shows them. */
  sequence: number[];
}

export async function readSections(
  db: Db,
  tables: Tables,
  ids: number[],
): Promise<Map<number, OrderedSection[]>> {
  const rows = await db.rows(
    `select s.id, s.course, s.section, s.name, s.visible, s.sequence,
            ${tables.column('course_sections', 's', 'component')} as component,
            ${tables.column('course_sections', 's', 'itemid')} as itemid,
            ${tables.column('course_sections', 's', 'availability')} as availability
     from ${tables.name('course_sections')} s where s.course in (${ids.join(', ')}) order by s.course, s.section`,
  );
  return byKey(rows, 'course', (row) => ({
    id: int(row.id),
    position: int(row.section),
    name: textOrNull(row.name),
    visible: int(row.visible) === 1,
    component: textOrNull(row.component),
    itemId: intOrNull(row.itemid),
    availability: textOrNull(row.availability),
    sequence: (textOrNull(row.sequence) ?? '').split(',').filter(Boolean).map(Number),
  }));
}

/** Course modules by course, in the order of the course's page; those of subsections at their parent's place. */
export async function readModules(
  db: Db,
  tables: Tables,
  ids: number[],
  sections: Map<number, OrderedSection[]>,
): Promise<Map<number, CourseModule[]>> {
  const rows = await db.rows(
    `select m.id, m.course, m.module, m.instance, m.section, m.completion, m.visible, m.deletioninprogress,
            ${tables.column('course_modules', 'm', 'completionpassgrade')} as completionpassgrade,
            ${tables.column('course_modules', 'm', 'availability')} as availability
     from ${tables.name('course_modules')} m where m.course in (${ids.join(', ')}) order by m.id`,
  );
  const typeOf = (row: Row): string => tables.activityTypes.get(int(row.module)) ?? 'desconocida';
  const names = await readNames(db, tables, ids, [...new Set(rows.map(typeOf))]);
  const modules = byKey(rows, 'course', (row): CourseModule => {
    const type = typeOf(row);
    const name = names.get(`${type} ${int(row.instance)}`);
    return {
      id: int(row.id),
      type,
      instance: int(row.instance),
      sectionId: int(row.section),
      name: name ?? `${type} ${int(row.instance)}`,
      completion: int(row.completion),
      // Before 4.0 no activity asks for a passing grade this way: any grade suffices.
      passGradeRequired: intOrNull(row.completionpassgrade) === 1,
      visible: int(row.visible) === 1,
      deletionInProgress: int(row.deletioninprogress) === 1,
      availability: textOrNull(row.availability),
      ...(name === undefined && { nameless: true }),
    };
  });
  for (const [course, own] of modules) modules.set(course, inPageOrder(own, sections.get(course) ?? []));
  return modules;
}

/** `quiz 7` → its name, from each type's own table, all in one query. */
async function readNames(
  db: Db,
  tables: Tables,
  ids: number[],
  types: string[],
): Promise<Map<string, string>> {
  const parts = types.flatMap((type) => {
    const table = tables.ofActivity(type);
    return table === null
      ? []
      : [
          `select '${type.replaceAll("'", "''")}' as type, id, name from ${table} where course in (${ids.join(', ')})`,
        ];
  });
  const rows = parts.length === 0 ? [] : await db.rows(parts.join(' union all '));
  return new Map(rows.map((row) => [`${text(row.type)} ${int(row.id)}`, text(row.name)]));
}

function inPageOrder(modules: CourseModule[], sections: OrderedSection[]): CourseModule[] {
  const tree = new SectionTree(sections, modules);
  const ordered = [...sections].sort((a, b) => placeOf(a) - placeOf(b) || a.position - b.position);
  const sectionAt = new Map(ordered.map(({ id }, index) => [id, index]));
  const turnOf = new Map<number, number>();
  for (const { sequence } of ordered) for (const id of sequence) turnOf.set(id, turnOf.size);
  // A module that no section knows goes last.
  const last = Number.MAX_SAFE_INTEGER;
  const at = (map: Map<number, number>, id: number): number => map.get(id) ?? last;
  return [...modules].sort(
    (a, b) =>
      at(sectionAt, a.sectionId) - at(sectionAt, b.sectionId) ||
      at(turnOf, a.id) - at(turnOf, b.id) ||
      a.id - b.id,
  );

  function placeOf({ id, position }: OrderedSection): number {
    return tree.rootOf(id)?.position ?? position;
  }
}
