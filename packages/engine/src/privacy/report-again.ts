import { EngineFailure } from '../failure.ts';
import { sha256 } from '../ledger/bytes.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { addErasures, erasedIn } from './erasures.ts';
import { canonical } from './person.ts';

/**
 * Somebody decides that a person who was erased is reported again, as long as the source has the person.
 * @param also writes down who decided; nothing is decided where that fails.
 * @returns when the erasure had been asked for.
 * @throws EngineFailure where nothing keeps the person from being reported.
 */
export async function reportAgain(
  ledger: Ledger,
  typed: string,
  now: Date,
  also: (inside: Ledger, borrado: Date) => Promise<void> = async () => {},
): Promise<Date> {
  const rut = canonical(typed);
  const { datos, db } = ledger;
  const borrado = erasedIn(datos)(rut);
  if (datos === null || borrado === null) {
    throw new EngineFailure(
      'De ese RUT no consta ningún borrado en esta carpeta de estado: nada impide informarlo.',
      'Revise el RUT, y la carpeta con --datos.',
    );
  }
  await db.transaction().execute(async (tx) => {
    await also({ ...ledger, db: tx }, borrado);
    addErasures(datos, [{ cuando: now.toISOString(), huella: sha256(rut), informar: true }]);
  });
  return borrado;
}
