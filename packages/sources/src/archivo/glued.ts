import { formatRut, isValidRut, readingOfRut, withPlainHyphens } from '@puente-sic/protocol';
import { cellText, type Row } from './grid.ts';

/** Rows that have another separator than their header, with the person and the RUT that are seen in each. */
export function gluedRows(rows: readonly Row[]): Map<Row, string> {
  return new Map(
    rows.flatMap((row) => {
      const rut = gluedRut(row);
      return rut === null ? [] : [[row, rut] as const];
    }),
  );
}

/** A RUT in the only cell of a row, among other values between separators; who signs a table writes a RUT as well. */
function gluedRut(row: Row): string | null {
  const [written, ...others] = row.cells.map(cellText).filter((text) => text !== '');
  const only = written && withPlainHyphens(written);
  if (only === undefined || others.length > 0 || !holdsValues(only)) return null;
  for (const [found, numero, dv] of only.matchAll(RUT)) {
    const reading = readingOfRut(`${numero?.replaceAll(',', '')}-${dv}`);
    if (found === only || reading.kind !== 'rut' || !isValidRut(reading.rut)) continue;
    const name = nameIn(only);
    return name === null ? formatRut(reading.rut) : `${name} (${formatRut(reading.rut)})`;
  }
  return null;
}

/** The first value that is two words or more. */
function nameIn(text: string): string | null {
  const values = text.split(/["]?\s*(?:[\t;|^~¦,]|::)+\s*["]?/).map((value) => value.trim());
  return values.find((value) => /^\p{L}[\p{L}'’.-]*(?:\s+\p{L}[\p{L}'’.-]*)+$/u.test(value)) ?? null;
}

/** Figures, dates and codes one after the other; commas stand between words too. */
function holdsValues(text: string): boolean {
  const figures = (pieces: string[]): number => pieces.filter((piece) => /^["\s]*\d/.test(piece)).length;
  return figures(text.split(/[\t;|^~¦]|::/)) > 1 || figures(text.split(',')) > 3;
}

/** With its check digit beside it, or in the next column. */
const RUT = /(?<![\w-])(\d{1,2}(?:[.,]?\d{3}){2})(?:-|(?:[.,]0+)?["\s]*[\t;,|^~:¦]+["\s]*)([\dkK])(?![\w-])/g;
