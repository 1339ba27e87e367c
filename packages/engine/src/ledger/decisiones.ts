import type { Kysely, Selectable } from 'kysely';
import type { CourseKey, DecisionTable, Tables } from './tables.ts';

export type DecisionRow = Selectable<DecisionTable>;

export async function insertDecision(
  db: Kysely<Tables>,
  decision: Omit<DecisionRow, 'id' | 'hasta' | 'quienHasta' | 'cierre'>,
): Promise<DecisionRow> {
  return db.insertInto('decision').values(decision).returningAll().executeTakeFirstOrThrow();
}

/** Those that count now, the oldest first. */
export async function openDecisions(db: Kysely<Tables>, course: CourseKey): Promise<DecisionRow[]> {
  return db
    .selectFrom('decision')
    .selectAll()
    .where('rutOtec', '=', course.rutOtec)
    .where('codigoOferta', '=', course.codigoOferta)
    .where('codigoGrupo', '=', course.codigoGrupo)
    .where('hasta', 'is', null)
    .orderBy('id')
    .execute();
}

/** A provider's courses that somebody decided not to report at all. */
export async function coursesLeftOut(db: Kysely<Tables>, rutOtec: string): Promise<CourseKey[]> {
  return db
    .selectFrom('decision')
    .select(['rutOtec', 'codigoOferta', 'codigoGrupo'])
    .distinct()
    .where('rutOtec', '=', rutOtec)
    .where('tipo', '=', 'no-informar')
    .where('rut', 'is', null)
    .where('codigoModulo', 'is', null)
    .where('hasta', 'is', null)
    .execute();
}

/** What people decided of whole courses of a provider. */
export async function courseDecisions(db: Kysely<Tables>, rutOtec: string): Promise<DecisionRow[]> {
  return db
    .selectFrom('decision')
    .selectAll()
    .where('rutOtec', '=', rutOtec)
    .where('tipo', 'in', ['informar', 'no-informar'])
    .where('rut', 'is', null)
    .where('codigoModulo', 'is', null)
    .where('hasta', 'is', null)
    .orderBy('id')
    .execute();
}

/** A provider's students of whom somebody decided to report nothing in a course. */
export async function studentsLeftOut(
  db: Kysely<Tables>,
  rutOtec: string,
): Promise<(CourseKey & { rut: string | null })[]> {
  return db
    .selectFrom('decision')
    .select(['rutOtec', 'codigoOferta', 'codigoGrupo', 'rut'])
    .distinct()
    .where('rutOtec', '=', rutOtec)
    .where('tipo', '=', 'no-informar')
    .where('rut', 'is not', null)
    .where('codigoModulo', 'is', null)
    .where('hasta', 'is', null)
    .execute();
}

/** Every decision, also those that are over, the newest first; of one provider, course or student where given. */
export async function listDecisionRows(
  db: Kysely<Tables>,
  where: Partial<CourseKey> & { rut?: string },
): Promise<DecisionRow[]> {
  let query = db.selectFrom('decision').selectAll();
  for (const column of ['rutOtec', 'codigoOferta', 'codigoGrupo', 'rut'] as const) {
    const value = where[column];
    if (value !== undefined) query = query.where(column, '=', value);
  }
  return query.orderBy('id', 'desc').execute();
}

/** Ends those that still count; the rows that it ended. */
export async function endDecisions(
  db: Kysely<Tables>,
  ids: readonly number[],
  end: { cierre: NonNullable<DecisionRow['cierre']>; quien: string | null },
  now: Date,
): Promise<DecisionRow[]> {
  if (ids.length === 0) return [];
  return db
    .updateTable('decision')
    .set({ hasta: now.toISOString(), quienHasta: end.quien, cierre: end.cierre })
    .where('id', 'in', ids)
    .where('hasta', 'is', null)
    .returningAll()
    .execute();
}

/** Whether what was decided is about an error: of the same student and module, or of all of them. */
export function isAbout(
  about: Pick<DecisionRow, 'rut' | 'codigoModulo'>,
  error: Pick<DecisionRow, 'rut' | 'codigoModulo'>,
): boolean {
  return (
    (about.rut === null || about.rut === error.rut) &&
    (about.codigoModulo === null || about.codigoModulo === error.codigoModulo)
  );
}
