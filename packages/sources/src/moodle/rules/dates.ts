import { santiagoDate } from '@puente-sic/protocol';
import type { Dates } from '../../rules/dates.ts';
import type { Course, Participant } from '../site.ts';
import { enrolmentsInForce, type StudentRules } from './students.ts';

/**
 * `timestart` and `timeend` of the enrolments in force (earliest and latest that are set), falling back to the
 * course's. Instants become days in America/Santiago, never in UTC. [I, M]
 */
export function datesOf(participant: Participant, course: Course, at: Date, rules: StudentRules): Dates {
  let start: Date | null = null;
  let end: Date | null = null;
  for (const row of enrolmentsInForce(participant, at, rules)) {
    if (row.start && (!start || row.start < start)) start = row.start;
    if (row.end && (!end || row.end > end)) end = row.end;
  }
  return days(start ?? course.startDate, end ?? course.endDate);
}

export function courseDates(course: Course): Dates {
  return days(course.startDate, course.endDate);
}

function days(start: Date | null, end: Date | null): Dates {
  return {
    ...(start && { fechaInicio: santiagoDate(start) }),
    ...(end && { fechaFin: santiagoDate(end) }),
  };
}
