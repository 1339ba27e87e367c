/** The zone that every rule of the service goes by, also for Magallanes and Aysén. */
export const SANTIAGO = 'America/Santiago';

const format = new Intl.DateTimeFormat('en-CA', {
  timeZone: SANTIAGO,
  calendar: 'gregory',
  numberingSystem: 'latn',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** An instant on Santiago's clock, as the service writes it: `YYYY-MM-DD HH:MM:SS`. */
export function santiagoDateTime(instant: Date): string {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  const get = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) as string;
  return `${get('year')}-${get('month')}-${get('day')} ${get('hour')}:${get('minute')}:${get('second')}`;
}

/** The day of an instant in Santiago, `YYYY-MM-DD`: "once a day" goes by it. [I p.16] */
export function santiagoDate(instant: Date): string {
  return santiagoDateTime(instant).slice(0, 10);
}
