import type { Selectable } from 'kysely';
import { EngineFailure } from '../failure.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { PedidoBorradoTable } from '../ledger/tables.ts';
import { canonical } from './person.ts';

/** An erasure that one person asked for and another one has to confirm. */
export type ErasureRequest = Selectable<PedidoBorradoTable>;

/** Oldest first. */
export async function erasureRequests({ db }: Pick<Ledger, 'db'>): Promise<ErasureRequest[]> {
  return db.selectFrom('pedidoBorrado').selectAll().orderBy('id').execute();
}

export async function erasureRequest({ db }: Pick<Ledger, 'db'>, id: number): Promise<ErasureRequest | null> {
  const row = await db.selectFrom('pedidoBorrado').selectAll().where('id', '=', id).executeTakeFirst();
  return row ?? null;
}

/**
 * Asks for a person's erasure; nothing is erased until another one confirms it.
 * @throws EngineFailure for what is no RUT, and where the same is asked for already.
 */
export async function requestErasure(
  { db }: Pick<Ledger, 'db'>,
  { rut, motivo, pidio }: Pick<ErasureRequest, 'rut' | 'motivo' | 'pidio'>,
  now: Date,
): Promise<ErasureRequest> {
  const row = await db
    .insertInto('pedidoBorrado')
    .values({
      ...{ rut: canonical(rut), motivo, pidio, pedido: now.toISOString() },
      ...{ retuvo: null, retenido: null, retencion: null },
    })
    .onConflict((conflict) => conflict.column('rut').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row !== undefined) return row;
  throw new EngineFailure(
    'Ya se pidió borrar los datos de esa persona, y falta que otra cuenta lo confirme.',
    'Búsquelo en la lista de borrados pedidos.',
  );
}

/** Keeps it from being confirmed, for as long as this ground holds; null: it is held no more. */
export async function holdErasure(
  { db }: Pick<Ledger, 'db'>,
  id: number,
  hold: { retuvo: string; retencion: string } | null,
  now: Date,
): Promise<void> {
  const values =
    hold === null
      ? { retuvo: null, retenido: null, retencion: null }
      : { ...hold, retenido: now.toISOString() };
  await db.updateTable('pedidoBorrado').set(values).where('id', '=', id).execute();
}

export async function withdrawErasure({ db }: Pick<Ledger, 'db'>, id: number): Promise<void> {
  await db.deleteFrom('pedidoBorrado').where('id', '=', id).execute();
}

/** @throws EngineFailure where somebody holds the erasure of this person, whichever way it is asked for. */
export async function assertNotHeld({ db }: Pick<Ledger, 'db'>, rut: string): Promise<void> {
  const row = await db
    .selectFrom('pedidoBorrado')
    .select(['retuvo', 'retencion'])
    .where('rut', '=', canonical(rut))
    .where('retuvo', 'is not', null)
    .executeTakeFirst();
  if (row === undefined) return;
  throw new EngineFailure(
    `«${row.retuvo}» retuvo el borrado de esta persona: ${row.retencion}`,
    'Cuando ese motivo ya no valga, un administrador lo suelta en el panel, en Ajustes, Datos de personas.',
  );
}
