import type { Selectable } from 'kysely';
import { type Nombrado, registrosOfDays } from './dias.ts';
import type { Db } from './store.ts';
import type { ProcesoTable, RegistroTable } from './tables.ts';

export interface HistoryFilter {
  rutOtec: number;
  /** First day, `YYYY-MM-DD` in Santiago, included. */
  fechaDesde?: string;
  /** First instant, milliseconds since 1970, included. */
  recibidoDesde?: number;
  codigoEnvio?: string;
  idProceso?: number;
}

const PROCESOS_PER_READ = 200;
const REGISTROS_PER_READ = 500;

/**
 * A provider's processes, oldest first. They come in short reads, each going on after the last id: so however slow
 * the reader is, no connection, snapshot or lock is held for it, and memory holds one read.
 */
export async function* findProcesos(db: Db, filter: HistoryFilter): AsyncGenerator<Selectable<ProcesoTable>> {
  let after = 0;
  for (;;) {
    let query = db
      .selectFrom('proceso')
      .selectAll()
      .where('rutOtec', '=', filter.rutOtec)
      .where('id', '>', after)
      .orderBy('id')
      .limit(PROCESOS_PER_READ);
    if (filter.fechaDesde !== undefined) query = query.where('dia', '>=', filter.fechaDesde);
    if (filter.recibidoDesde !== undefined) query = query.where('recibidoEn', '>=', filter.recibidoDesde);
    if (filter.codigoEnvio !== undefined) query = query.where('codigoEnvio', '=', filter.codigoEnvio);
    if (filter.idProceso !== undefined) query = query.where('id', '=', filter.idProceso);
    const rows = await query.execute();
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PROCESOS_PER_READ) return;
    after = last.id;
  }
}

/** The records of a process in the order sent, a few hundred at a time. */
export async function* findRegistros(db: Db, proceso: Nombrado): AsyncGenerator<Selectable<RegistroTable>[]> {
  let after = 0;
  for (;;) {
    const rows = await db
      .selectFrom('registro')
      .selectAll()
      .where('procesoId', '=', proceso.id)
      .where(registrosOfDays(db, [proceso]))
      .where('n', '>', after)
      .orderBy('n')
      .limit(REGISTROS_PER_READ)
      .execute();
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < REGISTROS_PER_READ) return;
    after = last.n;
  }
}
