import { EngineFailure } from '../failure.ts';
import { sha256 } from '../ledger/bytes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type ErasureNote, keyOfErasure } from '../privacy/erasures.ts';
import { erasePerson, prepare } from '../privacy/person.ts';

/**
 * Takes out of a restored ledger whoever was erased after it was copied: what is noted and stands in the ledger's own
 * record was done before, and who came back afterwards stays. `huellas`: whose erasures they are.
 */
export async function eraseAgain(
  ledger: Ledger,
  notes: readonly ErasureNote[],
  now: Date,
): Promise<{ borrados: number; porBorrar: number; huellas: string[] }> {
  const done = await ledger.db.selectFrom('borrado').select(['cuando', 'huella']).execute();
  const known = new Set(done.map(keyOfErasure));
  const missing = notes.filter((note) => !note.informar && !known.has(keyOfErasure(note)));
  const wanted = new Set(missing.map(({ huella }) => huella));
  const found = { borrados: 0, porBorrar: 0, huellas: [...wanted] };
  if (missing.length === 0) return found;
  await prepare(ledger);
  const waiting = new Set<string>();
  for (const rut of await everybody(ledger)) {
    const huella = sha256(rut);
    if (!wanted.has(huella)) continue;
    try {
      await erasePerson(ledger, rut, now);
      found.borrados++;
    } catch (error) {
      if (!(error instanceof EngineFailure)) throw error;
      waiting.add(huella);
      found.porBorrar++;
    }
  }
  const rows = missing
    .filter(({ huella }) => !waiting.has(huella))
    .map(({ cuando, huella }) => ({ cuando, huella, envios: 0, aceptados: 0, errores: 0 }));
  if (rows.length > 0) await ledger.db.insertInto('borrado').values(rows).execute();
  return found;
}

/** The RUT of each person that a ledger holds anything of, by its rows: every envío has them. */
async function everybody({ db }: Ledger): Promise<Set<string>> {
  const ruts = new Set<string>();
  for (const table of ['registro', 'aceptado', 'error', 'decision', 'alumno', 'dicho'] as const) {
    for (const { rut } of await db.selectFrom(table).select('rut').distinct().execute()) {
      if (rut !== null) ruts.add(rut);
    }
  }
  return ruts;
}
