import { setImmediate as turn } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Records in one transaction: so short that calls which arrive meanwhile hardly notice. */
const REGISTROS_PER_STEP = 2_000;
const PROCESOS_PER_STEP = 200;

/** Deletes a month's processes up to a number with their records, some at a time; see {@link Store.dropMonth}. */
export async function deleteMonth(db: Kysely<Tables>, mes: string, hastaId: number): Promise<void> {
  while (await deleteSome(db, mes, hastaId)) await turn();
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
    const ids: number[] = [];
    let registros = 0;
    for (const { id, aceptados, rechazados } of procesos) {
      if (ids.length > 0 && registros + aceptados + rechazados > REGISTROS_PER_STEP) break;
      ids.push(id);
      registros += aceptados + rechazados;
    }
    if (ids.length === 0) return false;
    await trx.deleteFrom('registro').where('procesoId', 'in', ids).execute();
    await trx.deleteFrom('proceso').where('id', 'in', ids).execute();
    return true;
  });
}
