import { isFecha, withoutInvisible } from '@puente-sic/protocol';
import { type Cell, cellText } from '../grid.ts';
import { serialText } from '../xlsx/formats.ts';

/** A date by how it is written, before its table says which part of it is the day. */
export type WrittenDate =
  /** Year first, or a spreadsheet's own date; `sheet`: the spreadsheet has read it. */
  | { kind: 'typed'; text: string; sheet: boolean }
  /** `05/10/2026`. */
  | {
      kind: 'parts';
      one: number;
      two: number;
      year: string;
      sign: string;
      time: string | undefined;
      text: string;
    };

/** What the dates of a table prove for those of one of its columns. */
export interface DateEvidence {
  /** A date of the table that can only have its month first. */
  monthFirst: string | null;
  /** Signs of the dates that can only have their day first here; `/` of this column only, for Americans write it. */
  dayFirst: ReadonlySet<string>;
  /** A date left as text where a spreadsheet of another country has perhaps turned the others round. */
  turned: string | null;
}

/** Serials of 2000-01-01 … 2099-12-31: a number in a date column that lost its format. */
const SERIALS = { first: 36_526, last: 73_050 };
/** Days between the two ways in which workbooks count. */
const LATER_1904 = 1462;

/** Null: no date. */
export function readDate(cell: Cell, date1904: boolean): WrittenDate | null {
  if (typeof cell === 'object' && cell?.kind === 'date')
    return { kind: 'typed', text: cell.text, sheet: true };
  const serial = serialOf(cell, date1904);
  if (serial !== null) return { kind: 'typed', text: serialText(serial, date1904), sheet: true };
  if (typeof cell === 'number' || typeof cell === 'boolean') return null;
  const text = tidyDate(withoutInvisible(cellText(cell)).trim());
  if (isFecha(text)) return { kind: 'typed', text, sheet: false };
  const parts = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?:[ T,]+(\d{1,2}:\d\d(?::\d\d)?)(?:\.0+)?)?$/.exec(text);
  if (parts === null) return null;
  const [, one, sign = '', two, year = '', time] = parts;
  return { kind: 'parts', one: Number(one), two: Number(two), year, sign, time, text };
}

/** `05 / 10 / 2026`, `05–10–2026`: with blanks, or the dashes that programs make of hyphens. */
function tidyDate(text: string): string {
  return /^\d{1,4}\s*[-‐-―−/.]\s*\d{1,2}\s*[-‐-―−/.]\s*\d{2,4}$/u.test(text)
    ? text.replace(/\s/g, '').replace(/[‐-―−]/gu, '-')
    : text;
}

/** The number of a date that lost its format. */
export function serialOf(cell: Cell, date1904: boolean): number | null {
  const value = typeof cell === 'object' && cell?.kind === 'shown' ? cell.value : cell;
  const first = date1904 ? SERIALS.first - LATER_1904 : SERIALS.first;
  return typeof value === 'number' && value >= first && value < SERIALS.last + 1 ? value : null;
}

/** Which part of a date can only be the day; null: both can, or they are one and the same. */
export function provenOrder(date: WrittenDate): 'day' | 'month' | null {
  if (date.kind !== 'parts') return null;
  if (date.one > 12 && date.one <= 31 && date.two <= 12) return 'day';
  return date.one <= 12 && date.two > 12 && date.two <= 31 ? 'month' : null;
}

/**
 * What the columns of dates of a table prove, each for itself. `file`: those of all its tables, which one program or
 * one person has written: they prove how a sign is used, but not that of others.
 */
export function dateEvidence(
  columns: readonly (readonly WrittenDate[])[],
  file: readonly WrittenDate[] = [],
): DateEvidence[] {
  const all = columns.flat();
  const signs = new Set(all.flatMap((date) => (date.kind === 'parts' ? date.sign : [])));
  const isAlike = (date: WrittenDate): boolean => date.kind === 'parts' && signs.has(date.sign);
  const monthFirst = textOf([...all, ...file.filter(isAlike)].find((date) => provenOrder(date) === 'month'));
  const somewhere = signsOf([...all, ...file]);
  const proof = textOf(all.find((date) => provenOrder(date) !== null));
  const sheetDates = all.filter((date) => date.kind === 'typed' && date.sheet);
  return columns.map((dates) => {
    const dayFirst = signsOf(dates);
    for (const sign of ['-', '.']) if (somewhere.has(sign)) dayFirst.add(sign);
    return {
      monthFirst,
      dayFirst,
      turned: turnedBeside(dates) ?? (mayBeTurned(sheetDates) ? elsewhere(dates, proof) : null),
    };
  });
}

function signsOf(dates: readonly WrittenDate[]): Set<string> {
  return new Set(
    dates.flatMap((date) => (date.kind === 'parts' && provenOrder(date) === 'day' ? date.sign : [])),
  );
}

/** In one column: those that the spreadsheet could read it has turned round, the others are text. */
function turnedBeside(dates: readonly WrittenDate[]): string | null {
  const texts = dates.filter(({ kind }) => kind === 'parts');
  const proof = texts.find((date) => provenOrder(date) !== null);
  const sheet = dates.filter((date) => date.kind === 'typed' && date.sheet);
  if (texts.length > 0 && mayBeTurned(sheet)) return textOf(proof ?? texts[0]);
  // What a program makes of such a sheet: `2026-05-10 00:00:00` beside `25/09/2026`.
  const stamped = dates.filter(({ kind, text }) => kind === 'typed' && text.length > 10);
  return proof !== undefined && mayBeTurned(stamped) ? proof.text : null;
}

/** All of a column could be read: it starts on 5 October for everybody. */
function elsewhere(dates: readonly WrittenDate[], proof: string | null): string | null {
  const sheet = dates.filter((date) => date.kind === 'typed' && date.sheet);
  return sheet.length === dates.length && mayBeTurned(sheet) ? proof : null;
}

/** Whether day and month of all of these could be changed about; one with a later day shows that they are not. */
function mayBeTurned(dates: readonly WrittenDate[]): boolean {
  const parts = dates.map(({ text }) => [Number(text.slice(5, 7)), Number(text.slice(8, 10))] as const);
  return parts.every(([, day]) => day <= 12) && parts.some(([month, day]) => month !== day);
}

function textOf(date: WrittenDate | undefined): string | null {
  return date?.text ?? null;
}
