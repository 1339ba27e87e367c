import type { Ledger } from '@puente-sic/engine';
import type { Selectable } from 'kysely';
import { accountsOf, type BitacoraTable } from './tables.ts';

/** Who did what. */
export type BitacoraRow = Selectable<BitacoraTable>;

/** `detalle` is in Spanish, and never holds a secret nor names a student. */
export type Hecho = Omit<BitacoraRow, 'id' | 'cuando'>;

/** Of what is no change of the ledger; what is one goes with it, see `deed`. */
export async function writeBitacora(ledger: Ledger, hecho: Hecho, now: Date): Promise<void> {
  await accountsOf(ledger)
    .insertInto('bitacora')
    .values({ ...hecho, cuando: now.toISOString() })
    .execute();
}

/** Newest first; `before` is the id of the last one of the former page. */
export async function readBitacora(ledger: Ledger, limit: number, before?: number): Promise<BitacoraRow[]> {
  let query = accountsOf(ledger).selectFrom('bitacora').selectAll();
  if (before !== undefined) query = query.where('id', '<', before);
  return query.orderBy('id', 'desc').limit(limit).execute();
}

/** Whether an account has come in from an address before, as far as the audit tells. */
export async function hasEnteredFrom(ledger: Ledger, usuario: string, direccion: string): Promise<boolean> {
  const row = await accountsOf(ledger)
    .selectFrom('bitacora')
    .select('id')
    .where('accion', '=', 'ingreso')
    .where('quien', '=', usuario)
    .where('direccion', '=', direccion)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
