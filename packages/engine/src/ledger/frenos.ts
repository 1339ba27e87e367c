import type { Kysely, Selectable } from 'kysely';
import { sha256 } from './bytes.ts';
import type { FrenoTable, Tables } from './tables.ts';

export type FrenoRow = Selectable<FrenoTable>;

/** Other credentials are no reason to wait for: it is told by this mark, which says nothing of them. */
export function credentialsMark({ rut, token }: { rut: string; token: string }): string {
  return sha256(JSON.stringify([rut, token]));
}

/** Whether what stops a provider was met on this night with these credentials. */
export function isAbout(
  freno: FrenoRow | undefined,
  { noche, huella }: Pick<FrenoRow, 'noche' | 'huella'>,
): freno is FrenoRow {
  return freno?.noche === noche && freno.huella.split(' ').includes(huella);
}

/**
 * The marks of what was met on a night, with one more. A second service that has the former token still must not make
 * the night's count begin again with every turn.
 */
export function marksWith(
  freno: FrenoRow | undefined,
  { noche, huella }: Pick<FrenoRow, 'noche' | 'huella'>,
): string {
  const former = freno?.noche === noche ? freno.huella.split(' ') : [];
  return [...new Set([...former, huella])].join(' ');
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
