/** What a person answered about the columns of a source; kept with it in puente.yaml, and not asked again. */
export interface ColumnAnswers {
  /** Whether `3,600` or `3.600` is 3.6. */
  separadorDecimal?: 'coma' | 'punto';
  /** Of times that are plain numbers. */
  unidadTiempo?: 'milisegundos' | 'segundos' | 'minutos' | 'horas' | 'dias';
  /** `0-1`: a progress of 1 is 100 %. */
  escalaAvance?: '0-1' | '0-100';
  /** `1-7`: Chilean marks. */
  escalaNotas?: '1-7' | '0-1' | '0-100';
}

/** How to write an answer down. */
export function answer(key: keyof ColumnAnswers, value: string): string {
  return `«columnas: { ${key}: ${value} }»`;
}

/** Where it is written. */
export const WHERE = 'en puente.yaml, en la fuente';
