import type { Kysely, Selectable } from 'kysely';
import type { CursoNuevoTable, Tables } from './tables.ts';

export type CursoNuevoRow = Selectable<CursoNuevoTable>;

/** Courses of a provider that its sources have and that nobody chose, by their title; of one source where given. */
export async function cursosNuevos(
  db: Kysely<Tables>,
  rutOtec: string,
  fuente?: string,
): Promise<CursoNuevoRow[]> {
  let query = db.selectFrom('cursoNuevo').selectAll().where('rutOtec', '=', rutOtec);
  if (fuente !== undefined) query = query.where('fuente', '=', fuente);
  return query.orderBy('titulo').orderBy('codigoOferta').orderBy('codigoGrupo').execute();
}

/** What is seen of it now; since when, and what it was then, stays. */
export async function saveCursoNuevo(db: Kysely<Tables>, row: CursoNuevoRow): Promise<void> {
  const { titulo, alumnos, primerDia, ultimoDia } = row;
  await db
    .insertInto('cursoNuevo')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['rutOtec', 'fuente', 'curso', 'codigoOferta', 'codigoGrupo'])
        .doUpdateSet({ titulo, alumnos, primerDia, ultimoDia }),
    )
    .execute();
}

export async function dropCursoNuevo(db: Kysely<Tables>, row: CursoNuevoRow): Promise<void> {
  const { rutOtec, fuente, curso, codigoOferta, codigoGrupo } = row;
  await db
    .deleteFrom('cursoNuevo')
    .where('rutOtec', '=', rutOtec)
    .where('fuente', '=', fuente)
    .where('curso', '=', curso)
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', '=', codigoGrupo)
    .execute();
}
