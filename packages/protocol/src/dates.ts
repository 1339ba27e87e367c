const DATE = /^\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2})?$/;

/**
 * Whether a text is a date as the service takes it: `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, a real day of the
 * calendar and a real time of day (no zone: it is America/Santiago's). [S, O]
 */
export function isFecha(value: unknown): value is string {
  if (typeof value !== 'string' || !DATE.test(value)) return false;
  // Nothing stands where there is no time of day, and that is 0.
  const part = (from: number) => Number(value.slice(from, from + 2));
  const [year, day] = [Number(value.slice(0, 4)), part(8)];
  return (
    year >= 1900 &&
    day >= 1 &&
    day <= daysIn(year, part(5)) &&
    part(11) <= 23 &&
    part(14) <= 59 &&
    part(17) <= 59
  );
}

/** Of a month, 1–12; 0: there is no such month. */
function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month < 1 || month > 12 ? 0 : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** The day of a date of the service: its first ten characters. */
export function dayOf(fecha: string): string {
  return fecha.slice(0, 10);
}
