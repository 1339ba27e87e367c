import { isFecha, readFigure, santiagoDateTime } from '@puente-sic/protocol';
import { type Cell, cellText } from './grid.ts';
import type { NoteKind } from './notes.ts';
import { serialText } from './xlsx/formats.ts';

/** Tells how a cell was understood, where a person may want to check it. */
export type Tell = (kind: NoteKind, written: string, read: string) => void;

/** Serials of 2000-01-01 … 2099-12-31: a number in a date column that lost its format. */
const SERIALS = { first: 36_526, last: 73_050 };

const ESTADOS: Record<string, number> = {
  cursando: 1,
  'en curso': 1,
  aprobado: 2,
  aprobada: 2,
  reprobado: 3,
  reprobada: 3,
};

/** Text, trimmed. */
export function readText(cell: Cell): string {
  return cellText(cell);
}

/**
 * A whole figure or a time in seconds: `3600`, `3.600` (thousands, told), `12,5`, `01:30:00` or Excel's own
 * duration → seconds. What cannot be read is given back as it stands, for preflight to refuse by its code.
 */
export function readAmount(cell: Cell, tell: Tell): unknown {
  if (typeof cell === 'object' && cell?.kind === 'duration') return cell.seconds;
  if (typeof cell !== 'string') return asItStands(cell, tell);
  const text = cell.trim();
  const clock = /^(\d{1,5}):([0-5]\d):([0-5]\d)$/.exec(text);
  if (clock) return Number(clock[1]) * 3600 + Number(clock[2]) * 60 + Number(clock[3]);
  const compact = text.replace(/(\d)[\u0020\u00a0\u202f](?=\d{3}(\D|$))/g, '$1');
  if (/^[+-]?\d{1,3}([.,])\d{3}(\1\d{3})*$/.test(compact)) {
    const value = Number(compact.replace(/[.,]/g, ''));
    tell('thousands', text, String(value));
    return value;
  }
  return readDecimal(compact) ?? readFigure(text) ?? text;
}

/** A percentage: `45`, `45,5`, `45.5`, `45,5 %`, or Excel's own 0.455 shown as 45,5 %. */
export function readPercentage(cell: Cell, tell: Tell): unknown {
  if (typeof cell === 'object' && cell?.kind === 'percent') return cell.value;
  if (typeof cell !== 'string') return asItStands(cell, tell);
  const text = cell.trim();
  return readDecimal(text.replace(/\s*%$/, '')) ?? readFigure(text) ?? text;
}

/**
 * A date as the service takes it: `YYYY-MM-DD` or with a time. Day-month-year with `-`, `/` or `.` is turned round
 * (told), never month-day-year; a two-digit year is not guessed. Instants with a zone become Santiago's.
 */
export function readDate(cell: Cell, tell: Tell): unknown {
  if (typeof cell === 'object' && cell?.kind === 'date') return cell.text;
  if (typeof cell === 'number' && cell >= SERIALS.first && cell < SERIALS.last + 1) {
    const read = serialText(cell);
    tell('serials', String(cell), read);
    return read;
  }
  if (typeof cell !== 'string') return asItStands(cell, tell);
  const text = cell.trim();
  if (isFecha(text)) return text;
  const zoned = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(text)
    ? new Date(text)
    : null;
  if (zoned !== null && !Number.isNaN(zoned.getTime()))
    return santiagoDateTime(zoned).replace(' 00:00:00', '');
  const turned = turnRound(text);
  if (turned === null) return text;
  if (!/^\d{4}/.test(text)) tell('dates', text, turned);
  return turned;
}

/** 1, 2 or 3, or the word for it. */
export function readEstado(cell: Cell, tell: Tell): unknown {
  return ESTADOS[cellText(cell).toLowerCase()] ?? readAmount(cell, tell);
}

/** Several activities in one cell, between `|`, or `;` where there is no `|`, or on lines of their own. */
export function readActividades(cell: Cell): { codigoActividad: string }[] {
  const text = cellText(cell);
  const items =
    typeof cell === 'object' && cell?.kind === 'list'
      ? cell.items
      : text.split(text.includes('|') ? '|' : /[;\n]/);
  return items.flatMap((item) => (item.trim() === '' ? [] : { codigoActividad: item.trim() }));
}

function asItStands(cell: Cell, tell: Tell): unknown {
  if (typeof cell === 'object' && cell?.kind === 'error') tell('formulas', cell.text, '');
  return typeof cell === 'object' ? cellText(cell) : cell;
}

/** With both separators the last one is the decimal's: `1.234,5` and `1,234.5`. Null for what is no number. */
function readDecimal(text: string): number | null {
  const plain = /^([+-]?\d+)(?:[.,](\d+))?$/.exec(text);
  if (plain) return Number(`${plain[1]}.${plain[2] ?? 0}`);
  const grouped = /^([+-]?\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)(?!\2)[.,](\d+)$/.exec(text);
  return grouped ? Number(`${grouped[1]?.replace(/[.,]/g, '')}.${grouped[3]}`) : null;
}

function turnRound(text: string): string | null {
  const dayFirst = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[ T]+(\d{1,2}:\d\d(?::\d\d)?))?$/.exec(text);
  const yearFirst = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]+(\d{1,2}:\d\d(?::\d\d)?))?$/.exec(text);
  const [, first, , month, last, time] = dayFirst ?? yearFirst ?? [];
  if (first === undefined || month === undefined || last === undefined) return null;
  const [year, day] = dayFirst ? [last, first] : [first, last];
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const full = time === undefined ? date : `${date} ${fullTime(time)}`;
  if (!isFecha(full)) return null;
  return full.replace(' 00:00:00', '');
}

function fullTime(time: string): string {
  return (time.length < 6 ? `${time}:00` : time).padStart(8, '0');
}
