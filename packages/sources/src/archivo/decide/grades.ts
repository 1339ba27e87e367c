import { cellText } from '../grid.ts';
import { answersTo, type ColumnAnswers } from './answers.ts';
import type { AskedMarks } from './mark-questions.ts';
import { inScale, isTooLow, type MarkCell, percentageOf, scaleOf } from './mark-scale.ts';
import { plainOf } from './progress.ts';
import { figureText, type Read, type Reader } from './reader.ts';
import { MARK_SCALES, type MarkScale } from './scales.ts';
import { readWritten, type Written } from './written.ts';

/** What is known of the table around a column of marks. */
export interface MarkTable {
  answers: ColumnAnswers;
  /** How an answer calls the column. */
  name: string;
  /** The highest mark of its other columns. */
  elsewhere: number;
  /** Per cent that equals a 4.0. */
  exigencia?: number;
}

/**
 * How a column of marks is read, 0–100. Marks are optional: where a column may be of another scale all of its marks
 * without a percent sign are left out and asked about, and one below 10 of 100 of who is approved, below 0 (no mark, as
 * programs write it), above 100 or unreadable is left out and told.
 */
export function gradeReader(
  header: string,
  column: readonly MarkCell[],
  { answers, name, elsewhere, exigencia }: MarkTable,
): AskedMarks & { read: Reader } {
  const answered = answersTo(answers, 'escalaNotas', name, MARK_SCALES);
  const marks = scaleOf(column, answered, elsewhere);
  const scale = 'scale' in marks ? marks.scale : null;
  const taken = (answered.own ?? answered.any) === '0-100';
  const low = new Set(
    column.flatMap(({ written, estado }) => {
      const percentage = percentageIn(written, scale, exigencia);
      return percentage !== null && !taken && isTooLow(percentage, estado) ? textOf(written) : [];
    }),
  );
  const read: Reader = (cell, tell): Read => {
    const written = readWritten(cell);
    if (written.kind === 'rounded') {
      tell('rounded', written.text, '');
      return { value: undefined };
    }
    const value = plainOf(written);
    if (value === null && written.kind !== 'percent') {
      const text = cellText(cell);
      // What a formula has not given is told as such.
      const formula = typeof cell === 'object' && cell?.kind === 'error';
      if (!formula && text !== '') tell('unreadMarks', text, '');
      return { value: undefined };
    }
    if (low.has(textOf(written)) || (value !== null && scale === null)) return { value: undefined };
    const percentage = percentageIn(written, scale, exigencia);
    if (percentage === null) tell('marks', textOf(written), '');
    if (percentage === null || (percentage >= 0 && Math.round(percentage) <= 100))
      return { value: percentage ?? undefined };
    tell('unreadMarks', textOf(written), '');
    return { value: undefined };
  };
  return { read, header, name, doubt: 'doubt' in marks ? marks.doubt : null, low: [...low] };
}

/** Null: no figure, or none of its scale. */
function percentageIn(
  written: Written,
  scale: MarkScale | null,
  exigencia: number | undefined,
): number | null {
  if (written.kind === 'percent') return written.value;
  const value = plainOf(written);
  if (value === null || scale === null) return null;
  return scale === '0-100' || inScale(value, scale) ? percentageOf(value, scale, exigencia) : null;
}

function textOf(written: Written): string {
  if (written.kind === 'percent') return `${figureText(written.value)} %`;
  return figureText(plainOf(written) ?? 0);
}
