import { formatRut, isValidRut, type Rut, readingOfRut } from '@puente-sic/protocol';
import { aside } from './thread.ts';

/**
 * How many rows of a file name each RUT (canonical form): of another program's list, whose columns nobody documents. A
 * RUT stands in a cell of its own, in any spelling, or with its check digit in the next one. To be compared with people
 * who are known: digits without a hyphen count where their check digit is right.
 */
export async function rowsByPerson(bytes: Uint8Array, file: string): Promise<Map<string, number>> {
  const rows = new Map<string, number>();
  for (const { cells } of await aside((thread) => thread.rows({ bytes, file })))
    for (const rut of rutsOf(cells)) rows.set(rut, (rows.get(rut) ?? 0) + 1);
  return rows;
}

function rutsOf(texts: readonly string[]): Set<string> {
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
