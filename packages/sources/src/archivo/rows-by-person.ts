import { formatRut, isValidRut, type Rut, readingOfRut } from '@puente-sic/protocol';
import { gridsOf } from './file.ts';
import { cellText, type Row } from './grid.ts';

/**
 * How many rows of a file name each RUT (canonical form): of another program's list, whose columns nobody documents. A
 * RUT stands in a cell of its own, in any spelling, or with its check digit in the next one. To be compared with people
 * who are known: digits without a hyphen count where their check digit is right.
 */
export function rowsByPerson(bytes: Uint8Array, file: string): Map<string, number> {
  const rows = new Map<string, number>();
  for (const { rows: all } of gridsOf(bytes, file))
    for (const row of all) for (const rut of rutsOf(row)) rows.set(rut, (rows.get(rut) ?? 0) + 1);
  return rows;
}

function rutsOf({ cells }: Row): Set<string> {
  const texts = Array.from(cells, cellText);
  const found = texts.flatMap((text, at): Rut[] => {
    const reading = readingOfRut(text);
    const dv = (texts[at + 1] ?? '').trim().toUpperCase();
    const apart =
      reading.kind === 'noDv' || reading.kind === 'either' ? [{ numero: reading.numero, dv }] : [];
    const whole = reading.kind === 'rut' || reading.kind === 'either' ? [reading.rut] : [];
    return [...apart, ...whole].filter(isValidRut).slice(0, 1);
  });
  return new Set(found.map(formatRut));
}
