import type { Column } from '../column-names.ts';
import { meaningOf, templateHeader } from '../columns.ts';
import {
  MARK_SCALES,
  type MarkScale,
  PROGRESS_SCALES,
  type ProgressScale,
  TIME_UNITS,
  type TimeUnit,
} from './scales.ts';

/**
 * What a person answered about the columns of a source; kept with it in puente.yaml, and not asked again. Any other key
 * is the name of one column, and says what that column is in.
 */
export interface ColumnAnswers {
  /** Whether `3,600` or `3.600` is 3.6, where nothing in the table says it. */
  readonly separadorDecimal?: 'coma' | 'punto';
  /** Which part of `05/10/2026` comes first, where nothing in the table says it. */
  readonly ordenFechas?: 'dia-mes' | 'mes-dia';
  /** Of whichever times are in doubt. */
  readonly unidadTiempo?: TimeUnit;
  /** Of whichever progress is in doubt. */
  readonly escalaAvance?: ProgressScale;
  /** Of whichever marks are in doubt. */
  readonly escalaNotas?: MarkScale;
  readonly [header: string]: string | undefined;
}

/** What was answered that touches one column. */
export interface Answered<T> {
  /** About this very column, by its name. */
  own?: T;
  /** About columns in doubt, whichever they are. It settles a doubt of its kind, and never a column without one. */
  any?: T;
}

/** The answers to a question that touch the column of a name. */
export function answersTo<T extends string>(
  answers: ColumnAnswers,
  key: 'unidadTiempo' | 'escalaAvance' | 'escalaNotas',
  name: string,
  values: readonly T[],
): Answered<T> {
  const known = (text: string | undefined): T | undefined => values.find((value) => value === text);
  const column = meaningOf(name)?.column;
  const own = known(Object.entries(answers).find(([each]) => meaningOf(each)?.column === column)?.[1]);
  const any = known(answers[key]);
  return { ...(own && { own }), ...(any && { any }) };
}

/**
 * How an answer calls a column: by its header, unless that is another column's in a flat table, as `porcentajeAvance` of
 * a table of modules is.
 */
export function nameOf(column: Column, header: string): string {
  return meaningOf(header)?.column === column ? header : templateHeader(column);
}

/** What a column of a header can be answered, by what it is about; null: no such column is ever asked about. */
export function answersOf(header: string): readonly string[] | null {
  const column = meaningOf(header)?.column ?? '';
  switch (column.slice(column.indexOf('.') + 1)) {
    case 'tiempoConectividad':
      return TIME_UNITS;
    case 'porcentajeAvance':
      return PROGRESS_SCALES;
    case 'evaluacionFinal':
    case 'notaModulo':
      return MARK_SCALES;
    default:
      return null;
  }
}

/** How to write answers down beside those that are there already. */
export function written(answers: ColumnAnswers, more: Readonly<Record<string, string>>): string {
  const all = Object.entries({ ...answers, ...more });
  return `«columnas: { ${all.map(([key, value]) => `${yamlKey(key)}: ${value}`).join(', ')} }»`;
}

/** Where they are written. */
export const WHERE = 'en puente.yaml, en la fuente';

function yamlKey(key: string): string {
  return /^\p{L}[\p{L}\p{N}_ ]*$/u.test(key) ? key : JSON.stringify(key);
}
