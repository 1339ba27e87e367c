import type { Kysely, Selectable } from 'kysely';
import type { AceptadoTable, CourseKey, Tables } from './tables.ts';

export type Aceptado = Selectable<AceptadoTable>;
/** What SENCE accepted last in one course, by {@link recordKey}. */
export type AceptadosOfCourse = Map<string, Aceptado>;

/** One student × module within a course. */
export function recordKey(rut: string, codigoModulo: string): string {
  return `${rut}/${codigoModulo}`;
}

export async function aceptadosOf(db: Kysely<Tables>, course: CourseKey): Promise<AceptadosOfCourse> {
  const rows = await db
    .selectFrom('aceptado')
    .selectAll()
    .where('rutOtec', '=', course.rutOtec)
    .where('codigoOferta', '=', course.codigoOferta)
    .where('codigoGrupo', '=', course.codigoGrupo)
    .execute();
  return new Map(rows.map((row) => [recordKey(row.rut, row.codigoModulo), row]));
}

/** When SENCE last accepted something of each course of a provider, as this ledger knows. */
export async function lastAccepted(
  db: Kysely<Tables>,
  rutOtec: string,
): Promise<(CourseKey & { cuando: string })[]> {
  return db
    .selectFrom('aceptado')
    .select(['rutOtec', 'codigoOferta', 'codigoGrupo'])
    .select(({ fn }) => fn.max('cuando').as('cuando'))
    .where('rutOtec', '=', rutOtec)
    .groupBy(['rutOtec', 'codigoOferta', 'codigoGrupo'])
    .execute();
}

/** Records what SENCE accepted; a later value overwrites the former, as it does there. [S faq 6] */
export async function saveAceptados(db: Kysely<Tables>, rows: readonly Aceptado[]): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    await db
      .insertInto('aceptado')
      .values(rows.slice(start, start + ROWS_PER_STATEMENT))
      .onConflict((conflict) =>
        conflict
          .columns(['rutOtec', 'codigoOferta', 'codigoGrupo', 'rut', 'codigoModulo'])
          .doUpdateSet((excluded) => ({
            porcentajeAvance: excluded.ref('excluded.porcentajeAvance'),
            tiempoConectividad: excluded.ref('excluded.tiempoConectividad'),
            estado: excluded.ref('excluded.estado'),
            huella: excluded.ref('excluded.huella'),
            cuando: excluded.ref('excluded.cuando'),
            codigoEnvio: excluded.ref('excluded.codigoEnvio'),
            idProceso: excluded.ref('excluded.idProceso'),
          })),
      )
      .execute();
  }
}

const ROWS_PER_STATEMENT = 200;
