import { type Kysely, sql } from 'kysely';
import type { CursoRow } from '../ledger/cursos.ts';
import type { CourseKey, Tables } from '../ledger/tables.ts';
import { nameOf } from './nights.ts';

/** What was sent by day of a night whose window has not begun. */
export interface EnviadoHoy {
  /** When it last went out. */
  cuando: Date;
  /** Students of whom SENCE has not accepted everything today: refused, held, or not sent. */
  faltan: number;
}

/**
 * By course, see {@link nameOf}. How many students there are is what the source last said. Reads the records of that
 * day's sends alone.
 */
export async function sentToday(
  db: Kysely<Tables>,
  { rutOtec, noche }: { rutOtec: string; noche: string },
  seen: readonly CursoRow[],
): Promise<Map<string, EnviadoHoy>> {
  const { rows } = await sql<Omit<CourseKey, 'rutOtec'> & { cuando: string; completos: number }>`
    SELECT codigoOferta, codigoGrupo, MAX(cuando) AS cuando, SUM(completo) AS completos
    FROM (
      SELECT codigoOferta, codigoGrupo, rut, MAX(cuando) AS cuando, MIN(aceptado) AS completo
      FROM (
        SELECT e.codigoOferta, e.codigoGrupo, r.rut, r.codigoModulo,
          MAX(COALESCE(e.enviado, e.creado)) AS cuando, MAX(r.resultado = 'aceptado') AS aceptado
        FROM envio e JOIN registro r ON r.codigoEnvio = e.codigoEnvio
        WHERE e.rutOtec = ${rutOtec} AND e.noche = ${noche} AND e.estado <> 'no-enviado'
        GROUP BY e.codigoOferta, e.codigoGrupo, r.rut, r.codigoModulo
      )
      GROUP BY codigoOferta, codigoGrupo, rut
    )
    GROUP BY codigoOferta, codigoGrupo`.execute(db);
  const students = new Map(seen.map((curso) => [nameOf(curso), curso.alumnos]));
  return new Map(
    rows.map(({ cuando, completos, ...codes }) => {
      const name = nameOf({ rutOtec, ...codes });
      const faltan = Math.max(0, (students.get(name) ?? 0) - completos);
      return [name, { cuando: new Date(cuando), faltan }];
    }),
  );
}
