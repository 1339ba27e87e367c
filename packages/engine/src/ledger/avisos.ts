import type { Kysely, Selectable } from 'kysely';
import type { Alerta } from '../alerts/alerta.ts';
import type { AvisoTable, CondicionTable, Tables } from './tables.ts';

export type AvisoRow = Selectable<AvisoTable>;

/**
 * Writes down a condition; true where it changed (a first one that is well is no change). What is still not well, for
 * another reason than before, keeps its beginning.
 */
export async function changeCondicion(
  db: Kysely<Tables>,
  condicion: Omit<CondicionTable, 'desde'>,
  now: Date,
): Promise<boolean> {
  const { rutOtec, clave, mal, mensaje, queHacer } = condicion;
  const former = await db
    .selectFrom('condicion')
    .select(['mal', 'mensaje', 'queHacer'])
    .where('rutOtec', '=', rutOtec)
    .where('clave', '=', clave)
    .executeTakeFirst();
  const isSame = former?.mal === mal;
  // Each course that goes through says that the line is well: what stands there already is not written again.
  if (isSame && former.mensaje === mensaje && former.queHacer === queHacer) return false;
  await db
    .insertInto('condicion')
    .values({ ...condicion, desde: now.toISOString() })
    .onConflict((conflict) =>
      conflict
        .columns(['rutOtec', 'clave'])
        .doUpdateSet({ mal, mensaje, queHacer, ...(!isSame && { desde: now.toISOString() }) }),
    )
    .execute();
  return !isSame && (former !== undefined || mal === 1);
}

/** What a person has just seen to be well: tells whether it stood as bad until now. */
export async function markWell(
  db: Kysely<Tables>,
  { rutOtec, claves }: { rutOtec: string; claves: readonly string[] },
  now: Date,
): Promise<boolean> {
  const rows = await db
    .updateTable('condicion')
    .set({ mal: 0, desde: now.toISOString() })
    .where('rutOtec', '=', rutOtec)
    .where('clave', 'in', claves)
    .where('mal', '=', 1)
    .returning('clave')
    .execute();
  await dropUntold(db, { rutOtec, claves }, now);
  return rows.length > 0;
}

/** What ended before its alert's time had come is told to nobody. Gives the channels that have not heard of it. */
export async function dropUntold(
  db: Kysely<Tables>,
  { rutOtec, claves }: { rutOtec: string; claves: readonly string[] },
  now: Date,
): Promise<string[]> {
  const rows = await db
    .deleteFrom('aviso')
    .where('rutOtec', '=', rutOtec)
    .where('clave', 'in', claves)
    .where('enviado', 'is', null)
    .where('intentos', '=', 0)
    .where('desde', '>', now.toISOString())
    .returning('canal')
    .execute();
  return rows.map(({ canal }) => canal);
}

export async function badCondiciones(db: Kysely<Tables>, rutOtec: string): Promise<CondicionTable[]> {
  return db
    .selectFrom('condicion')
    .selectAll()
    .where('rutOtec', '=', rutOtec)
    .where('mal', '=', 1)
    .orderBy('desde')
    .execute();
}

/** Puts an alert before each channel; delivered by and by, also after a restart, but not before `desde`. */
export async function queueAviso(
  db: Kysely<Tables>,
  alerta: Alerta,
  canales: readonly string[],
  desde: Date | null = null,
): Promise<void> {
  const { rutOtec, clave, cuando } = alerta;
  if (canales.length === 0) return;
  const row = { rutOtec, clave, contenido: JSON.stringify(alerta), creado: cuando };
  await db
    .insertInto('aviso')
    .values(canales.map((canal) => ({ ...row, canal, desde: desde?.toISOString() ?? cuando, enviado: null })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function hasAviso(db: Kysely<Tables>, rutOtec: string, clave: string): Promise<boolean> {
  const row = await db
    .selectFrom('aviso')
    .select('id')
    .where('rutOtec', '=', rutOtec)
    .where('clave', '=', clave)
    .executeTakeFirst();
  return row !== undefined;
}

/** Those whose time has come, oldest first; what is older than a day is no news. */
export async function waitingAvisos(db: Kysely<Tables>, now: Date): Promise<AvisoRow[]> {
  return db
    .selectFrom('aviso')
    .selectAll()
    .where('enviado', 'is', null)
    .where((eb) =>
      // What was queued in the future was queued by a clock that has stepped back since.
      eb.or([eb('desde', '<=', now.toISOString()), eb('creado', '>', now.toISOString())]),
    )
    .where('creado', '>', new Date(now.getTime() - A_DAY_MS).toISOString())
    .orderBy('id')
    .execute();
}

export async function updateAviso(
  db: Kysely<Tables>,
  id: number,
  change: Partial<Pick<AvisoRow, 'enviado' | 'desde' | 'intentos'>>,
): Promise<void> {
  await db.updateTable('aviso').set(change).where('id', '=', id).execute();
}

const A_DAY_MS = 86_400_000;
