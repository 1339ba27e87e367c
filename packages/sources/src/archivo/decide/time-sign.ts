import type { Doubt } from '../entry.ts';
import { type ColumnAnswers, WHERE, written as writtenDown } from './answers.ts';
import { figureText, type Tell } from './reader.ts';
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

export function tellSign(written: Threes, sign: Sign, tell: Tell): void {
  if (written.sign === sign) tell('decimals', written.text, figureText(written.decimal));
  else tell('thousands', written.text, String(written.grouped));
}

export function signDoubt(
  header: string,
  { text, sign, grouped, decimal }: Threes,
  answers: ColumnAnswers,
): Doubt {
  const name = sign === '.' ? 'el punto' : 'la coma';
  const [yes, no] = sign === '.' ? ['punto', 'coma'] : ['coma', 'punto'];
  const noted = (separadorDecimal: string): string => writtenDown(answers, { separadorDecimal });
  return {
    message: `«${text}» puede ser ${grouped} o ${figureText(decimal)} segundos: nada en la columna «${header}» dice si ${name} es de miles o de decimales.`,
    fix: `Escriba los segundos sin puntos ni comas. O anótelo una vez ${WHERE}: ${noted(no)} si ${name} es de miles, ${noted(yes)} si es de decimales.`,
  };
}
