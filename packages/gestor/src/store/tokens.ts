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
