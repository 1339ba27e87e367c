import type { Selectable } from 'kysely';
import type { Ledger } from './ledger.ts';
import type { BitacoraTable } from './tables.ts';

/** Who did what. */
export type BitacoraRow = Selectable<BitacoraTable>;

/** `detalle` never holds a secret, nor names a student. */
export async function writeBitacora(
  { db }: Ledger,
  hecho: Pick<BitacoraRow, 'quien' | 'direccion' | 'accion' | 'detalle'>,
  now: Date,
): Promise<void> {
  await db
    .insertInto('bitacora')
    .values({ ...hecho, cuando: now.toISOString() })
    .execute();
}

/** Newest first; `before` is the id of the last one of the former page. */
export async function readBitacora({ db }: Ledger, limit: number, before?: number): Promise<BitacoraRow[]> {
  let query = db.selectFrom('bitacora').selectAll();
  if (before !== undefined) query = query.where('id', '<', before);
  return query.orderBy('id', 'desc').limit(limit).execute();
}
