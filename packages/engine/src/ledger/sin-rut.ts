import { type Kysely, type Selectable, sql } from 'kysely';
import type { CourseKey, SinRutTable, Tables } from './tables.ts';

export type SinRutRow = Selectable<SinRutTable>;

/** Who is in a course's list without a RUT that can be read, from its last reading on: nobody of the one before is left. */
export async function replaceSinRut(
  db: Kysely<Tables>,
  { rutOtec, codigoOferta, codigoGrupo }: CourseKey,
  rows: readonly SinRutRow[],
): Promise<void> {
  await db
    .deleteFrom('sinRut')
    .where('rutOtec', '=', rutOtec)
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', '=', codigoGrupo)
    .execute();
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT)
    await db
      .insertInto('sinRut')
      .values(rows.slice(start, start + ROWS_PER_STATEMENT))
      .execute();
}

/** Of all courses of a provider, in the order of their lists. */
export async function sinRutOf(db: Kysely<Tables>, rutOtec: string): Promise<SinRutRow[]> {
  return db
    .selectFrom('sinRut')
    .selectAll()
    .where('rutOtec', '=', rutOtec)
    .orderBy(sql`codigoOferta, codigoGrupo, orden`)
    .execute();
}

/** `aula.csv, fila 4, columna rut` is at `aula.csv, fila 4`; `aula.csv, fila 41` is not. */
export function startsAt(place: string | null | undefined, lugar: string | null): boolean {
  if (lugar === null || place?.startsWith(lugar) !== true) return false;
  return !/^[\p{L}\d]/u.test(place.slice(lugar.length));
}

const ROWS_PER_STATEMENT = 200;
