import type { Db } from '../../db/db.ts';
import { dedicationLimit } from '../../rules/gaps.ts';
import { readTimes } from '../dedication/read.ts';
import type { ClickStore } from '../dedication/store.ts';
import { huellasOf, profileFields } from '../rules/rut.ts';
import type { MoodleRules } from '../settings.ts';
import type { CourseSnapshot } from '../site.ts';
import { clickLog } from './log.ts';
import { readGroups, readParticipants } from './people.ts';
import { readCompletions, readGradeItems, readGrades } from './results.ts';
import { readCourses, readModules, readSections } from './structure.ts';
import type { Tables } from './tables.ts';

/** Everything that the rules want to know of some courses, as of one moment. One query per table, never per student. */
export async function readSnapshots(
  db: Db,
  tables: Tables,
  ids: number[],
  { at, now, rules, store }: { at: Date; now: Date; rules: MoodleRules; store: ClickStore | null },
): Promise<CourseSnapshot[]> {
  if (ids.length === 0) return [];
  const courses = await readCourses(db, tables, ids);
  const sections = await readSections(db, tables, ids);
  const modules = await readModules(db, tables, ids, sections);
  const { groups, groupings } = await readGroups(db, tables, ids);
  const participants = await readParticipants(db, tables, ids, profileFields(rules));
  const completions = await readCompletions(db, tables, modules);
  const gradeItems = await readGradeItems(db, tables, ids);
  const grades = await readGrades(db, tables, gradeItems);
  const times = await readTimes(clickLog(db, tables), store, {
    courses: courses.map(({ id }) => ({ id, modules: modules.get(id) ?? [] })),
    people: huellasOf([...participants.values()].flat(), rules),
    limit: dedicationLimit(rules),
    at,
    now,
  });
  return courses.map((course) => ({
    course,
    sections: sections.get(course.id) ?? [],
    modules: modules.get(course.id) ?? [],
    groups: groups.get(course.id) ?? [],
    groupings: groupings.get(course.id) ?? [],
    participants: participants.get(course.id) ?? [],
    completions: completions.get(course.id) ?? new Map(),
    gradeItems: gradeItems.get(course.id) ?? [],
    grades: grades.get(course.id) ?? new Map(),
    time: times.get(course.id) ?? null,
    at,
  }));
}
