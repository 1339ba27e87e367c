import type { Selectable } from 'kysely';
import type { Db } from './store.ts';
import type { OtecTable } from './tables.ts';

export function listOtecs(db: Db): Promise<Selectable<OtecTable>[]> {
  return db.selectFrom('otec').selectAll().orderBy('rut').execute();
}

export function findOtec(db: Db, rut: number): Promise<Selectable<OtecTable> | undefined> {
  return db.selectFrom('otec').selectAll().where('rut', '=', rut).executeTakeFirst();
}

export async function setVigente(db: Db, rut: number, vigente: boolean): Promise<void> {
  await db
    .updateTable('otec')
    .set({ vigente: vigente ? 1 : 0 })
    .where('rut', '=', rut)
    .execute();
}
