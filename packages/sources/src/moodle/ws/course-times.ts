import type { Issue } from '@puente-sic/protocol';
import type { MoodleRules } from '../settings.ts';
import type { CourseSnapshot, CourseTime } from '../site.ts';
import type { LogShelf } from './csv-shelf.ts';

export type Untimed = Omit<CourseSnapshot, 'time'>;

/** Time spent in some courses, by course id; where it is not known there is no entry, and a finding. */
export interface CourseTimes {
  times: Map<number, CourseTime>;
  /** By course id. */
  findings: Map<number, Issue[]>;
}

export interface TimesRequest {
  courses: Untimed[];
  at: Date;
  rules: MoodleRules;
  signal: AbortSignal;
  logs: LogShelf;
}
