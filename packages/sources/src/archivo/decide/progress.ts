import type { Doubt } from '../entry.ts';
import { type Answered, answersTo, type ColumnAnswers, WHERE, written as writtenDown } from './answers.ts';
import { figureText, madeDate, type Reader, roundedDoubt } from './reader.ts';
import { PROGRESS_SCALES, type ProgressScale } from './scales.ts';
import { readWritten, type Written } from './written.ts';

/**
 * How a column of progress is read, 0–100. `0,45` without a percent sign may be 0.45 % or 45 %, and a 1 beside cells
 * in % or beside fractions may be 1 % or 100 %: what the whole column does not settle is held back. An answer settles
 * nothing but these. `name` is how an answer calls the column, `asked` gathers the columns of the
 * table that need one.
 */
export function progressReader(
  header: string,
  column: readonly Written[],
  answers: ColumnAnswers,
  name = header,
  asked = new Set<string>(),
): Reader {
  const answered = answersTo(answers, 'escalaAvance', name, PROGRESS_SCALES);
  const scale = scaleOf(column, answered);
  const plain = plainFigures(column);
  if (fractionsOnly(plain) && plain.some((value) => scale(value) === null)) asked.add(name);
  // Of a whole, `1.000` is all of it; of a hundred it is 1 with decimals that no other cell has.
  const amongIntegers =
    plain.some((value) => value > 1) &&
    column.every((each) => each.kind !== 'number' || each.signs.decimal === undefined);
  // Worded once all columns are known: one answer for those in doubt.
  const way = (): Pick<Doubt, 'fix' | 'asks'> => {
    const names = asked.has(name) ? [...asked] : [name];
    return {
      fix: (answered.own === '0-1' ? overdone(plain) : '') + fixOf(names, column, answers),
      asks: names.map((clave) => ({ clave, opciones: fractionsOnly(plain) ? ['0-1', '0-100'] : ['0-100'] })),
    };
  };
  return (cell) => {
    const written = readWritten(cell);
    if (written.kind === 'percent') return { value: written.value };
    if (written.kind === 'rounded') return { value: written.text, doubt: roundedDoubt(written.text, header) };
    const value = plainOf(written);
    if (typeof cell === 'object' && cell?.kind === 'date')
      return { value: cell.text, doubt: madeDate(cell.text, header) };
    if (value === null) return { value: written.kind === 'other' ? written.value : cell };
    if (written.kind === 'threes' && value < OVERDONE && amongIntegers && answered.own !== '0-100')
      return { value, doubt: { message: messageOf(value, header, column, written.text), ...way() } };
    switch (scale(value)) {
      case '0-100':
        return { value };
      case '0-1':
        return { value: hundredfold(value) };
      default:
        return { value, doubt: { message: messageOf(value, header, column), ...way() } };
    }
  };
}

/** No progress has thousands: `13.500` is 13.5. */
export function plainOf(written: Written): number | null {
  if (written.kind === 'number') return written.value;
  return written.kind === 'threes' ? written.decimal : null;
}

/** A fraction that passes the whole, `1,05`, ends below this; only decimals from here on are those of percentages. */
const OVERDONE = 2;

/** The scale of a value; null: in doubt. A column with a figure above 1 is none of fractions, whoever says so. */
function scaleOf(
  column: readonly Written[],
  { own, any }: Answered<ProgressScale>,
): (value: number) => ProgressScale | null {
  const plain = plainFigures(column);
  if (own === '0-100') return () => '0-100';
  const inPercent = column.some(({ kind }) => kind === 'percent');
  // Beside cells in % fractions have lost their format: that others are from 0 to 100 is not about them.
  const scale = own ?? (inPercent && any === '0-100' ? undefined : any);
  if (fractionsOnly(plain)) return (value) => (value <= 0 ? '0-100' : (scale ?? null));
  const withDecimals = plain.some((value) => value >= OVERDONE && !Number.isInteger(value));
  const fractions = plain.some(mayBeFraction);
  const doubtful = (value: number): boolean =>
    (value === 1 || mayBeFraction(value)) && (own !== undefined || inPercent || (!withDecimals && fractions));
  return (value) => (doubtful(value) ? null : '0-100');
}

function plainFigures(column: readonly Written[]): number[] {
  return column.flatMap((written) => plainOf(written) ?? []);
}

function mayBeFraction(value: number): boolean {
  return value > 0 && value < OVERDONE && !Number.isInteger(value);
}

function fractionsOnly(plain: readonly number[]): boolean {
  return plain.every((value) => value <= 1);
}

function hundredfold(value: number): number {
  return Number((value * 100).toPrecision(15));
}

function messageOf(value: number, header: string, column: readonly Written[], text?: string): string {
  const [shown, other] = [figureText(value), figureText(hundredfold(value))];
  const plain = plainFigures(column);
  const others = plain.filter((figure) => figure > 0 && figure !== value);
  const beside = others.find((figure) => figure > 1) ?? (value > 1 ? others[0] : undefined);
  const why =
    beside === undefined && value <= 1
      ? `la columna «${header}» solo trae valores de 0 a 1${column.some(({ kind }) => kind === 'percent') ? ', y otras celdas en %' : ''}`
      : `la columna «${header}» ${company(column, beside)}`;
  return `«${text ?? shown}» puede ser ${shown} % o ${other} %: ${why}.`;
}

/** What else a column has beside a figure in doubt, which is not of fractions only. */
function company(column: readonly Written[], figure: number | undefined): string {
  const seen = [
    ...(column.some(({ kind }) => kind === 'percent') ? ['celdas en %'] : []),
    ...(figure === undefined ? [] : [`valores como ${figureText(figure)}`]),
  ];
  return seen.length === 0 ? 'no dice cuál de los dos es' : `trae también ${seen.join(' y ')}`;
}

/** A progress of more than 100 % in a column that was answered to be of fractions. */
function overdone(plain: readonly number[]): string {
  const above = plain.find((value) => value > 1);
  return above === undefined
    ? ''
    : `Si 1 es 100 %, como está anotado, corrija los que pasan de 1, como «${figureText(above)}». `;
}

function fixOf(names: readonly string[], column: readonly Written[], answers: ColumnAnswers): string {
  const noted = (scale: ProgressScale): string =>
    writtenDown(answers, Object.fromEntries(names.map((name) => [name, scale])));
  return fractionsOnly(plainFigures(column))
    ? `Escriba los avances de 0 a 100, o con %. Si en sus archivos 1 es 100 %, anótelo una vez ${WHERE}: ${noted('0-1')}; si 1 es 1 %, ${noted('0-100')}.`
    : `Escriba todos los avances de la columna de 0 a 100, o con %. Si ya lo están y 1 es 1 %, anótelo una vez ${WHERE}: ${noted('0-100')}.`;
}
