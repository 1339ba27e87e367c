import type { Kysely } from 'kysely';
import type { CierreTable, CourseKey, PasoCierreTable, Tables } from './tables.ts';

/** What stands for all courses of a provider. */
export const ALL_COURSES = { codigoOferta: '', codigoGrupo: '' };

export async function cierreRows(db: Kysely<Tables>, rutOtec: string): Promise<CierreTable[]> {
  return db.selectFrom('cierre').selectAll().where('rutOtec', '=', rutOtec).execute();
}

/** Changes what is given and leaves the rest as it was. */
export async function saveCierre(
  db: Kysely<Tables>,
  { rutOtec, codigoOferta, codigoGrupo }: CourseKey,
  change: Partial<Omit<CierreTable, keyof CourseKey>>,
): Promise<void> {
  const empty = { programa: null, minAvance: null, minHoras: null, valor: null, dias: null };
  await db
    .insertInto('cierre')
    .values({ rutOtec, codigoOferta, codigoGrupo, ...empty, ...change })
    .onConflict((conflict) =>
      conflict.columns(['rutOtec', 'codigoOferta', 'codigoGrupo']).doUpdateSet({ rutOtec, ...change }),
    )
    .execute();
}

export async function pasoRows(db: Kysely<Tables>, rutOtec: string): Promise<PasoCierreTable[]> {
  return db.selectFrom('pasoCierre').selectAll().where('rutOtec', '=', rutOtec).execute();
}

/** Done by `quien`, or, with null, not done after all. */
export async function savePaso(
  db: Kysely<Tables>,
  { rutOtec, codigoOferta, codigoGrupo, paso }: CourseKey & { paso: string },
  quien: string | null,
  now: Date,
): Promise<void> {
  const key = { rutOtec, codigoOferta, codigoGrupo, paso };
  await db
    .deleteFrom('pasoCierre')
    .where('rutOtec', '=', rutOtec)
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', '=', codigoGrupo)
    .where('paso', '=', paso)
    .execute();
  if (quien !== null)
    await db
      .insertInto('pasoCierre')
      .values({ ...key, quien, cuando: now.toISOString() })
      .execute();
}
