import { type Cell, clock } from '../grid.ts';
import { type Parts, partOf } from './package.ts';
import { scanXml } from './xml.ts';

/** What a cell's number means by its format; a pattern of digits (`0000`) is shown as it says, and with a unit (`min`). */
export type Meaning =
  | 'number'
  | 'percent'
  | 'date'
  /** `mmm-yy`. */
  | 'month'
  | 'duration'
  /** `h:mm`: begins anew after a day. */
  | 'clock'
  /** `mm:ss`: begins anew after an hour. */
  | 'minutes'
  | { digits?: string; unit?: string }
  | { words: Word[] };

/** What a cell shows in place of some numbers: `[=3]"Reprobado"`. */
interface Word {
  sign: string;
  limit: number;
  text: string;
}

/** Units of time as people write them beside a number. */
export const TIME_WORD =
  /(?<!\p{L})(?:ms|milisegundos?|s|segs?|segundos?|m|min|mins|minutos?|h|hrs?|horas?|d|d[ií]as?)(?!\p{L})/iu;

const SECONDS_PER_DAY = 86_400;
/** Excel counts days from here; its 29-02-1900 that never was matters only before March 1900. */
const EPOCH_1900 = Date.UTC(1899, 11, 30);
const EPOCH_1904 = Date.UTC(1904, 0, 1);

/** Meaning of each cell style (`s` of a cell) of a workbook. */
export function readMeanings(parts: Parts, part: string | undefined, file: string): Meaning[] {
  const codes = new Map<string, string>();
  const meanings: Meaning[] = [];
  const xml = part === undefined ? undefined : partOf(parts, part);
  if (xml === undefined) return meanings;
  let inCellXfs = false;
  scanXml(xml, file, {
    open: (name, attributes) => {
      if (name === 'numFmt') codes.set(attributes.numFmtId ?? '', attributes.formatCode ?? '');
      else if (name === 'cellXfs') inCellXfs = true;
      else if (name === 'xf' && inCellXfs) meanings.push(meaningOf(attributes.numFmtId ?? '0', codes));
    },
    close: (name) => {
      if (name === 'cellXfs') inCellXfs = false;
    },
  });
  return meanings;
}

/** A number of a sheet as what its format says it is. */
export function typedNumber(value: number, meaning: Meaning, date1904: boolean): Cell {
  if (typeof meaning === 'object' && 'words' in meaning) {
    const word = meaning.words.find(({ sign, limit }) => COMPARE[sign]?.(value, limit));
    return word === undefined ? value : { kind: 'shown', value, text: word.text };
  }
  if (typeof meaning === 'object') {
    const digits = meaning.digits === undefined ? null : shownDigits(value, meaning.digits);
    const text = digits ?? (meaning.unit === undefined ? null : `${value} ${meaning.unit}`);
    return text === null || text === String(value) ? value : { kind: 'shown', value, text };
  }
  switch (meaning) {
    case 'percent':
      // 0.57 × 100 is 56.99999999999999: the sheet shows no more than 15 digits.
      return { kind: 'percent', value: Number((value * 100).toPrecision(15)) };
    case 'date':
      return { kind: 'date', text: serialText(value, date1904) };
    case 'month':
      return { kind: 'date', text: serialText(value, date1904), dayless: true };
    case 'duration':
      return { kind: 'duration', seconds: Math.round(value * SECONDS_PER_DAY) };
    case 'clock':
    case 'minutes':
      return wrapped(Math.round(value * SECONDS_PER_DAY), meaning === 'clock' ? SECONDS_PER_DAY : 3600);
    default:
      return value;
  }
}

/** A length of time whose format shows no more than what is left of so many seconds. */
function wrapped(seconds: number, after: number): Cell {
  const shows = clock(seconds % after);
  return { kind: 'duration', seconds, ...(seconds >= after && { shows }) };
}

/** An Excel serial as the date that the sheet shows; with the time of day unless it is midnight. */
export function serialText(serial: number, date1904 = false): string {
  // Excel counts a 29 February 1900 that never was: its first days are one later.
  const shown = date1904 || serial < 1 || serial >= 60 ? serial : serial + 1;
  const instant = new Date((date1904 ? EPOCH_1904 : EPOCH_1900) + Math.round(shown * SECONDS_PER_DAY) * 1000);
  if (Number.isNaN(instant.getTime())) return String(serial);
  const [day = '', time = ''] = instant.toISOString().slice(0, 19).split('T');
  return time === '00:00:00' ? day : `${day} ${time}`;
}

