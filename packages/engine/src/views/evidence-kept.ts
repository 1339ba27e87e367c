import { sql } from 'kysely';
import { cursosSeen } from '../ledger/cursos.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { CourseKey } from '../ledger/tables.ts';
import { nameOf } from './nights.ts';

/** What is kept of the calls of one course that left for SENCE. */
export interface PruebaDeCurso extends CourseKey {
  titulo: string;
  envios: number;
  /** Of them, those whose answer is kept as it came, or the history that settled them. */
  conRespuesta: number;
  /** First and last night with a call, `YYYY-MM-DD`. */
  desde: string;
  hasta: string;
  /** When the last one left. */
  ultimo: Date | null;
}

/** By course, what there is to show of a provider's calls; the last to have sent first. Reads the ledger alone. */
export async function evidenceKept({ db }: Pick<Ledger, 'db'>, rutOtec: string): Promise<PruebaDeCurso[]> {
  const { rows } = await sql<Omit<PruebaDeCurso, 'titulo' | 'ultimo'> & { ultimo: string | null }>`
    SELECT rutOtec, codigoOferta, codigoGrupo, COUNT(*) AS envios, SUM(respuesta IS NOT NULL) AS conRespuesta,
      MIN(noche) AS desde, MAX(noche) AS hasta, MAX(enviado) AS ultimo
    FROM envio WHERE rutOtec = ${rutOtec} AND enviado IS NOT NULL AND estado <> 'no-enviado'
    GROUP BY rutOtec, codigoOferta, codigoGrupo
    ORDER BY hasta DESC, codigoOferta, codigoGrupo`.execute(db);
  const titles = new Map((await cursosSeen(db, rutOtec)).map((row) => [nameOf(row), row.titulo]));
  return rows.map(({ ultimo, ...row }) => ({
    ...row,
    titulo: titles.get(nameOf(row)) ?? row.codigoOferta,
    ultimo: ultimo === null ? null : new Date(ultimo),
  }));
}
