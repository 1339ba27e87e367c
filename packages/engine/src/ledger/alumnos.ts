import type { Kysely, Selectable } from 'kysely';
import type { AlumnoTable, CourseKey, Tables } from './tables.ts';

export type AlumnoRow = Selectable<AlumnoTable>;

/** Who was in a course when it was last read, and who was told to be missing since. */
export async function alumnosOf(db: Kysely<Tables>, course: CourseKey): Promise<AlumnoRow[]> {
  const { rutOtec, codigoOferta, codigoGrupo } = course;
  return db
    .selectFrom('alumno')
    .selectAll()
    .where('rutOtec', '=', rutOtec)
    .where('codigoOferta', '=', codigoOferta)
    .where('codigoGrupo', '=', codigoGrupo)
    .orderBy('rut')
    .execute();
}

export async function saveAlumnos(db: Kysely<Tables>, rows: readonly AlumnoRow[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await db
      .insertInto('alumno')
      .values(rows.slice(start, start + ROWS_PER_STATEMENT))
      .onConflict((conflict) =>
        conflict.columns(['rutOtec', 'codigoOferta', 'codigoGrupo', 'rut']).doUpdateSet((excluded) => ({
          nombre: excluded.ref('excluded.nombre'),
          visto: excluded.ref('excluded.visto'),
          fin: excluded.ref('excluded.fin'),
          ausente: excluded.ref('excluded.ausente'),
        })),
      )
      .execute();
  }
}

/** Puts rows of one list into another one's. */
export async function moveAlumnos(
  db: Kysely<Tables>,
  rows: readonly AlumnoRow[],
  { rutOtec, codigoOferta, codigoGrupo }: CourseKey,
): Promise<void> {
  await saveAlumnos(
    db,
    rows.map((row) => ({ ...row, codigoGrupo })),
  );
  for (const row of rows)
    await db
      .deleteFrom('alumno')
      .where('rutOtec', '=', rutOtec)
      .where('codigoOferta', '=', codigoOferta)
      .where('codigoGrupo', '=', row.codigoGrupo)
      .where('rut', '=', row.rut)
      .execute();
}

const ROWS_PER_STATEMENT = 200;
