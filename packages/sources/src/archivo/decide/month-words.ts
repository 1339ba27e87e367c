/** Months by the first three letters that people and programs write, in Spanish and English. */
const MONTHS = [
  'ene|jan',
  'feb',
  'mar',
  'abr|apr',
  'may',
  'jun',
  'jul',
  'ago|aug',
  'sep|set',
  'oct',
  'nov',
  'dic|dec',
];
const LONG =
  /^(enero|january|febrero|february|marzo|march|abril|april|mayo|junio|june|julio|july|agosto|august|sep?tiembre|sept?|september|octubre|october|noviembre|november|diciembre|december)$/i;

/** `05-oct-2026`, `5 de octubre de 2026`, `lunes, 5 de octubre de 2026`, `18 DIC 2026 23:59`. */
const DAY_FIRST =
  /^(?:(?:lun|mar|mi[eé]|jue|vie|s[aá]b|dom|mon|tue|wed|thu|fri|sat|sun)\p{L}*\.?,?\s+)?(?<day>\d{1,2})(?:[-/.]|\s+(?:de\s+)?)(?<month>\p{L}{3,})\.?(?:[-/.]|,?\s+(?:del?\s+)?)(?<year>\d{4})(?:,?[ T]+(?<time>\d{1,2}:\d\d(?::\d\d)?))?$/iu;
/** `Oct 5, 2026`. */
const MONTH_FIRST =
  /^(?:(?:lun|mar|mi[eé]|jue|vie|s[aá]b|dom|mon|tue|wed|thu|fri|sat|sun)\p{L}*\.?,?\s+)?(?<month>\p{L}{3,})\.?\s+(?<day>\d{1,2}),?\s+(?<year>\d{4})(?:,?\s+(?<time>\d{1,2}:\d\d(?::\d\d)?))?$/iu;

/** The parts of a date with its month in words; null: it is none. A year of two digits is not guessed. */
export function dateInWords(
  text: string,
): { year: string; month: string; day: string; time: string | undefined } | null {
  const { day, month, year, time } = (DAY_FIRST.exec(text) ?? MONTH_FIRST.exec(text))?.groups ?? {};
  const number = month === undefined ? 0 : monthOf(month);
  if (day === undefined || year === undefined || number === 0) return null;
  return { year, month: String(number), day: day.padStart(2, '0'), time };
}

/** From 1; 0: no month. */
function monthOf(word: string): number {
  if (word.length > 3 && !LONG.test(word)) return 0;
  return MONTHS.findIndex((names) => new RegExp(`^(?:${names})`, 'i').test(word)) + 1;
}
