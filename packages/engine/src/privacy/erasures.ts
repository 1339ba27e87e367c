import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** That somebody was erased, and when; who it was is not in it. */
export interface ErasureNote {
  cuando: string;
  /** SHA-256 of the RUT. */
  huella: string;
}

/** Outside the ledger, since a ledger can be restored from before the erasure. Lines are only ever added. */
export const ERASURES_FILE = 'borrados.ndjson';

/** @param place a state folder, or the file itself. */
export function readErasures(place: string): ErasureNote[] {
  const file = existsSync(place) && statSync(place).isDirectory() ? join(place, ERASURES_FILE) : place;
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8').split('\n').flatMap(noteOf);
}

/** Adds those that the folder's file does not have yet. */
export function addErasures(datos: string, notes: readonly ErasureNote[]): void {
  const known = new Set(readErasures(datos).map(keyOfErasure));
  const fresh = notes.filter((note) => !known.has(keyOfErasure(note)));
  const lines = fresh.map(({ cuando, huella }) => `${JSON.stringify({ cuando, huella })}\n`);
  if (fresh.length > 0) {
    appendFileSync(join(datos, ERASURES_FILE), lines.join(''), { mode: 0o600, flush: true });
  }
}

function noteOf(line: string): ErasureNote[] {
  try {
    const { cuando, huella }: Partial<ErasureNote> = JSON.parse(line);
    return typeof cuando === 'string' && typeof huella === 'string' ? [{ cuando, huella }] : [];
  } catch {
    // The end of a line that a power cut kept from being written.
    return [];
  }
}

/** One erasure among others. */
export function keyOfErasure({ cuando, huella }: ErasureNote): string {
  return `${cuando} ${huella}`;
}
