import type { WsApi } from './api.ts';
import type { CourseTimes, TimesRequest } from './course-times.ts';
import { timesOfCsv } from './csv-time.ts';
import { timesOfDatabase } from './database-time.ts';
import { timesOfReport } from './report-time.ts';
import type { MoodleWsSettings, WsTime } from './settings.ts';

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
