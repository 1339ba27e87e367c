import { SourceError } from '../source.ts';

/** Rows of all sheets together; 200 students with five modules are a thousand. */
export const MAX_ROWS_PER_FILE = 100_000;

/** Counts rows as they are read, so that a file of a few kB that claims a million stops early. */
export class RowCount {
  readonly #file: string;
  #count = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** Throws a {@link SourceError} beyond {@link MAX_ROWS_PER_FILE}. */
  add(rows = 1): void {
    this.#count += rows;
    if (this.#count > MAX_ROWS_PER_FILE) throw tooManyRows(this.#file);
  }
}

export function tooManyRows(file: string): SourceError {
  return new SourceError(
    'wrong',
    `No se leyó ${file}: tiene más de ${MAX_ROWS_PER_FILE.toLocaleString('es-CL')} filas.`,
    'Repártalo en un archivo por curso. Si son filas en blanco con formato, selecciónelas en Excel, elimínelas (Eliminar filas) y guarde el libro.',
  );
}
