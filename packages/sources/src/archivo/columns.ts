import { COLUMNS, type Column, SHARED, type Spellings, UNMARKED_MODULO } from './column-names.ts';
import { qualifiedHeader, type Statement, statementOf } from './qualified.ts';

export interface Meaning {
  column: Column;
  /** Spelled as our own template does; it wins over a loose spelling of the same column. */
  own: boolean;
  /** What the header says besides its name (`Tiempo (min)`); a header without such words wins over it. */
  said?: { text: string; states: Statement | null };
}

const FLAT = meaningsOf(COLUMNS);
const MODULOS = new Map([...FLAT, ...meaningsOf(UNMARKED_MODULO)]);

/** What a header means; `modulosOnly`: in a table that has only modules. */
export function meaningOf(header: string, modulosOnly = false): Meaning | undefined {
  const names = modulosOnly ? MODULOS : FLAT;
  // `Alumno(a)`
  const name = header.replace(/\(\s*(?:a|as|o|os|es|s)\s*\)/giu, '');
  return names.get(normalise(name)) ?? qualifiedMeaning(name, names);
}

function qualifiedMeaning(header: string, names: ReadonlyMap<string, Meaning>): Meaning | undefined {
  const qualified = qualifiedHeader(header);
  // `Tiempo total (seg)` says two things.
  const meaning =
    qualified && (names.get(normalise(qualified.bare)) ?? qualifiedMeaning(qualified.bare, names));
  if (!qualified || !meaning) return undefined;
  const states = statementOf(meaning.column.slice(meaning.column.indexOf('.') + 1), qualified.said);
  if (states === undefined) return undefined;
  return meaning.said && states === null ? meaning : { ...meaning, said: { text: qualified.said, states } };
}

/** How many different columns that we know a row of headers names. */
export function countRecognised(headers: string[]): number {
  return new Set(headers.flatMap((header) => meaningOf(header)?.column ?? [])).size;
}

/** Case, accents, blanks, underscores, dots and brackets are forgiven; `%` is read as `porcentaje`. */
export function normalise(header: string): string {
  return header
    .replaceAll('%', 'porcentaje')
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^a-z0-9]/g, '');
}

/** `modulo.porcentajeAvance` → `moduloPorcentajeAvance`: the header in our own template. */
export function templateHeader(column: Column): string {
  const [level, name = ''] = column.split('.');
  const clashes = level === 'modulo' && Object.hasOwn(SHARED, name);
  return clashes
    ? `modulo${name.charAt(0).toUpperCase()}${name.slice(1)}`
    : name === 'listaActividades'
      ? 'actividades'
      : name;
}

function meaningsOf(columns: Partial<Record<Column, Spellings>>): Map<string, Meaning> {
  const meanings = new Map<string, Meaning>();
  for (const [column, { own, loose }] of Object.entries(columns) as [Column, Spellings][]) {
    for (const name of own) meanings.set(name, { column, own: true });
    for (const name of loose) if (!meanings.has(name)) meanings.set(name, { column, own: false });
  }
  return meanings;
}
