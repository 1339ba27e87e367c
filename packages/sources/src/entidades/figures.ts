import type { Figures } from '../rules/body.ts';
import { type Dates, hasEnded } from '../rules/dates.ts';
import { moduleEstado, studentEstado } from '../rules/estado.ts';
import { dedicationLimit, dedicationOf } from '../rules/gaps.ts';
import { type Mark, markOf } from '../rules/marks.ts';
import { type Progress, shareDone } from '../rules/progress.ts';
import type { JudgingRules } from '../rules/settings.ts';
import type { EntityModule } from './modules.ts';
import type { ActivityData, CourseData, StudentData } from './site.ts';

/** Where a course's progress and time come from. */
export interface Basis {
  /** What was completed, or the LMS's own figures. */
  progress: 'activities' | 'percentages';
  time: 'clicks' | 'seconds';
}

/** One course at one moment, as far as a student's figures need it. */
export interface Judged {
  course: CourseData;
  modules: readonly EntityModule[];
  basis: Basis;
  rules: JudgingRules;
  at: Date;
  /** Marks are left out: nobody knows of which scale they are. */
  oddMarks: boolean;
}

/** A student's figures, and those of each module; null: the LMS has none of that module. */
export interface StudentFigures extends Figures {
  /** False: the LMS gives no percentage of the course, and modules are never averaged. */
  hasProgress: boolean;
  modules: (Figures | null)[];
}

export function figuresOf(student: StudentData, dates: Dates, judged: Judged): StudentFigures {
  const { modules, rules, at } = judged;
  const time = timeOf(student, judged);
  const own = courseProgress(student, judged);
  const mark = judged.oddMarks ? null : markFor(student.marks.get(''), rules);
  const progress = own ?? shareDone(0, 0);
  return {
    hasProgress: own !== null,
    progress,
    seconds: time?.total ?? null,
    mark,
    estado: studentEstado(progress, mark, hasEnded(dates, at), rules),
    modules: modules.map((module, index) => {
      const ids = module.parts.map(({ id }) => id);
      const progress = progressOf(student, module.activities, ids, judged);
      if (progress === null) return null;
      const mark = judged.oddMarks ? null : moduleMark(student, ids, rules);
      const seconds = time?.modules[index] ?? null;
      return { progress, seconds, mark, estado: moduleEstado(progress, mark) };
    }),
  };
}

/** How far a student is in the course; null: the LMS gives no percentage of it. */
export function courseProgress(student: StudentData, judged: Judged): Progress | null {
  return progressOf(student, judged.course.activities.values(), [''], judged);
}

/** Whether a student has left anything in the course. */
export function hasTrace({ completions, percentages, marks, seconds, clicks }: StudentData): boolean {
  const some = (figures: Map<string, number>) => [...figures.values()].some((figure) => figure > 0);
  return completions.size > 0 || clicks.count > 0 || marks.size > 0 || some(percentages) || some(seconds);
}

/** Whether an activity is done at a moment. */
export function isDone(student: StudentData, { id }: ActivityData, at: Date): boolean {
  const done = student.completions.get(id);
  return done === true || (done !== undefined && done <= at.getTime());
}

/** A module's mark; null where none of its parts has one, or several have different ones. */
function moduleMark({ marks }: StudentData, ids: readonly string[], rules: JudgingRules): Mark | null {
  const own = new Set(ids.flatMap((id) => marks.get(id) ?? []));
  const [only] = own;
  return own.size === 1 ? markFor(only, rules) : null;
}

function markFor(final: number | undefined, { exigencia }: JudgingRules): Mark | null {
  return final === undefined ? null : markOf({ final, min: 0, max: 100 }, exigencia);
}

/** Of several parts of one module, each with a figure of the LMS's own, nobody knows the whole's. */
function progressOf(
  student: StudentData,
  activities: Iterable<ActivityData>,
  ids: readonly string[],
  { basis, at }: Judged,
): Progress | null {
  if (basis.progress === 'activities') {
    let required = 0;
    let done = 0;
    for (const activity of activities) {
      if (!activity.required) continue;
      required++;
      if (isDone(student, activity, at)) done++;
    }
    return shareDone(required, done);
  }
  const [figure, ...others] = ids.flatMap((id) => student.percentages.get(id) ?? []);
  return figure === undefined || others.length > 0
    ? null
    : { ...shareDone(100, figure), required: 0, done: 0 };
}

/** Seconds in the course and in each module; null: nobody knows. */
function timeOf(
  student: StudentData,
  { modules, basis, rules, at }: Judged,
): { total: number; modules: number[] } | null {
  if (basis.time === 'clicks') {
    const spent = dedicationOf(student.clicks, dedicationLimit(rules), Math.floor(at.getTime() / 1000));
    const inModule = ({ parts }: EntityModule) =>
      parts.reduce((sum, { number }) => sum + (spent.modules.get(number) ?? 0), 0);
    return { total: spent.total, modules: modules.map(inModule) };
  }
  const { seconds } = student;
  if (seconds.size === 0) return null;
  const sum = (ids: Iterable<string>) => [...ids].reduce((all, id) => all + (seconds.get(id) ?? 0), 0);
  const total = seconds.get('') ?? sum(seconds.keys());
  // Only the course's was measured: a lone module has all of it, how it divides among several is not invented.
  if (seconds.size === 1 && seconds.has('') && modules.length === 1) return { total, modules: [total] };
  return { total, modules: modules.map(({ parts }) => sum(parts.map(({ id }) => id))) };
}
