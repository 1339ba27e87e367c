import type { Db } from './store.ts';

/** Hashes of the tokens that a provider in force may use on a day (`YYYY-MM-DD`). */
export async function liveTokens(db: Db, otec: { rut: number; dv: string }, dia: string): Promise<string[]> {
  const rows = await db
    .selectFrom('token')
    .innerJoin('otec', 'otec.rut', 'token.rutOtec')
    .select('token.hash')
    .where('otec.rut', '=', otec.rut)
    .where('otec.dv', '=', otec.dv)
    .where('otec.vigente', '=', 1)
    .where('token.revocadoEn', 'is', null)
    .where((eb) => eb.or([eb('token.desde', 'is', null), eb('token.desde', '<=', dia)]))
    .where((eb) => eb.or([eb('token.hasta', 'is', null), eb('token.hasta', '>=', dia)]))
    .execute();
  return rows.map(({ hash }) => hash);
}

export interface TokenView {
  id: number;
  desde: string | null;
  hasta: string | null;
  revocadoEn: number | null;
  origen: 'registro' | 'admin';
}

/** A provider's tokens without their hashes. */
export function listTokens(db: Db, rutOtec: number): Promise<TokenView[]> {
  return db
    .selectFrom('token')
    .select(['id', 'desde', 'hasta', 'revocadoEn', 'origen'])
    .where('rutOtec', '=', rutOtec)
    .orderBy('id')
    .execute();
}

export async function addToken(
  db: Db,
  rutOtec: number,
  token: { hash: string; desde: string | null; hasta: string | null },
): Promise<number> {
  const { id } = await db
    .insertInto('token')
    .values({ rutOtec, ...token, revocadoEn: null, origen: 'admin' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Whether there was such a token still in use. */
export async function revokeToken(db: Db, rutOtec: number, id: number, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('token')
    .set({ revocadoEn: now.getTime() })
    .where('rutOtec', '=', rutOtec)
    .where('id', '=', id)
    .where('revocadoEn', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
