import type { Kysely, Selectable } from 'kysely';
import type { LecturaTable, Tables } from './tables.ts';

export type LecturaRow = Selectable<LecturaTable>;

/** How often a provider's sources were read for a night, by the source's name. */
export async function lecturasOf(
  db: Kysely<Tables>,
  rutOtec: string,
  noche: string,
): Promise<Map<string, LecturaRow>> {
  const rows = await db
    .selectFrom('lectura')
    .selectAll()
    .where('rutOtec', '=', rutOtec)
    .where('noche', '=', noche)
    .execute();
  return new Map(rows.map((row) => [row.fuente, row]));
}

/** Written before the source is touched, so that one that kills the process is not read for ever. */
export async function saveLectura(db: Kysely<Tables>, row: LecturaRow): Promise<void> {
  const { lecturas, proxima, actualizado } = row;
  await db
    .insertInto('lectura')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['rutOtec', 'noche', 'fuente']).doUpdateSet({ lecturas, proxima, actualizado }),
    )
    .execute();
}
