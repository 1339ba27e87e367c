import { type OddMarks, oddMarks } from '../../rules/scale.ts';
import type { CourseSnapshot, GradeItem } from '../site.ts';
import type { Activity } from './activities.ts';
import type { Person } from './duplicates.ts';
import { progressOf } from './progress.ts';

/** Marks of an item that may be of another scale than the item says. */
export interface OddScale extends OddMarks {
  item: GradeItem;
}

/** Whether the marks of an item look like 1,0–7,0 typed into 0–100; null: they do not, or there are none. */
export function oddScale(
  item: GradeItem | null,
  activities: Activity[],
  persons: Person[],
  { grades, completions, at }: CourseSnapshot,
): OddScale | null {
  if (item === null) return null;
  const marks = persons.flatMap(({ leading: { account } }) => {
    const grade = grades.get(account.id)?.get(item.id);
    if (!grade || grade.final === null) return [];
    const { required, done } = progressOf(activities, completions.get(account.id), at);
    return [{ final: grade.final, max: grade.max, complete: required > 0 && done === required }];
  });
  const odd = oddMarks(marks);
  return odd && { item, ...odd };
}
