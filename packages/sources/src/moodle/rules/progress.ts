import { type Progress, shareDone } from '../../rules/progress.ts';
import type { Completion } from '../site.ts';
import type { Activity } from './activities.ts';
import { isDone } from './completion.ts';

/** Share of the required activities of a course or a module that a student has done. [S, I] */
export function progressOf(
  activities: Activity[],
  completions: Map<number, Completion> | undefined,
  at: Date,
): Progress {
  let required = 0;
  let done = 0;
  for (const activity of activities) {
    if (!activity.required) continue;
    required++;
    if (isDone(activity.module, completions?.get(activity.module.id), at)) done++;
  }
  return shareDone(required, done);
}