function meaningOf(id: string, codes: Map<string, string>): Meaning {
  const code = codes.get(id);
  return code === undefined ? builtIn(Number(id)) : meaningOfCode(code);
}

/** Formats that a workbook names by number only (ECMA-376, 18.8.30). */
function builtIn(id: number): Meaning {
  if (id === 9 || id === 10) return 'percent';
  if (id >= 18 && id <= 21) return 'clock';
  if (id === 45 || id === 47) return 'minutes';
  if (id === 46) return 'duration';
  if (id === 17) return 'month';
  if ((id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'date';
  return 'number';
}

/** By the letters of the first section, without quoted text, escapes, colours and currencies. */
export function meaningOfCode(code: string): Meaning {
  const words = wordsOf(code);
  if (words.length > 0) return { words };
  const letters = code
    .replace(/"[^"]*"|\\.|_.|\*./g, '')
    .replace(/\[(?!(?:h+|m+|s+)\])[^\]]*\]/gi, '')
    .split(';', 1)[0]
    ?.toLowerCase();
  if (letters === undefined || letters === 'general') return 'number';
  if (letters.includes('%')) return 'percent';
  if (letters.includes('d')) return 'date';
  if (letters.includes('y')) return 'month';
  if (/\[(h+|m+|s+)\]/.test(letters)) return 'duration';
  if (letters.includes('h')) return 'clock';
  if (letters.includes('s')) return 'minutes';
  if (letters.includes('m')) return 'month';
  const shown = { ...digitsOf(code), ...unitOf(code) };
  return Object.keys(shown).length > 0 ? shown : 'number';
}

const COMPARE: Record<string, (value: number, limit: number) => boolean> = {
  '=': (value, limit) => value === limit,
  '<': (value, limit) => value < limit,
  '>': (value, limit) => value > limit,
  '<=': (value, limit) => value <= limit,
  '>=': (value, limit) => value >= limit,
  '<>': (value, limit) => value !== limit,
};

/** `[=2]"Aprobado";[=3]"Reprobado"`: numbers of which nothing but a word is seen. */
function wordsOf(code: string): Word[] {
  return [
    ...code.matchAll(/(?:^|;)(?:\[\p{L}+\])?\[([<>=]{1,2})(-?[\d.]+)\]"([^"]*\p{L}{3}[^"]*)"(?=;|$)/giu),
  ].map(([, sign = '', limit, text = '']) => ({ sign, limit: Number(limit), text }));
}

/** `0.0" hrs"`: what is written beside the number, where it is a unit of time. */
function unitOf(code: string): { unit: string } | null {
  const literals = (code.split(';', 1)[0] ?? '').match(/"[^"]*"|\\./g) ?? [];
  const text = literals.map((literal) => literal.replace(/^\\|"/g, '')).join('');
  return TIME_WORD.test(text) ? { unit: text.trim() } : null;
}

/** A format of whole digits in which zeros or other signs stand: `0000`, `00"."000"."000-0`, `"CAP-"0000`. */
function digitsOf(code: string): { digits: string } | null {
  const section = (code.split(';', 1)[0] ?? '').replace(/\[[^\]]*\]/g, '').replace(/_.|\*./g, '');
  const plain = section.replace(/"([^"]*)"|\\(.)/g, (_, quoted?: string, escaped?: string) =>
    Array.from(quoted ?? escaped ?? '', (char) => `\\${char}`).join(''),
  );
  const bare = plain.replace(/\\./g, '');
  if (!/^[-#0?,()/ ]*$/.test(bare) || bare.includes(',') || !/[#0?]/.test(bare)) return null;
  return plain === '0' || plain === '#' ? null : { digits: plain };
}

/** A whole number in a pattern of {@link digitsOf}; null where it is not one. */
function shownDigits(value: number, pattern: string): string | null {
  if (!Number.isSafeInteger(value) || value < 0) return null;
  const tokens = pattern.match(/\\.|./gs) ?? [];
  let left = tokens.filter((token) => /^[#0?]$/.test(token)).length;
  let digits = String(value);
  let text = '';
  for (const token of tokens.reverse()) {
    if (!/^[#0?]$/.test(token)) {
      text = token.slice(-1) + text;
      continue;
    }
    left--;
    const shown = left === 0 ? digits : digits.slice(-1);
    digits = left === 0 ? '' : digits.slice(0, -1);
    text = (shown === '' && token === '0' ? '0' : shown) + text;
  }
  return text.trim();
}
