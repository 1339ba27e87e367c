import type { Doubt } from '../entry.ts';
import type { Cell } from '../grid.ts';
import type { NoteKind } from '../notes.ts';

/** Tells how a cell was understood, where a person may want to check it. */
export type Tell = (kind: NoteKind, written: string, read: string) => void;

/** What a column makes of one of its cells. */
export interface Read {
  /** Undefined: as if the cell were blank. */
  value: unknown;
  /** Nobody knows what is meant: the record is held back. */
  doubt?: Doubt;
}

export type Reader = (cell: Cell, tell: Tell) => Read;

/** A figure as a person would write it in Chile: `0,45`. */
export function figureText(value: number): string {
  return String(Math.round(value * 1000) / 1000).replace('.', ',');
}

/** The highest of any number of values; 0 where none is above it. */
export function highest(values: Iterable<number>): number {
  let found = 0;
  for (const value of values) if (value > found) found = value;
  return found;
}

/** `1,26E+04`: 12600, or anything from 12550 to 12649. */
export function roundedDoubt(text: string, header: string): Doubt {
  return {
    message: `«${text}» está en notación científica, que pierde cifras: no se sabe qué número era.`,
    fix: `Dé formato de número, sin decimales, a la columna «${header}» en el programa de origen, y guarde el archivo de nuevo.`,
  };
}

/** What Excel makes of a fraction (`3/5`) or of decimals (`6.5`). */
export function madeDate(text: string, header: string): Doubt {
  return {
    message: `En la columna «${header}» hay una fecha («${text}»): la hoja de cálculo la hizo de lo que estaba escrito, como «3/5» o «6.5».`,
    fix: 'Dé formato de número a la celda y escriba el valor de nuevo.',
  };
}
