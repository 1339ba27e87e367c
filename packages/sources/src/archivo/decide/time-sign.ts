import type { Doubt } from '../entry.ts';
import { type ColumnAnswers, WHERE, written as writtenDown } from './answers.ts';
import { figureText, type Tell } from './reader.ts';
import type { TimeUnit } from './scales.ts';
import type { TimeCell } from './time-column.ts';
import { ADVANCED, TOO_SHORT } from './time-unit.ts';
import { decimalSign, type Sign, type Written } from './written.ts';

/** `3.600` among times. */
export type Threes = Extract<Written, { kind: 'threes' }>;

const SIGNS = { coma: ',', punto: '.' } as const;

/**
 * The decimal sign of a column with `3.600` in it: what the column proves, then what the rest of its table does, and
 * what was answered only where neither does. Null where 3600 and 3.6 are both possible.
 */
export function signOf(all: readonly Written[], table: Sign | null, answers: ColumnAnswers): Sign | null {
  return provenSign(all, table) ?? answeredSign(answers);
}

export function answeredSign({ separadorDecimal }: ColumnAnswers): Sign | null {
  return separadorDecimal === undefined ? null : SIGNS[separadorDecimal];
}

function provenSign(all: readonly Written[], table: Sign | null): Sign | null {
  const threes = all.filter((written) => written.kind === 'threes');
  const own = decimalSign(all);
  const [first] = threes;
  if (own !== null || first === undefined) return own;
  if (threes.some(({ sign }) => sign !== first.sign) || all.some(proves)) return null;
  return shortSign(all) ?? table;
}

/**
 * The decimal sign of a column with `12.600` beside `360`: three fixed decimals would make it 360.000, and decimals cut
 * short 12.6.
 */
export function shortSign(all: readonly Written[]): Sign | null {
  const threes = all.filter((written) => written.kind === 'threes');
  const [first] = threes;
  if (first === undefined || all.some(proves) || threes.some(({ sign }) => sign !== first.sign)) return null;
  const short = all.some(
    (written) => written.kind === 'number' && written.text !== null && written.value < 1000,
  );
  if (!short || threes.every(({ text }) => !text.endsWith('0'))) return null;
  return first.sign === '.' ? ',' : '.';
}

/** Signs that contradict each other; {@link decimalSign} has found nothing. */
function proves(written: Written): boolean {
  return written.kind === 'number' && Object.keys(written.signs).length > 0;
}

export function tellSign(written: Threes, sign: Sign, tell: Tell): void {
  if (written.sign === sign) tell('decimals', written.text, figureText(written.decimal));
  else tell('thousands', written.text, String(written.grouped));
}

/**
 * Which of the three digits after a decimal sign cannot be taken for decimals, though the table proves the sign: it was
 * answered that it groups thousands, or `9.517` seconds have brought somebody far, among figures of seconds that are
 * not all of three decimals.
 */
export function denials(
  sign: Sign | null,
  all: readonly TimeCell[],
  answers: ColumnAnswers,
  unit: TimeUnit | null,
): (written: Threes) => boolean {
  const answer = answeredSign(answers);
  if (answer !== null) return (written) => written.sign === sign && answer !== sign;
  if (sign === null || (unit !== null && unit !== 'segundos') || !all.some(otherDecimals)) return () => false;
  const far = new Set(
    all.flatMap(({ written, progress }) =>
      written.kind === 'threes' && written.decimal < TOO_SHORT && (progress ?? 0) >= ADVANCED
        ? written.text
        : [],
    ),
  );
  return (written) => written.sign === sign && far.has(written.text);
}

/** `12600.5`: its column is of seconds, and not written with three fixed decimals. */
function otherDecimals({ written }: TimeCell): boolean {
  return (
    written.kind === 'number' &&
    written.value >= TOO_SHORT &&
    written.text !== null &&
    /[.,](?:\d{1,2}|\d{4,})$/.test(written.text)
  );
}

/** `unit`: what the column is in; null where that is not known. */
export function signDoubt(
  header: string,
  { text, sign, grouped, decimal }: Threes,
  answers: ColumnAnswers,
  unit: TimeUnit | null,
): Doubt {
  const name = sign === '.' ? 'el punto' : 'la coma';
  const [yes, no] = sign === '.' ? ['punto', 'coma'] : ['coma', 'punto'];
  const noted = (separadorDecimal: string): string => writtenDown(answers, { separadorDecimal });
  return {
    message: `${bothReadings(text, grouped, decimal, unit)}: nada en la columna «${header}» dice si ${name} es de miles o de decimales.`,
    fix: `${rewrite(unit)} O anótelo una vez ${WHERE}: ${noted(no)} si ${name} es de miles, ${noted(yes)} si es de decimales.`,
    asks: [{ clave: 'separadorDecimal', opciones: [no, yes] }],
  };
}

/** Of one of {@link denials}. */
export function deniedDoubt(
  header: string,
  { text, sign, grouped, decimal }: Threes,
  answers: ColumnAnswers,
  unit: TimeUnit | null,
): Doubt {
  const name = sign === '.' ? 'el punto' : 'la coma';
  const { separadorDecimal } = answers;
  const why =
    separadorDecimal === undefined
      ? 'con un avance así es muy poco tiempo'
      : `en la fuente está anotado «separadorDecimal: ${separadorDecimal}»`;
  return {
    message: `${bothReadings(text, grouped, decimal, unit)}: otros números de la tabla tienen ${name} delante de los decimales, pero ${why} (columna «${header}»).`,
    fix:
      separadorDecimal === undefined
        ? rewrite(unit)
        : `${rewrite(unit)} Si lo anotado no vale, corríjalo ${WHERE}; si este archivo sale de otro programa que los demás, póngalo en una fuente aparte.`,
  };
}

function bothReadings(text: string, grouped: number, decimal: number, unit: TimeUnit | null): string {
  return `«${text}» puede ser ${grouped} o ${figureText(decimal)}${unit === null ? '' : ` ${unit === 'dias' ? 'días' : unit}`}`;
}

function rewrite(unit: TimeUnit | null): string {
  return unit === 'segundos'
    ? 'Escriba los segundos sin puntos ni comas.'
    : 'Escriba los tiempos como HH:MM:SS.';
}
