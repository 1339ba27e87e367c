import { santiagoDate } from '@puente-sic/protocol';

/** A student's first and last day, `YYYY-MM-DD` in Santiago; a missing one is left out, never null. */
export interface Dates {
  fechaInicio?: string;
  fechaFin?: string;
}

/** The last day is over. By the day: an LMS's end date is a moment, often the midnight with which the last day begins. */
export function hasEnded({ fechaFin }: Dates, at: Date): boolean {
  return fechaFin !== undefined && santiagoDate(at) > fechaFin;
}
