import { SourceError } from '../../source.ts';

/** Columns of a report or a download by what their heading says, in Spanish or English. */
export function findColumn(headers: string[], heading: RegExp): number | null {
  const at = headers.findIndex((header) => heading.test(header.trim()));
  return at < 0 ? null : at;
}

export function lacksColumns(where: string, lacking: string[], headers: string[], fix: string): SourceError {
  return new SourceError(
    'wrong',
    `En ${where} ${lacking.length === 1 ? 'falta la columna' : 'faltan las columnas'} ${lacking.map((name) => `«${name}»`).join(', ')}; tiene: ${headers.map((name) => `«${name}»`).join(', ') || 'ninguna'}.`,
    fix,
  );
}

/** Headings that both kinds of report share. */
export const HEADINGS = {
  username: /^(username|nombre de usuario|usuario)$/i,
  idnumber: /^(id ?number|n[uú]mero de id(entificaci[oó]n)?|id de usuario|rut)$/i,
  course: /(short ?name|nombre corto)/i,
} as const;
