import { withoutInvisible } from '@puente-sic/protocol';
import { meaningOf } from '../columns.ts';
import type { Doubt } from '../entry.ts';
import { type Cell, cellText, clock } from '../grid.ts';
import { unitOf as unitSaid } from '../qualified.ts';
import { TIME_WORD } from '../xlsx/formats.ts';
import { type Answered, answersTo, type ColumnAnswers, WHERE, written as writtenDown } from './answers.ts';
import { figureText, madeDate, type Read, type Reader, roundedDoubt, type Tell } from './reader.ts';
import { TIME_UNITS, type TimeUnit } from './scales.ts';
import type { TimeCell, TimeColumn } from './time-column.ts';
import { answeredSign, denials, deniedDoubt, signDoubt, signOf, tellSign } from './time-sign.ts';
import { ADVANCED, type PlainTime, SECONDS, TOO_SHORT, unitReader } from './time-unit.ts';
import { readWrittenTime, type Sign, type Written } from './written.ts';

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
  const said = meaningOf(header)?.said?.text ?? '';
  const days = DAYS_AND_HOURS.test(said);
  const settled = said !== '' || units.own !== undefined || units.any !== undefined || trusted;
  const short = settled ? null : tooShort(header, column, known);
  return (cell, tell) => {
    if (typeof cell === 'object' && cell?.kind === 'date')
      return { value: cell.text, doubt: madeDate(cell.text, header) };
    const written = readWrittenTime(cell);
    if (written.kind === 'time') {
      const own = ofClock(written, header, dayed, tell);
      if (days) return inDays(own, written.seconds, cell, header);
      return short !== null && written.seconds > 0 && isClock(cell)
        ? { ...own, doubt: short(cellText(cell)) }
        : own;
    }
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

/** Clocks that nobody can come so far in: `00:03:30` for three and a half hours, as some platforms write days in front. */
function tooShort(header: string, column: readonly TimeCell[], { answers, name }: TimeColumn) {
  const times = column.map(({ written }) => (written.kind === 'time' ? written.seconds : null));
  const longest = Math.max(...times.map((seconds) => seconds ?? TOO_SHORT), 0);
  const far = column.find(
    ({ progress }, index) => (times[index] ?? 0) > 0 && progress !== null && progress >= ADVANCED,
  );
  if (far === undefined || longest >= TOO_SHORT) return null;
  return (text: string): Doubt => ({
    message: `«${text}» puede ser horas, minutos y segundos, o días, horas y minutos: la columna «${header}» no llega a cinco minutos, y hay avances de ${figureText(far.progress ?? 0)} %.`,
    fix: `Si son días, horas y minutos, llame a la columna «${header} (DD:HH:MM)»; si son horas, minutos y segundos, «${header} (HH:MM:SS)», o anótelo una vez, ${WHERE}: ${writtenDown(answers, { [name]: 'segundos' })}.`,
  });
}

function isClock(cell: Cell): boolean {
  return typeof cell === 'string' && /^\d{1,2}:\d\d:\d\d$/.test(cell.trim());
}

/** A clock of a column that is named `(DD:HH:MM)`. */
function inDays(read: Read, seconds: number, cell: Cell, header: string): Read {
  if (!isClock(cell)) return read;
  const [days, hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  if (hours < 24) return { value: days * 86_400 + hours * 3600 + minutes * 60 };
  return {
    value: cellText(cell),
    doubt: {
      message: `«${cellText(cell)}» no es un tiempo como DD:HH:MM, que dice la columna «${header}».`,
      fix: 'Escriba los tiempos como HH:MM:SS, y quite «(DD:HH:MM)» del nombre de la columna.',
    },
  };
}

const DAYS_AND_HOURS = /^dd?:hh?:mm$/i;

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

/** A column that was called by its unit: `Masas (PRES044000000011) horas`, `Horas totales`. */
const ENDS_IN_HOURS = /(?<!\p{L})(?:horas|hrs?)\.?(?:\s+(?:total(?:es)?|curso))?$/iu;

function other(cell: Cell, written: Written, header: string): Read {
  const value = written.kind === 'other' ? written.value : cellText(cell);
  const text = withoutInvisible(cellText(cell)).trim();
  const [, one = '', two = ''] = /^(\d{1,4}):([0-5]\d)$/.exec(text) ?? [];
  const said = meaningOf(header)?.said?.text ?? '';
  if (
    one !== '' &&
    (HOURS_AND_MINUTES.test(said) || unitSaid(said.trim()) === 'horas' || ENDS_IN_HOURS.test(header))
  )
    return { value: Number(one) * 3600 + Number(two) * 60 };
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
