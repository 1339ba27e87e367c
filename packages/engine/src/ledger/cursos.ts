import type { Kysely, Selectable } from 'kysely';
import type { CursoTable, Tables } from './tables.ts';

export type CursoRow = Selectable<CursoTable>;

/** What the source says of a course now; the last word counts. */
export async function saveCurso(
  db: Kysely<Tables>,
  curso: Omit<CursoRow, 'actualizado'>,
  now: Date,
): Promise<void> {
  const { rutOtec, codigoOferta, codigoGrupo, ...rest } = curso;
  const said = { ...rest, actualizado: now.toISOString() };
  await db
    .insertInto('curso')
    .values({ rutOtec, codigoOferta, codigoGrupo, ...said })
    .onConflict((conflict) => conflict.columns(['rutOtec', 'codigoOferta', 'codigoGrupo']).doUpdateSet(said))
    .execute();
}

/** Courses of one provider, or of all, by their codes. */
export async function cursosSeen(db: Kysely<Tables>, rutOtec?: string): Promise<CursoRow[]> {
  let query = db.selectFrom('curso').selectAll();
  if (rutOtec !== undefined) query = query.where('rutOtec', '=', rutOtec);
  return query.orderBy('rutOtec').orderBy('codigoOferta').orderBy('codigoGrupo').execute();
}
