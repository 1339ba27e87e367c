import { santiagoDate } from '@puente-sic/protocol';
import { type Kysely, sql } from 'kysely';
import type { CourseKey, Tables } from '../ledger/tables.ts';
import { daysBefore } from '../views/nights.ts';

/** A course of a person that, as far as puente can tell, may still have to be proven to SENCE. */
export interface CursoPorLiquidar extends CourseKey {
  /** Null: no source has named it. */
  titulo: string | null;
  /** Its last day for this person, or for all; null: not known. */
  fin: string | null;
}

/**
 * The person's courses that are not over, ended a short while ago, or of which the end is not known. Whether a course is
 * settled SENCE does not tell: how long it is taken not to be is our own caution, and no rule of SENCE's.
 * @param rut canonical.
 */
export async function unsettledCourses(
  db: Kysely<Tables>,
  rut: string,
  now: Date,
): Promise<CursoPorLiquidar[]> {
  const settledBefore = daysBefore(santiagoDate(now), DAYS_TO_SETTLE);
  const { rows } = await sql<CursoPorLiquidar>`
    WITH suyo AS (
      SELECT rutOtec, codigoOferta, codigoGrupo FROM aceptado WHERE rut = ${rut}
      UNION SELECT rutOtec, codigoOferta, codigoGrupo FROM alumno WHERE rut = ${rut}
      UNION SELECT e.rutOtec, e.codigoOferta, e.codigoGrupo
        FROM registro r JOIN envio e ON e.codigoEnvio = r.codigoEnvio WHERE r.rut = ${rut}
    ), con AS (
      SELECT suyo.*, curso.titulo, coalesce(alumno.fin, curso.ultimoDia) AS fin
      FROM suyo
      LEFT JOIN alumno ON alumno.rut = ${rut} AND (alumno.rutOtec, alumno.codigoOferta, alumno.codigoGrupo)
        = (suyo.rutOtec, suyo.codigoOferta, suyo.codigoGrupo)
      LEFT JOIN curso ON (curso.rutOtec, curso.codigoOferta, curso.codigoGrupo)
        = (suyo.rutOtec, suyo.codigoOferta, suyo.codigoGrupo)
    )
    SELECT * FROM con WHERE fin IS NULL OR fin >= ${settledBefore}
    ORDER BY rutOtec, codigoOferta, codigoGrupo`.execute(db);
  return rows;
}

/** After its last day. */
const DAYS_TO_SETTLE = 60;
