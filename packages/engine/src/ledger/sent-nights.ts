import { type Kysely, sql } from 'kysely';
import type { CourseKey, EstadoEnvio, Tables } from './tables.ts';

/** A course's nights in figures, oldest first. */
export interface SentCourse extends CourseKey {
  noches: SentNight[];
}

/** A night of one course: its calls taken together. */
export interface SentNight {
  noche: string;
  /** `no-enviado`: none of them arrived. */
  estado: 'enviando' | 'incierto' | 'aceptado' | 'parcial' | 'rechazado' | 'no-enviado';
  aceptados: number;
  rechazados: number;
}

/**
 * Nights since one, of the courses of a provider of which anything was sent, or of one of them. Read out of an index
 * alone, and a course's nights are handed over as one text: a look at a month of 300 courses reads no envío.
 */
export async function sentNights(
  db: Kysely<Tables>,
  { rutOtec, codigoOferta, codigoGrupo }: { rutOtec: string } & Partial<CourseKey>,
  desde: string,
): Promise<SentCourse[]> {
  const ofCourse =
    codigoOferta === undefined || codigoGrupo === undefined
      ? sql``
      : sql`AND codigoOferta = ${codigoOferta} AND codigoGrupo = ${codigoGrupo}`;
  const { rows } = await sql<Pick<CourseKey, 'codigoOferta' | 'codigoGrupo'> & { envios: string }>`
    SELECT codigoOferta, codigoGrupo, json_group_array(json_array(noche, estado, aceptados, rechazados)) AS envios
    FROM envio WHERE rutOtec = ${rutOtec} AND noche >= ${desde} ${ofCourse}
    GROUP BY codigoOferta, codigoGrupo`.execute(db);
  return rows.map((row) => ({
    rutOtec,
    codigoOferta: row.codigoOferta,
    codigoGrupo: row.codigoGrupo,
    noches: nightsOf(JSON.parse(row.envios)),
  }));
}

type Call = [noche: string, estado: EstadoEnvio, aceptados: number, rechazados: number];

function nightsOf(calls: readonly Call[]): SentNight[] {
  const nights: SentNight[] = [];
  let last: SentNight | undefined;
  for (const [noche, estado, aceptados, rechazados] of inOrder(calls)) {
    const call = stateOf(estado, aceptados);
    if (last?.noche === noche) {
      last.aceptados += aceptados;
      last.rechazados += rechazados;
      last.estado = together(last.estado, call, last.aceptados);
    } else {
      last = { noche, estado: call, aceptados, rechazados };
      nights.push(last);
    }
  }
  return nights;
}

/** They nearly always come by nights, and nothing promises it. */
function inOrder(calls: readonly Call[]): readonly Call[] {
  const isSorted = calls.every(([noche], at) => at === 0 || (calls[at - 1]?.[0] ?? '') <= noche);
  return isSorted ? calls : calls.toSorted(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
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
