import { Temporal } from '@js-temporal/polyfill';
import { SANTIAGO } from '@puente-sic/protocol';
import type { LocalTime } from './report-text.ts';

/**
 * A moment on Santiago's clock as an instant. Of an hour that happens twice (April) the first is taken; one that
 * does not exist (September) is moved on by the hour that is missing.
 */
export function santiagoInstant(local: LocalTime): Date {
  const moment = Temporal.ZonedDateTime.from(
    { ...local, timeZone: SANTIAGO },
    { disambiguation: 'compatible' },
  );
  return new Date(moment.epochMilliseconds);
}
