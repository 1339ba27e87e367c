import { roundPercentage } from '@puente-sic/protocol';

/** How far a student is in a course or a module. */
export interface Progress {
  /** Required activities, and how many of them are done; both 0 where the LMS gives a figure alone. */
  required: number;
  done: number;
  /** Unrounded, 0–100; null where nothing is required. */
  percentage: number | null;
  /** `porcentajeAvance`: half up, 0 where nothing is required. [M] */
  porcentajeAvance: number;
}

/** Share of required activities done. [S, I] */
export function shareDone(required: number, done: number): Progress {
  const percentage = required === 0 ? null : (100 * done) / required;
  return { required, done, percentage, porcentajeAvance: roundPercentage(percentage ?? 0) };
}
