import type { Issue } from '@puente-sic/protocol';
import type { MoodleRules } from '../settings.ts';
import type { CourseSnapshot, CourseTime } from '../site.ts';
import type { WsApi } from './api.ts';
import type { LogShelf } from './csv-shelf.ts';
import { timesOfCsv } from './csv-time.ts';
import { timesOfDatabase } from './database-time.ts';
import { timesOfReport } from './report-time.ts';
import type { MoodleWsSettings, WsTime } from './settings.ts';

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

/** @throws {SourceError} the place that time was said to come from cannot be read. */
export function readTimesFrom(
  choice: WsTime,
  api: WsApi,
  settings: Pick<MoodleWsSettings, 'name' | 'stateDir' | 'clock'>,
  request: TimesRequest,
): Promise<CourseTimes> {
  if ('baseDeDatos' in choice) return timesOfDatabase(choice.baseDeDatos, settings, request);
  if ('csv' in choice) return timesOfCsv(choice.csv, request);
  return timesOfReport(choice.informe, api, request);
}
