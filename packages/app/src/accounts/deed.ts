import type { Ledger } from '@puente-sic/engine';
import { type Hecho, writeBitacora } from './bitacora.ts';

/** Who does something, as the audit trail names them. */
export type Actor = Pick<Hecho, 'quien' | 'direccion'>;

/** What came of a deed, and what of it is written down; null: nothing was done. */
export interface Done<T> {
  result: T;
  hecho: Pick<Hecho, 'accion' | 'detalle'> | null;
}

/**
 * Does something to the ledger and writes down who did it: both or neither. `work` gets the ledger as it is inside the
 * transaction, and begins none of its own.
 */
export async function deed<T>(
  ledger: Ledger,
  actor: Actor,
  now: Date,
  work: (inside: Ledger) => Promise<Done<T>>,
): Promise<T> {
  return ledger.db.transaction().execute(async (db) => {
    const inside = { ...ledger, db };
    const { result, hecho } = await work(inside);
    if (hecho !== null) await writeBitacora(inside, { ...actor, ...hecho }, now);
    return result;
  });
}

/** What is meant, and what came of it where that says more. */
export interface FileDeed<T> {
  accion: string;
  detalle: string;
  /** Null: nothing was done. */
  outcome?: (result: T) => string | null;
  work: () => Promise<T>;
}

/**
 * Does something to files, which share no transaction with the trail: what is meant stands there before anything is touched
 * (`…-comienzo`), what came of it after. Who finds a beginning without an end knows what was being done.
 */
export async function fileDeed<T>(
  ledger: Ledger,
  actor: Actor,
  clock: () => Date,
  { accion, detalle, outcome = () => detalle, work }: FileDeed<T>,
): Promise<T> {
  const note = (suffix: string, text: string) =>
    writeBitacora(ledger, { ...actor, accion: `${accion}${suffix}`, detalle: text }, clock());
  await note('-comienzo', `Comenzó: ${detalle}`);
  let result: T;
  try {
    result = await work();
  } catch (error) {
    await note('-fallo', `No se hizo: ${detalle}`);
    throw error;
  }
  const done = outcome(result);
  await note(done === null ? '-fallo' : '', done ?? `No había nada que hacer: ${detalle}`);
  return result;
}

/** At the keyboard of the computer itself, by `puente`. */
export const CONSOLE: Actor = { quien: 'puente (consola)', direccion: 'consola' };
