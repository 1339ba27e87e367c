import { withoutInvisible } from '@puente-sic/protocol';
import { meaningOf } from '../columns.ts';
import { type Cell, cellText, clock } from '../grid.ts';
import { TIME_WORD } from '../xlsx/formats.ts';
import { type Answered, answersTo, type ColumnAnswers, TIME_UNITS, type TimeUnit } from './answers.ts';
import type { MaybeUnit } from './declared-units.ts';
import { madeDate, type Read, type Reader, roundedDoubt, type Tell } from './reader.ts';
import { answeredSign, denials, deniedDoubt, signDoubt, signOf, tellSign } from './time-sign.ts';
import { type PlainTime, SECONDS, unitReader } from './time-unit.ts';
import { readWrittenTime, type Sign, type Written } from './written.ts';

/** A time of a column, and how far its student (or module) has come; null where that is not known. */
export interface TimeCell {
  written: Written;
  progress: number | null;
}

/** What is known of a column of times besides its cells. */
export interface TimeColumn {
  answers: ColumnAnswers;
  /** How an answer calls the column. */
  name: string;
  /** What the other columns of its table prove of the signs. */
  table: Sign | null;
  /** Another column of times in the table agrees with this one. */
  trusted: boolean;
  /** Gathers the columns of the table that need an answer. */
  asked: Set<string>;
  /** Where its sheet states what it is in. */
  said?: string | undefined;
  /** What a line of its sheet may say that it is in. */
  maybe?: MaybeUnit | null;
}

/**
 * How a column of times is read, in seconds. Two things are decided by all of its cells: whether a sign before three
 * digits groups thousands (`3.600`), and whether plain numbers are seconds at all.
 */
export function timeReader(header: string, column: readonly TimeCell[], known: TimeColumn): Reader {
  const { answers, name, table, trusted } = known;
  const sign = signOf(
    column.map(({ written }) => written),
    table,
    answers,
  );
  const plain = column.flatMap((cell) => plainTime(cell, sign) ?? []);
  const units = answered(name, column, plain, answers);
  const unit = units.own ?? (units.any === undefined ? 'segundos' : null);
  const unitOf = unitReader(header, plain, units, known, trusted);
  const denied = denials(sign, column, answers, unit);
  const dayed = hideOneDay(column);
  return (cell, tell) => {
    if (typeof cell === 'object' && cell?.kind === 'date')
      return { value: cell.text, doubt: madeDate(cell.text, header) };
    const written = readWrittenTime(cell);
    if (written.kind === 'time') return ofClock(written, header, dayed, tell);
    if (written.kind === 'rounded') return { value: written.text, doubt: roundedDoubt(written.text, header) };
    if (written.kind === 'threes') {
      if (sign === null) return { value: written.text, doubt: signDoubt(header, written, answers, unit) };
      if (denied(written)) return { value: written.text, doubt: deniedDoubt(header, written, answers, unit) };
      if (sign !== answeredSign(answers)) tellSign(written, sign, tell);
    }
    const value = plainOf(written, sign);
    if (value === null) return other(cell, written, header);
    const found = unitOf(value);
    if ('doubt' in found) return { value, doubt: found.doubt };
    return { value: found.unit === 'segundos' ? value : Math.round(value * SECONDS[found.unit]) };
  };
}

/** Whether all of a column's clocks leave out one whole day: what a database makes of hours, from 1 January 1900 on. */
function hideOneDay(column: readonly TimeCell[]): boolean {
  const clocks = column.flatMap(({ written }) => (written.kind === 'time' ? written : []));
  return (
    clocks.length > 1 &&
    clocks.every(
      ({ seconds, shows }) => shows !== undefined && seconds >= SECONDS.dias && seconds < 2 * SECONDS.dias,
    )
  );
}

/** A sum that goes on after its format begins anew (`3:30:00` for 27:30:00) is all of it. */
function ofClock(
  { seconds, shows }: Extract<Written, { kind: 'time' }>,
  header: string,
  dayed: boolean,
  tell: Tell,
): Read {
  if (shows === undefined) return { value: seconds };
  const whole = clock(seconds);
  if (!dayed) {
    tell('wrapped', shows, whole);
    return { value: seconds };
  }
  return {
    value: seconds,
    doubt: {
      message: `«${shows}» puede ser ${shows} o ${whole}: todas las celdas de la columna «${header}» llevan un día entero que la hoja no muestra.`,
      fix: `Si son ${whole}, dé a la columna el formato [h]:mm:ss; si son ${shows}, escriba los tiempos de nuevo.`,
    },
  };
}

/** Fractions beside clocks are cells that lost their format, parts of a day: no other answer about times is of them. */
function answered(
  name: string,
  column: readonly TimeCell[],
  plain: readonly PlainTime[],
  answers: ColumnAnswers,
): Answered<TimeUnit> {
  const { own, any } = answersTo(answers, 'unidadTiempo', name, TIME_UNITS);
  const clocks = column.some(({ written }) => written.kind === 'time');
  const lost = clocks && plain.some(({ value }) => !Number.isInteger(value));
  return { ...(own && { own }), ...(any && (!lost || any === 'dias') && { any }) };
}

function other(cell: Cell, written: Written, header: string): Read {
  const value = written.kind === 'other' ? written.value : cellText(cell);
  const text = withoutInvisible(cellText(cell)).trim();
  const [, one = '', two = ''] = /^(\d{1,4}):([0-5]\d)$/.exec(text) ?? [];
  const said = meaningOf(header)?.said?.text ?? '';
  if (one !== '' && HOURS_AND_MINUTES.test(said)) return { value: Number(one) * 3600 + Number(two) * 60 };
  if (one !== '') {
    const clocks = `«${one.padStart(2, '0')}:${two}:00» o «00:${one.padStart(2, '0')}:${two}»`;
    return {
      value,
      doubt: {
        message: `«${text}» puede ser horas y minutos, o minutos y segundos.`,
        fix: `Escriba los tiempos de la columna «${header}» como HH:MM:SS: ${clocks}. O llámela «${header} (HH:MM)», si son horas y minutos.`,
      },
    };
  }
  if (!/^\d/.test(text) || !TIME_WORD.test(text.replace(/\d/g, ' '))) return { value };
  return {
    value,
    doubt: {
      message: `«${text}» no es un número de segundos ni un tiempo como HH:MM:SS.`,
      fix: `Escriba los tiempos de la columna «${header}» como HH:MM:SS («01:30:00») o en segundos («5400»).`,
    },
  };
}

const HOURS_AND_MINUTES = /^\[?hh?\]?:mm$/i;

function plainTime({ written, progress }: TimeCell, sign: Sign | null): PlainTime | null {
  const value = plainOf(written, sign);
  const decimals = written.kind === 'number' && written.signs.decimal !== undefined;
  return value === null ? null : { value, progress, decimals };
}

function plainOf(written: Written, sign: Sign | null): number | null {
  if (written.kind === 'number') return written.value;
  if (written.kind !== 'threes') return null;
  return written.sign === sign ? written.decimal : written.grouped;
}
