const DATE = /^(\d{4})-(\d{2})-(\d{2})(?: (\d{2}):(\d{2}):(\d{2}))?$/;

/**
 * Whether a text is a date as the service takes it: `YYYY-MM-DD` or `YYYY-MM-DD HH:MM:SS`, a real day of the
 * calendar and a real time of day (no zone: it is America/Santiago's). [S, O]
 */
export function isFecha(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  const match = DATE.exec(value);
  if (!match) return false;
  const [year, month, day, hour = 0, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => Number(part ?? 0));
  if (year === undefined || month === undefined || day === undefined) return false;
  return (
    year >= 1900 &&
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= new Date(Date.UTC(year, month, 0)).getUTCDate() &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59
  );
}

/** The day of a date of the service: its first ten characters. */
export function dayOf(fecha: string): string {
  return fecha.slice(0, 10);
}
