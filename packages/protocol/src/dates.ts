const DATE = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}):(\d{2}))?$/;

/**
 * Whether a text is a date as the service takes it: `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, a real day of the
 * calendar and a real time of day (no zone: it is America/Santiago's). [S, O]
 */
export function isFecha(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const match = DATE.exec(value);
  if (!match) return false;
  const [, year, month, day, hour = 0, minute = 0, second = 0] = match;
  return (
    Number(year) >= 1900 &&
    Number(day) >= 1 &&
    Number(day) <= daysIn(Number(year), Number(month)) &&
    Number(hour) <= 23 &&
    Number(minute) <= 59 &&
    Number(second) <= 59
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
