import type { Ledger } from '@puente-sic/engine';
import type { Selectable } from 'kysely';
import { accountsOf, type ClaveApiTable } from './tables.ts';

/** A key by which another program uses the API; only its hash is kept. */
export type ClaveApiRow = Selectable<ClaveApiTable>;

export async function listClavesApi(ledger: Ledger): Promise<ClaveApiRow[]> {
  return accountsOf(ledger).selectFrom('claveApi').selectAll().orderBy('nombre').orderBy('id').execute();
}

export async function insertClaveApi(
  ledger: Ledger,
  clave: Pick<ClaveApiRow, 'nombre' | 'huella' | 'rol'>,
  now: Date,
): Promise<ClaveApiRow> {
  return accountsOf(ledger)
    .insertInto('claveApi')
    .values({ ...clave, creada: now.toISOString(), ultimoUso: null })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The key of that hash, its use written down; null where there is none. */
export async function claveApiByHash(ledger: Ledger, huella: string, now: Date): Promise<ClaveApiRow | null> {
  const row = await accountsOf(ledger)
    .updateTable('claveApi')
    .set({ ultimoUso: now.toISOString() })
    .where('huella', '=', huella)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** False: there is none of that id. */
export async function deleteClaveApi(ledger: Ledger, id: number): Promise<boolean> {
  const { numDeletedRows } = await accountsOf(ledger)
    .deleteFrom('claveApi')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
