import type { ColumnAnswers } from './answers.ts';
import type { MaybeUnit } from './declared-units.ts';
import type { Sign, Written } from './written.ts';

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
