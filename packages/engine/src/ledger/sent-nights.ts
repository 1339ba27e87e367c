import { type Kysely, sql } from 'kysely';
import type { CourseKey, Tables } from './tables.ts';

/** A night of one course in figures: its calls taken together. */
export interface SentNight extends CourseKey {
  noche: string;
  /** `no-enviado`: none of them arrived. */
  estado: 'enviando' | 'incierto' | 'aceptado' | 'parcial' | 'rechazado' | 'no-enviado';
  aceptados: number;
  rechazados: number;
}

/**
 * Nights of one provider, or of one of its courses, since a night, oldest first. Counted by the database out of an
 * index alone and handed over as one text: a look at a month of 300 courses reads no envío.
 */
export async function sentNights(
  db: Kysely<Tables>,
  { rutOtec, codigoOferta, codigoGrupo }: { rutOtec: string } & Partial<CourseKey>,
  desde: string,
): Promise<SentNight[]> {
  const ofCourse =
    codigoOferta === undefined || codigoGrupo === undefined
      ? sql``
      : sql`AND codigoOferta = ${codigoOferta} AND codigoGrupo = ${codigoGrupo}`;
  const { rows } = await sql<{ noches: string }>`
    SELECT json_group_array(json_array(noche, codigoOferta, codigoGrupo, estado, aceptados, rechazados)) AS noches
    FROM (
      SELECT noche, codigoOferta, codigoGrupo, SUM(aceptados) AS aceptados, SUM(rechazados) AS rechazados,
        CASE
          WHEN SUM(estado IN ('preparado', 'enviando')) > 0 THEN 'enviando'
          WHEN SUM(estado = 'incierto') > 0 THEN 'incierto'
          WHEN SUM(estado <> 'no-enviado') = 0 THEN 'no-enviado'
          WHEN SUM(estado NOT IN ('aceptado', 'no-enviado')) = 0 THEN 'aceptado'
          WHEN SUM(aceptados) > 0 THEN 'parcial'
          ELSE 'rechazado'
        END AS estado
      FROM envio
      WHERE rutOtec = ${rutOtec} AND noche >= ${desde} ${ofCourse}
      GROUP BY noche, codigoOferta, codigoGrupo
    )`.execute(db);
  const told: [string, string, string, SentNight['estado'], number, number][] = JSON.parse(
    rows[0]?.noches ?? '[]',
  );
  return told.map(([noche, oferta, grupo, estado, aceptados, rechazados]) => ({
    ...{ rutOtec, codigoOferta: oferta, codigoGrupo: grupo, noche, estado, aceptados, rechazados },
  }));
}
