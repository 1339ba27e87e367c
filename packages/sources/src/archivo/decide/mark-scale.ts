import { roundPercentage } from '@puente-sic/protocol';
import type { Answered } from './answers.ts';
import { plainOf } from './progress.ts';
import { highest } from './reader.ts';
import type { MarkScale } from './scales.ts';
import type { Written } from './written.ts';

/** A mark of a column, and the estado of its student (or module): 2 approved, 3 failed. */
export interface MarkCell {
  written: Written;
  estado: unknown;
}

/** What a column of marks may be of; `other`: a scale that nobody here knows. */
export type Looks = Exclude<MarkScale, '0-100'> | 'other';

/** Why the marks of a column are left out; `values` are those that show it. */
export type MarkDoubt =
  /** None passes what that scale ends in. */
  | { kind: 'looks'; looks: Looks; values: readonly number[] }
  /** Some look like marks, others like percentages. */
  | { kind: 'mixed'; values: readonly number[] }
  /** They are not in the scale that was answered of this column. */
  | { kind: 'unfit'; scale: MarkScale; values: readonly number[] }
  /** They are percentages, or of the scale that was answered of columns in doubt. */
  | { kind: 'perhaps'; scale: MarkScale; values: readonly number[] };

/** The scale of a column, or why nobody knows it. */
export type Marks = { scale: MarkScale } | { doubt: MarkDoubt };

/** A mark of an approved student that is no percentage. */
export const TOO_LOW = 10;
const APPROVED = 2;
const FAILED = 3;

const RANGES: Record<MarkScale, readonly [number, number]> = {
  '1-7': [1, 7],
  '10-70': [10, 70],
  '0-10': [0, 10],
  '0-1': [0, 1],
  '0-100': [0, 100],
};

/**
 * The scale of a column, by all of its marks without a percent sign and what was answered. An answer about this column
 * is taken unless a mark is not of that scale, one about columns in doubt only where this one looks like it.
 * `elsewhere` is the highest mark of the table's other columns.
 */
export function scaleOf(
  column: readonly MarkCell[],
  { own, any }: Answered<MarkScale>,
  elsewhere: number,
): Marks {
  const values = positive(column);
  if (own !== undefined) {
    const unfit = own === '0-100' ? [] : values.filter((value) => !inScale(value, own));
    return unfit.length > 0 ? { doubt: { kind: 'unfit', scale: own, values: unfit } } : { scale: own };
  }
  const looks = looksOf(column, values, elsewhere);
  if (looks === 'mixed')
    return { doubt: { kind: 'mixed', values: values.filter((value) => value < TOO_LOW) } };
  // Beside cells in % they have lost their format: that others are from 0 to 100 is not about them.
  const inPercent = column.some(({ written }) => written.kind === 'percent');
  if (looks !== '0-100')
    return (any === '0-100' && !inPercent) || any === looks
      ? { scale: any }
      : { doubt: { kind: 'looks', looks, values } };
  if (any === undefined || any === '0-100' || values.length === 0) return { scale: '0-100' };
  const low = values.filter((value) => inScale(value, any));
  return low.length === values.length || (any !== '10-70' && low.length > 0)
    ? { doubt: { kind: 'perhaps', scale: any, values: low } }
    : { scale: '0-100' };
}

export function inScale(value: number, scale: MarkScale): boolean {
  const [from, to] = RANGES[scale];
  return value >= from && value <= to;
}

/** A mark as a percentage. With `exigencia` the 4.0 stands at it, else every mark at its place between 1 and 7. */
export function percentageOf(mark: number, scale: MarkScale, exigencia: number | undefined): number {
  switch (scale) {
    case '0-100':
      return mark;
    case '0-1':
      return Number((mark * 100).toPrecision(15));
    case '0-10':
      return Number((mark * 10).toPrecision(15));
    case '10-70':
      return ofChile(mark / 10, exigencia);
    case '1-7':
      return ofChile(mark, exigencia);
  }
}

/** Whether a mark, as a percentage, is none of an approved student. */
export function isTooLow(percentage: number, estado: unknown): boolean {
  return estado === APPROVED && percentage < TOO_LOW;
}

function ofChile(mark: number, exigencia: number | undefined): number {
  const exact =
    exigencia === undefined
      ? (100 * (mark * 1000 - 1000)) / 6000
      : mark >= 4
        ? exigencia + ((mark - 4) * (100 - exigencia)) / 3
        : ((mark - 1) * exigencia) / 3;
  return roundPercentage(Number(exact.toPrecision(12)));
}

function looksOf(column: readonly MarkCell[], values: readonly number[], elsewhere: number) {
  const top = highest(values);
  const approved = positive(column.filter(({ estado }) => estado === APPROVED));
  if (top === 0) return '0-100';
  if (top <= 1) return '0-1';
  if (top <= 7) return '1-7';
  if (top <= 10) return '0-10';
  if (top <= 20 && approved.length > 0) return 'other';
  if (approved.some((value) => value < TOO_LOW) || someDecimals(column)) return 'mixed';
  return tenfold(column, values, approved, elsewhere) ? '10-70' : '0-100';
}

/** `6,5` among whole percentages. */
function someDecimals(column: readonly MarkCell[]): boolean {
  const withDecimals = (low: boolean) =>
    column.some(({ written }) => {
      const value = plainOf(written);
      return value !== null && value >= 1 && value <= 7 === low && hasDecimals(written, value);
    });
  return withDecimals(true) && !withDecimals(false);
}

function hasDecimals(written: Written, value: number): boolean {
  return (
    !Number.isInteger(value) ||
    written.kind === 'threes' ||
    (written.kind === 'number' && written.signs.decimal !== undefined)
  );
}

/**
 * `45` for 4,5: whole, from 10 to 70, everybody approved from 40 on and nobody failed there. Approved below 60 % is odd
 * enough; above it is not, unless nobody in the table passes 70.
 */
function tenfold(
  column: readonly MarkCell[],
  values: readonly number[],
  approved: readonly number[],
  elsewhere: number,
): boolean {
  if (column.some(({ written }) => written.kind === 'percent')) return false;
  if (values.some((value) => !inScale(value, '10-70') || !Number.isInteger(value))) return false;
  if (approved.length === 0 || approved.some((value) => value < 40)) return false;
  if (positive(column.filter(({ estado }) => estado === FAILED)).some((value) => value >= 40)) return false;
  return approved.some((value) => value < 60) || elsewhere <= 70;
}

function positive(column: readonly MarkCell[]): number[] {
  return column.flatMap(({ written }) => plainOf(written) ?? []).filter((value) => value > 0);
}
