import { setImmediate as turn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import { countRegistros, upTo } from '../grupos.ts';
import { type Archivado, LateError } from '../store.ts';
import type { Tables } from '../tables.ts';

/** Records in one transaction: so short that calls which arrive meanwhile hardly notice. */
const REGISTROS_PER_STEP = 2_000;
const PROCESOS_PER_STEP = 200;

/** Deletes a month's processes up to a number with their records, some at a time; see {@link Store.dropMonth}. */
export async function deleteMonth(db: Kysely<Tables>, { mes, hastaId }: Archivado): Promise<void> {
  while (await deleteSome(db, mes, hastaId)) await turn();
  await requireEmpty(db, mes);
}

/** Whether there was something left. */
async function deleteSome(db: Kysely<Tables>, mes: string, hastaId: number): Promise<boolean> {
  return db.transaction().execute(async (trx) => {
    const procesos = await trx
      .selectFrom('proceso')
      .select(['id', 'aceptados', 'rechazados'])
      .where('dia', '>=', `${mes}-01`)
      .where('dia', '<=', `${mes}-31`)
      .where('id', '<=', hastaId)
      .orderBy('id')
      .limit(PROCESOS_PER_STEP)
      .execute();
    const ids = upTo(procesos, REGISTROS_PER_STEP, countRegistros).map(({ id }) => id);
    if (ids.length === 0) return false;
    await trx.deleteFrom('registro').where('procesoId', 'in', ids).execute();
    await trx.deleteFrom('proceso').where('id', 'in', ids).execute();
    return true;
  });
}

/** What came in after the files were written, as when a clock was set back, is in none of them. */
async function requireEmpty(db: Kysely<Tables>, mes: string): Promise<void> {
  const late = await db
    .selectFrom('proceso')
    .select('id')
    .where('dia', '>=', `${mes}-01`)
    .where('dia', '<=', `${mes}-31`)
    .executeTakeFirst();
  if (late) throw new LateError(mes);
}
