import type { Selectable } from 'kysely';
import type { Ledger } from './ledger.ts';
import type { ClaveApiTable } from './tables.ts';

/** A key by which another program uses the API; only its hash is kept. */
export type ClaveApiRow = Selectable<ClaveApiTable>;

export async function listClavesApi({ db }: Ledger): Promise<ClaveApiRow[]> {
  return db.selectFrom('claveApi').selectAll().orderBy('nombre').orderBy('id').execute();
}

export async function insertClaveApi(
  { db }: Ledger,
  clave: Pick<ClaveApiRow, 'nombre' | 'huella' | 'rol'>,
  now: Date,
): Promise<ClaveApiRow> {
  return db
    .insertInto('claveApi')
    .values({ ...clave, creada: now.toISOString(), ultimoUso: null })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** The key of that hash, its use written down; null where there is none. */
export async function claveApiByHash({ db }: Ledger, huella: string, now: Date): Promise<ClaveApiRow | null> {
  const row = await db
    .updateTable('claveApi')
    .set({ ultimoUso: now.toISOString() })
    .where('huella', '=', huella)
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

/** False: there is none of that id. */
export async function deleteClaveApi({ db }: Ledger, id: number): Promise<boolean> {
  const { numDeletedRows } = await db.deleteFrom('claveApi').where('id', '=', id).executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
