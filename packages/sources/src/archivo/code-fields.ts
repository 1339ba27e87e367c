import type { Entry } from './entry.ts';

/** The codes of an entry that name its course, its group and its module. */
export const CODE_FIELDS = ['codigoOferta', 'codigoGrupo', 'codigoModulo'] as const;

export type CodeField = (typeof CODE_FIELDS)[number];

export function byField<T>(make: (field: CodeField) => T): Record<CodeField, T> {
  return {
    codigoOferta: make('codigoOferta'),
    codigoGrupo: make('codigoGrupo'),
    codigoModulo: make('codigoModulo'),
  };
}

export function codeOf(entry: Entry, field: CodeField): string | undefined {
  if (field !== 'codigoModulo') return entry.curso[field];
  const code = entry.modulo?.codigoModulo;
  return typeof code === 'string' ? code : undefined;
}

export function withCode(entry: Entry, field: CodeField, code: string): Entry {
  return field === 'codigoModulo'
    ? { ...entry, modulo: { ...entry.modulo, codigoModulo: code } }
    : { ...entry, curso: { ...entry.curso, [field]: code } };
}

/** Where a code of an entry stands. */
export function codePlace(entry: Entry, field: CodeField): string {
  return (field === 'codigoModulo' ? entry.moduloPlace : entry.place).text;
}

/** Rows know the headers of their columns; API bodies do not, and stay as they are. */
export function isRow({ place }: Entry): boolean {
  return place.columns !== undefined;
}
