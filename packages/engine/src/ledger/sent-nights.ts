import { type Kysely, sql } from 'kysely';
import type { CourseKey, EstadoEnvio, Tables } from './tables.ts';

/** A night of one course in figures: its calls taken together. */
export interface SentNight extends CourseKey {
  noche: string;
  /** `no-enviado`: none of them arrived. */
  estado: 'enviando' | 'incierto' | 'aceptado' | 'parcial' | 'rechazado' | 'no-enviado';
  aceptados: number;
  rechazados: number;
}

/**
 * Nights of one provider, or of one of its courses, since a night, oldest first. Read out of an index alone and handed
 * over as one text: a look at a month of 300 courses reads no envío.
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
  const { rows } = await sql<{ envios: string }>`
    SELECT json_group_array(json_array(noche, codigoOferta, codigoGrupo, estado, aceptados, rechazados)) AS envios
    FROM (
      SELECT noche, codigoOferta, codigoGrupo, estado, aceptados, rechazados FROM envio
      WHERE rutOtec = ${rutOtec} AND noche >= ${desde} ${ofCourse}
      ORDER BY noche, codigoOferta, codigoGrupo
    )`.execute(db);
  const told: [string, string, string, EstadoEnvio, number, number][] = JSON.parse(rows[0]?.envios ?? '[]');
  const nights: SentNight[] = [];
  let last: SentNight | undefined;
  for (const [noche, oferta, grupo, estado, aceptados, rechazados] of told) {
    const call = stateOf(estado, aceptados);
    if (last?.codigoGrupo === grupo && last.codigoOferta === oferta && last.noche === noche) {
      last.aceptados += aceptados;
      last.rechazados += rechazados;
      last.estado = together(last.estado, call, last.aceptados);
    } else {
      last = {
        rutOtec,
        codigoOferta: oferta,
        codigoGrupo: grupo,
        // One text for all of a night: it is a key thousands of times.
        noche: last?.noche === noche ? last.noche : noche,
        estado: call,
        aceptados,
        rechazados,
      };
      nights.push(last);
    }
  }
  return nights;
}

function stateOf(estado: EstadoEnvio, aceptados: number): SentNight['estado'] {
  if (estado === 'preparado') return 'enviando';
  if (estado === 'parcial' || estado === 'rechazado') return aceptados > 0 ? 'parcial' : 'rechazado';
  return estado;
}

/** Of two calls, or of some and one more; `aceptados`: of both. */
function together(
  one: SentNight['estado'],
  other: SentNight['estado'],
  aceptados: number,
): SentNight['estado'] {
  if (one === 'enviando' || other === 'enviando') return 'enviando';
  if (one === 'incierto' || other === 'incierto') return 'incierto';
  if (one === 'no-enviado') return other;
  if (other === 'no-enviado') return one;
  if (one === 'aceptado' && other === 'aceptado') return 'aceptado';
  return aceptados > 0 ? 'parcial' : 'rechazado';
}
