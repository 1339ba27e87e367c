import { GestorError, type HistoryFilter } from '@puente-sic/client';
import { type Aceptado, aceptadosOf, recordKey, saveAceptados } from '../ledger/aceptados.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { SendRequest } from '../request.ts';
import { settle } from '../settle/settle.ts';
import { acceptedByHistory } from './accepted.ts';

export type SyncRequest = Pick<SendRequest, 'ledger' | 'otecs' | 'clientFor' | 'clock' | 'signal'> & {
  /** First day of the history to read, `YYYY-MM-DD` in Santiago; all of it when left out. */
  desde?: string;
};

/** What a provider's ledger learnt; or why it could not. */
export interface Sincronizado {
  rutOtec: string;
  procesos: number;
  /** Student × module records that SENCE has accepted. */
  registros: number;
  nuevos: number;
  cambiados: number;
  /** Entries that could not be read. */
  ilegibles: number;
  falla: { mensaje: string; queHacer: string } | null;
}

/**
 * Takes over what SENCE has accepted already, so that a provider who sent with another tool starts from there. SENCE's
 * history is the truth: where the ledger says otherwise it is corrected. Uncertain envíos are settled first.
 */
export async function syncFromHistory(request: SyncRequest): Promise<Sincronizado[]> {
  await settle(request);
  return Promise.all(
    request.otecs.map(async (otec): Promise<Sincronizado> => {
      const nothing = { rutOtec: otec.rut, procesos: 0, registros: 0, nuevos: 0, cambiados: 0, ilegibles: 0 };
      try {
        const filter: HistoryFilter = request.desde === undefined ? {} : { fechaDesde: request.desde };
        const { processes, skipped } = await request
          .clientFor(otec)
          .history(filter, { signal: request.signal });
        const { aceptados, leftAside } = acceptedByHistory(otec.rut, processes);
        const counts = await takeOver(request.ledger, aceptados);
        const read = {
          procesos: processes.length,
          registros: aceptados.length,
          ilegibles: skipped + leftAside,
        };
        return { ...nothing, ...read, ...counts, falla: null };
      } catch (error) {
        if (!(error instanceof GestorError)) throw error;
        return { ...nothing, falla: { mensaje: error.mensaje, queHacer: error.queHacer } };
      }
    }),
  );
}

async function takeOver(
  { db }: Ledger,
  aceptados: readonly Aceptado[],
): Promise<{ nuevos: number; cambiados: number }> {
  const courses = new Map(
    aceptados.map((row) => [JSON.stringify([row.codigoOferta, row.codigoGrupo]), row] as const),
  );
  return db.transaction().execute(async (tx) => {
    let nuevos = 0;
    let cambiados = 0;
    for (const course of courses.values()) {
      const known = await aceptadosOf(tx, course);
      const rows = aceptados.filter(
        ({ codigoOferta, codigoGrupo }) =>
          codigoOferta === course.codigoOferta && codigoGrupo === course.codigoGrupo,
      );
      const changed = rows.filter((row) => {
        const former = known.get(recordKey(row.rut, row.codigoModulo));
        if (former === undefined) nuevos += 1;
        else if (saysTheSame(former, row)) return false;
        else cambiados += 1;
        return true;
      });
      await saveAceptados(tx, changed);
    }
    return { nuevos, cambiados };
  });
}

function saysTheSame(former: Aceptado, row: Aceptado): boolean {
  return (
    former.idProceso === row.idProceso &&
    Math.abs(former.porcentajeAvance - row.porcentajeAvance) < FIVE_DECIMALS
  );
}

/** The history keeps five decimals. [I] */
export const FIVE_DECIMALS = 1e-5;
