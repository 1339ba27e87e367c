/** Months as Moodle writes them in Spanish and English. */
const MONTHS = [
  ['enero', 'january'],
  ['febrero', 'february'],
  ['marzo', 'march'],
  ['abril', 'april'],
  ['mayo', 'may'],
  ['junio', 'june'],
  ['julio', 'july'],
  ['agosto', 'august'],
  ['septiembre', 'september', 'setiembre'],
  ['octubre', 'october'],
  ['noviembre', 'november'],
  ['diciembre', 'december'],
];

const DATE =
  /(?<!\d)(\d{1,2})\s+(?:de\s+)?(\p{L}{3,})\.?\s+(?:de\s+)?(\d{4})\D+(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap]\.?\s?m\.?)?/iu;

/** A moment of a clock without a zone. */
export interface LocalTime {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
}

/**
 * A date as a report shows it to people: `Thursday, 8 October 2026, 7:31 PM`, `jueves, 8 de octubre de 2026, 19:31`.
 * Null for what is none.
 */
export function readDisplayDate(text: string): LocalTime | null {
  const match = DATE.exec(text);
  if (!match) return null;
  const [, day, name = '', year, hour, minute, second = '0', half] = match;
  const month = MONTHS.findIndex((names) => names.some((one) => one.startsWith(name.toLowerCase())));
  if (month < 0) return null;
  return {
    year: Number(year),
    month: month + 1,
    day: Number(day),
    hour: twentyFour(Number(hour), half),
    minute: Number(minute),
    second: Number(second),
  };
}

/** 12 AM is midnight, 12 PM noon. */
export function twentyFour(hour: number, half: string | undefined): number {
  if (!half) return hour;
  return (hour % 12) + (/^p/i.test(half) ? 12 : 0);
}

const UNIT_SECONDS: [RegExp, number][] = [
  [/^(weeks?|semanas?|sem)$/, 7 * 86_400],
  [/^(days?|d[ií]as?|d)$/, 86_400],
  [/^(hours?|horas?|hrs?|h)$/, 3_600],
  [/^(minutes?|minutos?|mins?|m)$/, 60],
  [/^(seconds?|segundos?|secs?|segs?|s)$/, 1],
];

/**
 * A duration as a report shows it to people, in seconds: `33 hours 31 mins`, `2 horas 5 minutos`, `01:30:00`.
 * Nothing (blank, `-`, `Nada`) is 0; null for what cannot be read, so that it never passes for 0.
 */
export function readDuration(text: string): number | null {
  const plain = text.trim().toLowerCase();
  if (/^(|-|0|none|nada|ninguno|ninguna|now|ahora)$/.test(plain)) return 0;
  const clock = /^(\d+):(\d{2}):(\d{2})$/.exec(plain);
  if (clock) return Number(clock[1]) * 3_600 + Number(clock[2]) * 60 + Number(clock[3]);
  const parts = [...plain.matchAll(/(\d+)\s*(\p{L}+)\.?/gu)];
  if (parts.length === 0 || plain.replace(/(\d+)\s*(\p{L}+)\.?|[\s,y]|\band\b/gu, '') !== '') return null;
  let seconds = 0;
  for (const [, amount, unit = ''] of parts) {
    const factor = UNIT_SECONDS.find(([name]) => name.test(unit))?.[1];
    if (factor === undefined) return null;
    seconds += Number(amount) * factor;
  }
  return seconds;
}
