import { type Kysely, type Selectable, sql } from 'kysely';
import type { PartidaTable, Tables } from './tables.ts';

export type PartidaRow = Selectable<PartidaTable>;

/** Why nothing goes out before SENCE's history has been read. */
export interface Unread {
  /** When a backup was restored; null: the ledger knows nothing of the provider. */
  restaurado: Date | null;
}

/** Whether SENCE may have what this ledger does not know; null: it has been asked, or the ledger was there all the time. */
export async function unreadOf(db: Kysely<Tables>, rutOtec: string): Promise<Unread | null> {
  const row = await partidaOf(db, rutOtec);
  if (row !== undefined && row.leido !== null) return null;
  if (row !== undefined) return { restaurado: row.restaurado === null ? null : new Date(row.restaurado) };
  return (await knowsNothing(db, rutOtec)) ? { restaurado: null } : null;
}

export async function partidaOf(db: Kysely<Tables>, rutOtec: string): Promise<PartidaRow | undefined> {
  return db.selectFrom('partida').selectAll().where('rutOtec', '=', rutOtec).executeTakeFirst();
}

/** Nothing sent, nothing taken over, and no history read. */
export async function knowsNothing(db: Kysely<Tables>, rutOtec: string): Promise<boolean> {
  for (const table of ['envio', 'aceptado', 'historial'] as const) {
    const row = await db
      .selectFrom(table)
      .select('rutOtec')
      .where('rutOtec', '=', rutOtec)
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) return false;
  }
  return true;
}

/**
 * The history has been read of a ledger that did not know it.
 * @param known since when that is far enough for what is to be sent; null: not yet, though some of it is known.
 */
export async function noteHistoryRead(
  db: Kysely<Tables>,
  rutOtec: string,
  known: Date | null,
): Promise<void> {
  const leido = known?.toISOString() ?? null;
  await db
    .insertInto('partida')
    .values({ rutOtec, leido, restaurado: null, ultimaNoche: null })
    .onConflict((conflict) => conflict.column('rutOtec').doUpdateSet({ leido }))
    .execute();
}

/**
 * A backup has been put into this ledger: of every provider that it knows, what came after it is to be asked for. One
 * that it does not know is known by that.
 */
export async function noteRestored(db: Kysely<Tables>, now: Date): Promise<void> {
  await sql`
    INSERT INTO partida (rutOtec, restaurado, ultimaNoche)
    SELECT rutOtec, ${now.toISOString()}, (SELECT MAX(noche) FROM noche WHERE noche.rutOtec = known.rutOtec)
    FROM (SELECT rutOtec FROM envio UNION SELECT rutOtec FROM aceptado UNION SELECT rutOtec FROM historial
      UNION SELECT rutOtec FROM servicio UNION SELECT rutOtec FROM partida) AS known WHERE true
    ON CONFLICT DO UPDATE SET restaurado = excluded.restaurado, ultimaNoche = excluded.ultimaNoche,
      leido = NULL, contado = 0`.execute(db);
}

/** What a restore left unknown has been told. */
export async function noteTold(db: Kysely<Tables>, rutOtec: string): Promise<void> {
  await db.updateTable('partida').set({ contado: 1 }).where('rutOtec', '=', rutOtec).execute();
}
