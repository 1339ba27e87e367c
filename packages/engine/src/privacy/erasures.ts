import { appendFileSync, existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../ledger/bytes.ts';

/** That somebody was erased, and when; who it was is not in it. */
export interface ErasureNote {
  cuando: string;
  /** SHA-256 of the RUT. */
  huella: string;
  /** Not an erasure: somebody decided that this person is reported all the same. */
  informar?: true;
}

/** Outside the ledger, since a ledger can be restored from before the erasure. Lines are only ever added. */
export const ERASURES_FILE = 'borrados.ndjson';

/** When a person was erased who is not to be reported since; null: nothing stands against it. */
export interface ErasedAt {
  (rut: string): Date | null;
  /** Whether anybody is. */
  readonly some: boolean;
}

/** By the last word on each person: an erasure, or the decision to report. @param datos a state folder; null: none. */
export function erasedIn(datos: string | null): ErasedAt {
  const last = new Map((datos === null ? [] : readErasures(datos)).map((note) => [note.huella, note]));
  const at = (rut: string) => {
    const note = last.size === 0 ? undefined : last.get(sha256(rut));
    return note === undefined || note.informar ? null : new Date(note.cuando);
  };
  return Object.assign(at, { some: [...last.values()].some(({ informar }) => !informar) });
}

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
  const lines = fresh.map((note) => `${JSON.stringify(lineOf(note))}\n`);
  if (fresh.length > 0) {
    appendFileSync(join(datos, ERASURES_FILE), lines.join(''), { mode: 0o600, flush: true });
  }
}

/** A decision is written so that a version that does not know it reads no erasure in it. */
function lineOf({ cuando, huella, informar }: ErasureNote): object {
  return informar ? { cuando, informar: huella } : { cuando, huella };
}

function noteOf(line: string): ErasureNote[] {
  try {
    const { cuando, huella, informar }: { cuando?: unknown; huella?: unknown; informar?: unknown } =
      JSON.parse(line);
    if (typeof cuando !== 'string') return [];
    if (typeof informar === 'string') return [{ cuando, huella: informar, informar: true }];
    return typeof huella === 'string' ? [{ cuando, huella }] : [];
  } catch {
    // The end of a line that a power cut kept from being written.
    return [];
  }
}

/** One erasure, or decision, among others. */
export function keyOfErasure({ cuando, huella, informar }: ErasureNote): string {
  return `${cuando} ${huella}${informar ? ' informar' : ''}`;
}
