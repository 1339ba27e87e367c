import type { Kysely, Selectable } from 'kysely';
import { sha256 } from './bytes.ts';
import type { FrenoTable, Tables } from './tables.ts';

export type FrenoRow = Selectable<FrenoTable>;

/** Other credentials are no reason to wait for: it is told by this mark, which says nothing of them. */
export function credentialsMark({ rut, token }: { rut: string; token: string }): string {
  return sha256(JSON.stringify([rut, token]));
}

/** What stops a provider's calls; undefined where nothing is known to. */
export async function frenoOf(db: Kysely<Tables>, rutOtec: string): Promise<FrenoRow | undefined> {
  return db.selectFrom('freno').selectAll().where('rutOtec', '=', rutOtec).executeTakeFirst();
}

export async function saveFreno(db: Kysely<Tables>, row: FrenoRow): Promise<void> {
  const { rutOtec, ...said } = row;
  await db
    .insertInto('freno')
    .values({ rutOtec, ...said })
    .onConflict((conflict) => conflict.column('rutOtec').doUpdateSet(said))
    .execute();
}

export async function deleteFreno(db: Kysely<Tables>, rutOtec: string): Promise<void> {
  await db.deleteFrom('freno').where('rutOtec', '=', rutOtec).execute();
}
