import { type Kysely, type Selectable, sql } from 'kysely';
import { type Columns, rowsAsText } from './as-text.ts';
import type { CourseKey, CursoTable, Tables } from './tables.ts';

export type CursoRow = Selectable<CursoTable>;
const COLUMNS: Columns<CursoRow> = {
  rutOtec: true,
  codigoOferta: true,
  codigoGrupo: true,
  fuente: true,
  curso: true,
  titulo: true,
  url: true,
  alumnos: true,
  actualizado: true,
  visto: true,
  ultimoDia: true,
  noPedido: true,
};

/** What the source says of a course now; the last word counts. */
export async function saveCurso(
  db: Kysely<Tables>,
  curso: Omit<CursoRow, 'actualizado' | 'visto' | 'ultimoDia' | 'noPedido'>,
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
  const ofProvider = rutOtec === undefined ? sql`` : sql`WHERE rutOtec = ${rutOtec}`;
  return rowsAsText<CursoRow>(
    db,
    COLUMNS,
    sql`SELECT * FROM curso ${ofProvider} ORDER BY rutOtec, codigoOferta, codigoGrupo`,
  );
}

/** One course by its codes; undefined: nobody has read it yet. */
export async function cursoSeen(
  db: Kysely<Tables>,
  { rutOtec, codigoOferta, codigoGrupo }: CourseKey,
): Promise<CursoRow | undefined> {
  return db
    .selectFrom('curso')
    .selectAll()
    .where('rutOtec', '=', rutOtec)
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', '=', codigoGrupo)
    .executeTakeFirst();
}

/**
 * What a night learns of a course that its source has given: it is there, and until when it lasts. What the history alone
 * told of it, without its group, is known better now.
 */
export async function markSeen(
  db: Kysely<Tables>,
  curso: Omit<CursoRow, 'actualizado' | 'noPedido' | 'visto'> & { visto: string },
  now: Date,
): Promise<void> {
  const { rutOtec, codigoOferta, codigoGrupo, ...rest } = curso;
  const said = { ...rest, noPedido: null, actualizado: now.toISOString() };
  await db
    .insertInto('curso')
    .values({ rutOtec, codigoOferta, codigoGrupo, ...said })
    .onConflict((conflict) => conflict.columns(['rutOtec', 'codigoOferta', 'codigoGrupo']).doUpdateSet(said))
    .execute();
  await db
    .deleteFrom('curso')
    .where('rutOtec', '=', rutOtec)
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', '=', '')
    .execute();
}

/** On this night it was told that the course is not asked for any more. */
export async function markNotAsked(
  db: Kysely<Tables>,
  { rutOtec, codigoOferta, codigoGrupo }: CourseKey,
  noche: string,
): Promise<void> {
  await db
    .updateTable('curso')
    .set({ noPedido: noche })
    .where('rutOtec', '=', rutOtec)
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', '=', codigoGrupo)
    .execute();
}

/** It is asked for again. */
export async function markSeenAgain(
  db: Kysely<Tables>,
  { rutOtec, codigoOferta, codigoGrupo }: CourseKey,
): Promise<void> {
  await db
    .updateTable('curso')
    .set({ noPedido: null })
    .where('rutOtec', '=', rutOtec)
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', '=', codigoGrupo)
    .execute();
}
