import type { CourseSnapshot, GradeItem } from '../site.ts';
import type { Activity } from './activities.ts';
import type { Person } from './duplicates.ts';
import { progressOf } from './progress.ts';

/** Marks that may be of another scale than their item says. */
export interface OddScale {
  item: GradeItem;
  least: number;
  most: number;
  /** The end of the scale as Moodle has it. */
  max: number;
}

/**
 * Marks of Chile's 1,0–7,0 typed into an item of 0–100: all of them are within 1 and 7, and somebody who completed
 * everything has one. As percentages they would fail everybody; which they are, nobody has said. [M]
 */
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
  const finals = marks.map(({ final }) => final);
  const ends = marks.map(({ max }) => max);
  const within = finals.every((final) => final >= 1 && final <= 7) && ends.every((max) => max >= WIDE);
  if (!within || !marks.some(({ complete }) => complete)) return null;
  return { item, least: Math.min(...finals), most: Math.max(...finals), max: Math.max(...ends) };
}

/** Scales shorter than this are no percentages: their marks are small by right. */
const WIDE = 50;
