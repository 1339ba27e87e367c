import { roundPercentage } from '@puente-sic/protocol';
import type { Completion } from '../site.ts';
import type { Activity } from './activities.ts';
import { isDone } from './completion.ts';

/** Required activities of a course or a module, and how many of them a student has done. */
export interface Progress {
  required: number;
  done: number;
  /** Unrounded, 0–100; null where nothing is required. */
  percentage: number | null;
  /** `porcentajeAvance`: half up, 0 where nothing is required. [M] */
  porcentajeAvance: number;
}

/** Share of required activities done. [S, I] */
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
  const percentage = required === 0 ? null : (100 * done) / required;
  return { required, done, percentage, porcentajeAvance: roundPercentage(percentage ?? 0) };
}
