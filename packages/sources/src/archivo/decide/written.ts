import { readFigure, withoutInvisible } from '@puente-sic/protocol';
import { type Cell, cellText } from '../grid.ts';

export type Sign = '.' | ',';

/** What a figure's own spelling proves of the signs in it. */
export interface Signs {
  decimal?: Sign;
  thousands?: Sign;
}

/** A figure as it is written, before its column says what it means. */
export type Written =
  /** A bare figure. */
  | { kind: 'number'; value: number; signs: Signs; text: string | null }
  /** With a percent sign, or shown with one: 45.5 for 45,5 %. */
  | { kind: 'percent'; value: number; signs: Signs }
  /** A length of time: `01:30:00`; `shows`: what its sheet shows in place of it. */
  | { kind: 'time'; seconds: number; shows?: string }
  /** `3.600`: 3600 or 3.6. */
  | { kind: 'threes'; sign: Sign; grouped: number; decimal: number; text: string }
  /** `1.26E+04`, in either country's signs: its last digits are gone. */
  | { kind: 'rounded'; text: string }
  /** No figure; `value` is how it goes, to be refused by its code. */
  | { kind: 'other'; value: unknown };

export function readWritten(cell: Cell): Written {
  if (typeof cell === 'number') return bare(cell);
  if (typeof cell === 'string') return ofText(withoutInvisible(cell).trim());
  if (typeof cell !== 'object' || cell === null) return { kind: 'other', value: cell };
  switch (cell.kind) {
    case 'shown':
      return bare(cell.value);
    case 'percent':
      return { kind: 'percent', value: cell.value, signs: {} };
    case 'duration':
      return { kind: 'time', seconds: cell.seconds, ...(cell.shows !== undefined && { shows: cell.shows }) };
    default:
      return { kind: 'other', value: cellText(cell) };
  }
}

/**
 * A cell of a column of times. Where each figure has its unit (`3h 30m`, `210 min`, `1 day, 3:30:00`), typed or by its
 * format, it has one meaning; what a format shows as `390 m` is no bare figure, as it would be none as text.
 */
export function readWrittenTime(cell: Cell): Written {
  const shows = typeof cell === 'object' && cell?.kind === 'shown' ? cell.text : null;
  const text = typeof cell === 'string' ? cell : shows;
  const seconds = text === null ? null : secondsInUnits(withoutInvisible(text).trim());
  if (seconds !== null) return { kind: 'time', seconds };
  return shows === null || !/\p{L}/u.test(shows)
    ? readWritten(cell)
    : { kind: 'other', value: cellText(cell) };
}

const FIGURE = String.raw`(\d+(?:[.,]\d{1,2})?)\s*`;
const UNITS = new RegExp(
  String.raw`^(?:${FIGURE}d(?:[ií]as?)?\.?(?![\p{L}]))?[\s,]*(?:y\s+)?(?:${FIGURE}(?:h|hr|hrs|horas?)\.?(?!\p{L}))?[\s,]*(?:y\s+)?(?:${FIGURE}(m|min|mins|minutos?)\.?(?!\p{L}))?[\s,]*(?:y\s+)?(?:${FIGURE}(?:s|seg|segs|segundos?)\.?)?$`,
  'iu',
);
/** `3h30`. */
const HOURS_AND_BARE = /^(\d{1,3})\s*h(?:rs?)?\s*([0-5]\d)$/i;
/** `1:02:10:05`, `1 day, 2:10:05`, `2 días 02:10:05`. */
const DAYS_AND_CLOCK = /^(\d{1,3})(?::|\s*(?:d|days?|d[ií]as?)[\s,]+)([01]?\d|2[0-3]):([0-5]\d):([0-5]\d)$/iu;
/** How programs write a length of time (ISO 8601). */
const ISO = /^P(?:(\d+)D)?T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?$/i;

