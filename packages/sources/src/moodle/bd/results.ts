import { byKey, type Db, decimalOrNull, int, intOrNull, moment, text, textOrNull } from '../../db/db.ts';
import type { Completion, CourseModule, Grade, GradeItem } from '../site.ts';
import type { Tables } from './tables.ts';

/**
 * Course → user → cmid → completion. Marks that were taken back (state 0) are as good as none. By the activities'
 * ids and without a join: asked for a whole site, the database then scans the table instead of seeking each row.
 */
export async function readCompletions(
  db: Db,
  tables: Tables,
  modules: Map<number, CourseModule[]>,
): Promise<Map<number, Map<number, Map<number, Completion>>>> {
  const courses = new Map<number, Map<number, Map<number, Completion>>>();
  const courseOf = new Map<number, number>();
  for (const [course, own] of modules)
    for (const { id, completion } of own) if (completion > 0) courseOf.set(id, course);
  if (courseOf.size === 0) return courses;
  await db.stream(
    `select c.userid, c.coursemoduleid, c.completionstate, c.timemodified,
            ${tables.column('course_modules_completion', 'c', 'overrideby')} as overrideby
     from ${tables.name('course_modules_completion')} c
     where c.coursemoduleid in (${[...courseOf.keys()].join(', ')}) and c.completionstate <> 0`,
    // Hundreds of thousands of rows: no destructuring, which walks an iterator.
    (row) => {
      const cmid = int(row[1]);
      nested(courses, courseOf.get(cmid) as number, int(row[0])).set(cmid, {
        state: int(row[2]),
        time: moment(row[3]),
        overall: null,
        overridden: (intOrNull(row[4]) ?? 0) > 0,
      });
    },
  );
  return courses;
}

/** Course and category totals by course: what the API wants. */
export async function readGradeItems(
  db: Db,
  tables: Tables,
  ids: number[],
): Promise<Map<number, GradeItem[]>> {
  const rows = await db.rows(
    `select i.id, i.courseid, i.itemtype, i.itemname, i.gradetype, i.needsupdate, c.fullname
     from ${tables.name('grade_items')} i
     left join ${tables.name('grade_categories')} c on c.id = i.iteminstance and i.itemtype = 'category'
     where i.courseid in (${ids.join(', ')}) and i.itemtype in ('course', 'category') order by i.id`,
  );
  return byKey(rows, 'courseid', (row) => ({
    id: int(row.id),
    type: text(row.itemtype) === 'course' ? 'course' : 'category',
    name: textOrNull(row.fullname) ?? textOrNull(row.itemname),
    gradeType: int(row.gradetype),
    needsUpdate: int(row.needsupdate) !== 0,
  }));
}

/**
 * Course → user → item → grade, of these items: by each student's own range, as empty grades are left out of it.
 * Without a join, as completions are read.
 */
export async function readGrades(
  db: Db,
  tables: Tables,
  items: Map<number, GradeItem[]>,
): Promise<Map<number, Map<number, Map<number, Grade>>>> {
  const courses = new Map<number, Map<number, Map<number, Grade>>>();
  const courseOf = new Map<number, number>();
  for (const [course, own] of items) for (const { id } of own) courseOf.set(id, course);
  if (courseOf.size === 0) return courses;
  await db.stream(
    `select g.userid, g.itemid, g.finalgrade, g.rawgrademin, g.rawgrademax, g.overridden
     from ${tables.name('grade_grades')} g
     where g.itemid in (${[...courseOf.keys()].join(', ')}) and g.finalgrade is not null`,
    (row) => {
      const item = int(row[1]);
      nested(courses, courseOf.get(item) as number, int(row[0])).set(item, {
        final: decimalOrNull(row[2]),
        min: decimalOrNull(row[3]) ?? 0,
        max: decimalOrNull(row[4]) ?? 0,
        overridden: int(row[5]) > 0,
      });
    },
  );
  return courses;
}

function nested<T>(
  courses: Map<number, Map<number, Map<number, T>>>,
  course: number,
  user: number,
): Map<number, T> {
  let users = courses.get(course);
  if (!users) {
    users = new Map();
    courses.set(course, users);
  }
  let own = users.get(user);
  if (!own) {
    own = new Map();
    users.set(user, own);
  }
  return own;
}
