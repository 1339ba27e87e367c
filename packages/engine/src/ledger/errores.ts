import type { Kysely, Selectable } from 'kysely';
import type { ErrorDeEnvio } from '../results.ts';
import { isAbout, openDecisions } from './decisiones.ts';
import type { CourseKey, ErrorTable, Tables } from './tables.ts';

export type ErrorRow = Selectable<ErrorTable>;

/** Errors that are still open, oldest first. */
export async function openErrores(db: Kysely<Tables>, where: Partial<CourseKey> = {}): Promise<ErrorRow[]> {
  let query = db.selectFrom('error').selectAll().where('cerrado', 'is', null);
  if (where.rutOtec !== undefined) query = query.where('rutOtec', '=', where.rutOtec);
  if (where.codigoOferta !== undefined) query = query.where('codigoOferta', '=', where.codigoOferta);
  if (where.codigoGrupo !== undefined) query = query.where('codigoGrupo', '=', where.codigoGrupo);
  return query.orderBy('desde').orderBy('id').execute();
}

/** How many errors are open, by course and by who found them. */
export async function countErrores(
  db: Kysely<Tables>,
  rutOtec: string,
): Promise<(CourseKey & Pick<ErrorRow, 'origen'> & { abiertos: number })[]> {
  return db
    .selectFrom('error')
    .select(['rutOtec', 'codigoOferta', 'codigoGrupo', 'origen'])
    .select(({ fn }) => fn.countAll<number>().as('abiertos'))
    .where('rutOtec', '=', rutOtec)
    .where('cerrado', 'is', null)
    .groupBy(['rutOtec', 'codigoOferta', 'codigoGrupo', 'origen'])
    .execute();
}

/** Opens what is new, and brings what was already open up to date without losing since when it is. */
export async function saveErrores(
  db: Kysely<Tables>,
  course: CourseKey,
  found: readonly ErrorDeEnvio[],
  codigoEnvio: string | null,
  now: Date,
): Promise<void> {
  const open = new Map((await openErrores(db, course)).map((row) => [identity(row), row]));
  const known = (await openDecisions(db, course)).filter(({ tipo }) => tipo === 'conocido');
  for (const error of found) {
    const seen = {
      mensaje: error.mensaje,
      explicacion: error.explicacion,
      queHacer: error.queHacer,
      lugar: error.lugar ?? null,
      url: error.url ?? null,
      codigoEnvio,
      ultimaVez: now.toISOString(),
    };
    const former = open.get(identity(error));
    if (former) {
      await db.updateTable('error').set(seen).where('id', '=', former.id).execute();
    } else {
      const { rut, codigoModulo, codigo, origen } = error;
      const opened = { ...courseOf(course), rut, codigoModulo, codigo, origen, ...seen };
      const row = await db
        .insertInto('error')
        .values({
          ...opened,
          conocido: known.find((one) => isAbout(one, opened))?.cuando ?? null,
          desde: now.toISOString(),
        })
        .returningAll()
        .executeTakeFirstOrThrow();
      open.set(identity(row), row);
    }
  }
}

export async function closeErrores(
  db: Kysely<Tables>,
  rows: readonly ErrorRow[],
  cierre: NonNullable<ErrorRow['cierre']>,
  now: Date,
): Promise<void> {
  for (const { id } of rows) {
    await db.updateTable('error').set({ cerrado: now.toISOString(), cierre }).where('id', '=', id).execute();
  }
}

/** Marks those that are still open; how many were changed. */
export async function markErrores(
  db: Kysely<Tables>,
  ids: readonly number[],
  conocido: string | null,
): Promise<number> {
  const results = await db
    .updateTable('error')
    .set({ conocido })
    .where('id', 'in', ids)
    .where('cerrado', 'is', null)
    .where('conocido', conocido === null ? 'is not' : 'is', null)
    .execute();
  return results.reduce((sum, { numUpdatedRows }) => sum + Number(numUpdatedRows), 0);
}

/**
 * Two findings are the same error when they say the same code of the same record. Who has no RUT that can be read is
 * known by the place alone: two of them are two people.
 */
export function identity(
  error: Pick<ErrorRow, 'rut' | 'codigoModulo' | 'codigo' | 'origen'> & { lugar?: string | null | undefined },
): string {
  const { origen, rut, codigoModulo, codigo, lugar } = error;
  const place = origen === 'previa' && rut === null ? (lugar ?? null) : null;
  return JSON.stringify([origen, rut, codigoModulo, codigo, place]);
}

function courseOf({ rutOtec, codigoOferta, codigoGrupo }: CourseKey): CourseKey {
  return { rutOtec, codigoOferta, codigoGrupo };
}