/** Seconds of a time whose figures all have a unit; null where one has none, or could have two. */
function secondsInUnits(text: string): number | null {
  const parts = DAYS_AND_CLOCK.exec(text) ?? (/\d/.test(text) ? ISO.exec(text) : null);
  if (parts) return sumOf(parts.slice(1));
  const bare = HOURS_AND_BARE.exec(text);
  if (bare) return sumOf([undefined, bare[1], bare[2]]);
  const [whole, days, hours, minutes, unit, seconds] = UNITS.exec(text) ?? [];
  if (whole === undefined || !/\d/.test(text)) return null;
  // `210 m` may be metres, or months.
  if (unit === 'm' && hours === undefined && seconds === undefined) return null;
  const figures = [days, hours, minutes, seconds];
  const last = figures.findLastIndex((figure) => figure !== undefined);
  const isOdd = figures.some((figure, index) => {
    if (figure === undefined) return false;
    const first = figures.slice(0, index).every((before) => before === undefined);
    return (
      (index < last && /[.,]/.test(figure)) ||
      (!first && Number.parseFloat(figure) >= (index === 1 ? 24 : 60))
    );
  });
  return isOdd ? null : sumOf(figures);
}

function sumOf(figures: readonly (string | undefined)[]): number {
  const [days, hours, minutes, seconds] = figures.map((figure) => Number((figure ?? '0').replace(',', '.')));
  return Math.round((days ?? 0) * 86_400 + (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0));
}

function ofText(text: string): Written {
  const clock = /^(\d{1,5}):([0-5]\d):([0-5]\d)(?:[.,]0+)?$/.exec(text);
  if (clock)
    return { kind: 'time', seconds: Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]) };
  const percent = /^(.*?)\s*%$/.exec(text)?.[1];
  if (percent === undefined) return ofFigure(text);
  const read = ofFigure(percent);
  if (read.kind === 'threes') return { kind: 'percent', value: read.decimal, signs: { decimal: read.sign } };
  return read.kind === 'number' ? { ...read, kind: 'percent' } : { kind: 'other', value: text };
}

function ofFigure(text: string): Written {
  const compact = text.replace(/(\d)[\u0020\u00a0\u202f'’](?=\d{3}(?!\d))/g, '$1');
  if (/^[+-]?\d+$/.test(compact)) return bare(Number(compact), {}, text);
  const threes = /^([+-]?(?!0)\d{1,3})([.,])(\d{3})$/.exec(compact);
  if (threes) {
    const [, whole = '', sign, rest = ''] = threes;
    const values = { grouped: Number(whole + rest), decimal: Number(`${whole}.${rest}`) };
    return { kind: 'threes', sign: sign === '.' ? '.' : ',', ...values, text };
  }
  const grouped = /^([+-]?\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)(?:(?!\2)([.,])(\d+))?$/.exec(compact);
  if (grouped && (grouped[3] !== undefined || /[.,].*[.,]/.test(compact)) && !/^[+-]?0[.,]/.test(compact)) {
    const value = Number(`${grouped[1]?.replace(/[.,]/g, '')}.${grouped[4] ?? 0}`);
    return bare(
      value,
      { thousands: signOf(grouped[2]), ...(grouped[3] && { decimal: signOf(grouped[3]) }) },
      text,
    );
  }
  const plain = /^([+-]?\d+)([.,])(\d+)$/.exec(compact);
  if (plain) return bare(Number(`${plain[1]}.${plain[3]}`), { decimal: signOf(plain[2]) }, text);
  if (/^[+-]?\d+(?:[.,]\d+)?E[+-]?\d{1,3}$/i.test(compact)) return { kind: 'rounded', text };
  const figure = readFigure(text);
  return figure === null ? { kind: 'other', value: text } : bare(figure, {}, text);
}

function signOf(text: string | undefined): Sign {
  return text === '.' ? '.' : ',';
}

function bare(value: number, signs: Signs = {}, text: string | null = null): Written {
  return { kind: 'number', value, signs, text };
}

/** The decimal sign that figures prove between them; null where they prove none, or contradict each other. */
export function decimalSign(all: readonly Written[]): Sign | null {
  const proven = new Set<Sign>();
  for (const written of all) {
    if (written.kind !== 'number' && written.kind !== 'percent') continue;
    const { decimal, thousands } = written.signs;
    if (decimal) proven.add(decimal);
    if (thousands) proven.add(thousands === '.' ? ',' : '.');
  }
  const [sign = null] = proven;
  return proven.size === 1 ? sign : null;
}
