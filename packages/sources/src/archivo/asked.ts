import type { SourceError } from '../source.ts';
import type { Deciding } from './decide/decide.ts';

export interface FileTask {
  bytes: Uint8Array;
  file: string;
}

export interface Task extends FileTask {
  deciding: Deciding;
}

/** A row as its cells show it, for who looks through a file without understanding its columns. */
export interface ShownRow {
  cells: string[];
  /** One of them is a date of the workbook's own. */
  dated: boolean;
}

/** What is asked of the thread. */
export type Asked =
  | ({ what: 'reading' } & Task)
  | ({ what: 'columns' } & Task)
  | ({ what: 'rows' } & FileTask);

/** What it gives: a list, which comes in parts, and what is not one. */
export interface Made {
  items: unknown[];
  rest: unknown;
}

export type Answer =
  /** `more`: a part of the list, the next of which is to be asked for. */
  ({ more: boolean } & Made) | { failure: Pick<SourceError, 'kind' | 'message' | 'fix'> } | { bug: unknown };

/** The next part of an answer's list. */
export const MORE = 'more';
