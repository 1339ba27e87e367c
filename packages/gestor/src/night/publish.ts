import { santiagoDate } from '@puente-sic/protocol';
import { Refusal } from '../http/refusal.ts';
import { lastArchivedNight } from '../store/archivo.ts';
import { beginNoche, markNoche, takeProcesos } from '../store/noches.ts';
import type { Store } from '../store/store.ts';
import { isWritten, writeNoche } from './files.ts';

/** Records in one transaction: short enough that calls arriving meanwhile hardly notice. */
const REGISTROS_PER_STEP = 2_000;

export interface PublishOptions {
  store: Store;
  clock: () => Date;
  /** Where the files for the system downstream go; left out: none are written. */
  salida?: string;
}

export interface NightReport {
  /** `publicada`: done now; `ya estaba`: before; `en curso`: another process is at it. */
  resultado: 'publicada' | 'ya estaba' | 'en curso';
  dia: string;
  /** Processes that this run took into SIC. */
  procesos: number;
}

/**
 * The night job: takes everything received up to a day (Santiago's, `YYYY-MM-DD`) into SIC and writes its files. It may
 * run as often as one likes and die at any moment: each record goes in once, and a run goes on where the last stopped.
 * Throws a {@link Refusal} for a day that is not over, since SIC shows a day the day after. [S faq 5]
 */
export async function publishDay(
  dia: string,
  { store, clock, salida }: PublishOptions,
): Promise<NightReport> {
  if (dia >= santiagoDate(clock())) {
    throw new Refusal(409, `El ${dia} aún no termina en Chile: se puede publicar desde el día siguiente.`);
  }
  const report = await store.tryLock('noche', async (): Promise<NightReport> => {
    const noche = await beginNoche(store.db, dia, clock());
    if (noche.terminadaEn !== null) {
      if (salida !== undefined) await writeAgain(store, dia, salida);
      return { resultado: 'ya estaba', dia, procesos: 0 };
    }

    const procesos = noche.tomadaEn === null ? await takeAll(store, dia) : 0;
    await markNoche(store.db, dia, 'tomadaEn', clock());
    if (salida !== undefined) await writeNoche(store.db, dia, salida);
    await markNoche(store.db, dia, 'terminadaEn', clock());
    return { resultado: 'publicada', dia, procesos };
  });
  return report ?? { resultado: 'en curso', dia, procesos: 0 };
}

/**
 * Writes the files of a night that was published before, where they are missing.
 * @throws Refusal (409) where what it took is archived: files with a part of it would be read as the whole.
 */
async function writeAgain({ db }: Store, dia: string, salida: string): Promise<void> {
  const archived = await lastArchivedNight(db);
  if (archived === null || dia > archived) return writeNoche(db, dia, salida);
  if (await isWritten(dia, salida)) return;
  throw new Refusal(
    409,
    `Lo que se publicó el ${dia} está archivado y sus archivos ya no están: no se escriben de nuevo, porque saldrían incompletos.`,
  );
}

async function takeAll(store: Store, dia: string): Promise<number> {
  let procesos = 0;
  for (;;) {
    const taken = await takeProcesos(store.db, dia, REGISTROS_PER_STEP);
    if (taken === 0) return procesos;
    procesos += taken;
    // On SQLite a step is synchronous: calls get their turn between two of them.
    await new Promise((resolve) => setImmediate(resolve));
  }
}
