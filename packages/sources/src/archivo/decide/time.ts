import type { Doubt } from '../entry.ts';
import { type Cell, cellText } from '../grid.ts';
import { answer, type ColumnAnswers, WHERE } from './answers.ts';
import { figureText, highest, type Read, type Reader, type Tell } from './reader.ts';
import { decimalSign, readWritten, type Sign, type Written } from './written.ts';

/** A time of a column, and how far its student (or module) has come; null where that is not known. */
export interface TimeCell {
  written: Written;
  progress: number | null;
}

/** In less than five minutes nobody comes far in a course or a module. */
const TOO_SHORT = 300;
/** Progress from which on that is told. */
const ADVANCED = 50;
/** No course lasts a thousand hours: these are milliseconds. */
const TOO_LONG = 3_600_000;
const SECONDS = { milisegundos: 0.001, segundos: 1, minutos: 60, horas: 3600, dias: 86_400 };

/**
 * How a column of times is read, in seconds. Two things are decided by all of its cells: whether a sign before three
 * digits groups thousands (`3.600`), and whether plain numbers are seconds at all. `table` is what the other columns
 * of the table prove of the signs, `trusted` that another column of times in it agrees with this one.
 */
export function timeReader(
  header: string,
  column: readonly TimeCell[],
  answers: ColumnAnswers,
  table: Sign | null,
  trusted: boolean,
): Reader {
  const sign = answers.separadorDecimal ? SIGNS[answers.separadorDecimal] : signOf(column, table);
  const unit = SECONDS[answers.unidadTiempo ?? 'segundos'];
  const plain = column.flatMap(({ written }) => plainOf(written, sign) ?? []);
  const asked = answers.unidadTiempo === undefined ? unitDoubt(header, column, plain, sign, trusted) : null;
  return (cell, tell) => {
    const written = readWritten(cell);
    if (written.kind === 'time') return { value: written.seconds };
    if (written.kind === 'threes') {
      if (sign === null) return { value: written.text, doubt: signDoubt(header, written) };
      if (answers.separadorDecimal === undefined) tellSign(written, sign, tell);
    }
    const value = plainOf(written, sign);
    if (value === null) return other(cell, written);
    const doubt = asked?.(value);
    return doubt ? { value, doubt } : { value: unit === 1 ? value : Math.round(value * unit) };
  };
}

const SIGNS = { coma: ',', punto: '.' } as const;

function other(cell: Cell, written: Written): Read {
  return { value: written.kind === 'other' ? written.value : cellText(cell) };
}

function plainOf(written: Written, sign: Sign | null): number | null {
  if (written.kind === 'number') return written.value;
  if (written.kind !== 'threes') return null;
  return written.sign === sign ? written.decimal : written.grouped;
}

/** The decimal sign of a column with `3.600` in it; null where 3600 and 3.6 are both possible. */
function signOf(column: readonly TimeCell[], table: Sign | null): Sign | null {
  const all = column.map(({ written }) => written);
  const threes = all.filter((written) => written.kind === 'threes');
  const own = decimalSign(all);
  const [first] = threes;
  if (own !== null || first === undefined) return own;
  const opposite: Sign = first.sign === '.' ? ',' : '.';
  if (threes.some(({ sign }) => sign !== first.sign)) return null;
  if (all.some(proves)) return null;
  // `12.600` beside `360`: three fixed decimals would make it 360.000, and decimals cut short 12.6.
  const short = all.some(
    (written) => written.kind === 'number' && written.text !== null && written.value < 1000,
  );
  if (short && threes.some(({ text }) => text.endsWith('0'))) return opposite;

  return table;
}

/** Signs that contradict each other; {@link decimalSign} has found nothing. */
function proves(written: Written): boolean {
  return written.kind === 'number' && Object.keys(written.signs).length > 0;
}

function tellSign(written: Extract<Written, { kind: 'threes' }>, sign: Sign, tell: Tell): void {
  if (written.sign === sign) tell('decimals', written.text, figureText(written.decimal));
  else tell('thousands', written.text, String(written.grouped));
}

function signDoubt(
  header: string,
  { text, sign, grouped, decimal }: Extract<Written, { kind: 'threes' }>,
): Doubt {
  const name = sign === '.' ? 'el punto' : 'la coma';
  const [yes, no] = sign === '.' ? ['punto', 'coma'] : ['coma', 'punto'];
  return {
    message: `«${text}» puede ser ${grouped} o ${figureText(decimal)} segundos: nada en la columna «${header}» dice si ${name} es de miles o de decimales.`,
    fix: `Escriba los segundos sin puntos ni comas. O anótelo una vez ${WHERE}: ${answer('separadorDecimal', no)} si ${name} es de miles, ${answer('separadorDecimal', yes)} si es de decimales.`,
  };
}

/** Which values may be minutes, hours or days; null: none. */
function unitDoubt(
  header: string,
  column: readonly TimeCell[],
  plain: readonly number[],
  sign: Sign | null,
  trusted: boolean,
): ((value: number) => Doubt | undefined) | null {
  const longest = highest(plain);
  const fractions = plain.filter((value) => !Number.isInteger(value));
  if (longest > TOO_LONG)
    return (value) =>
      value > 0
        ? unknownUnit(
            value,
            `la columna «${header}» llega a ${figureText(longest)}, que son más de mil horas`,
          )
        : undefined;
  if (longest < TOO_SHORT) {
    const complete = column.find(
      ({ written, progress }) =>
        (plainOf(written, sign) ?? 0) > 0 && progress !== null && progress >= ADVANCED,
    );
    if ((complete === undefined || trusted) && fractions.length === 0) return null;
    const why =
      complete === undefined
        ? `trae decimales y no pasa de ${figureText(longest)}`
        : `no pasa de ${figureText(longest)}, con avances de ${figureText(complete.progress ?? 0)} %`;
    return (value) => (value > 0 ? unknownUnit(value, `la columna «${header}» ${why}`) : undefined);
  }
  // Seconds, and among them a cell that lost its format: 0.104 of a day.
  if (fractions.length === 0 || fractions.some((value) => value >= TOO_SHORT)) return null;
  return (value) =>
    value < 60 && !Number.isInteger(value)
      ? unknownUnit(value, `los demás valores de la columna «${header}» son segundos enteros`)
      : undefined;
}

function unknownUnit(value: number, why: string): Doubt {
  return {
    message: `No se sabe si «${figureText(value)}» son segundos: ${why}.`,
    fix: `Escriba los tiempos en segundos o como HH:MM:SS. O anote en qué están, una vez, ${WHERE}: ${answer('unidadTiempo', 'minutos')} (o milisegundos, horas o dias; segundos si lo son).`,
  };
}
