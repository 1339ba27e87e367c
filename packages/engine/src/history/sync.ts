import { type GestorClient, GestorError, type Looked, lookThrough } from '@puente-sic/client';
import {
  type ProcesoHistorial,
  type RegistroHistorial,
  readRegistro,
  santiagoDate,
} from '@puente-sic/protocol';
import type { Kysely } from 'kysely';
import { takeLease } from '../lease.ts';
import { type Aceptado, isLater, saveAceptados } from '../ledger/aceptados.ts';
import { knownProcesses } from '../ledger/envios.ts';
import type { Tables } from '../ledger/tables.ts';
import { differing, saidOfAceptado } from '../plan/said.ts';
import { type ErasedAt, erasedIn } from '../privacy/erasures.ts';
import type { Otec, SendRequest } from '../request.ts';
import { BUSY } from '../send/provider.ts';
import { settle } from '../settle/settle.ts';
import { AcceptedFold, type Recibido, type Unreadable } from './accepted.ts';
import { knownGroups } from './groups.ts';
import { LostEnvios, restoreEnvios } from './restore.ts';
import { toldOf } from './told.ts';

export type SyncRequest = Pick<SendRequest, 'ledger' | 'otecs' | 'clientFor' | 'clock' | 'signal'> & {
  /** First day of the history to read, `YYYY-MM-DD` in Santiago; what has not been read yet when left out. */
  desde?: string;
};

/** What a provider's ledger learnt; or why it could not. */
export interface Sincronizado {
  rutOtec: string;
  /** From which day on the history was read; null: all of it. */
  desde: string | null;
  procesos: number;
  /** Student × module records that SENCE has accepted. */
  registros: number;
  nuevos: number;
  cambiados: number;
  /** Sent by puente and lost from the ledger, which was restored from a backup: known again. */
  enviosRestaurados: number;
  nochesRestauradas: number;
  /** Entries and records that could not be read. */
  ilegibles: number;
  /** The service cut its list: what is missing of it is not known. */
  cortado: boolean;
  /** What of the history is odd, in words. */
  avisos: string[];
  falla: { mensaje: string; queHacer: string } | null;
}

/**
 * Takes over what SENCE has accepted already, so that a provider who sent with another tool, or restored a backup,
 * starts from there. SENCE's history is the truth: what the ledger says otherwise of an older process is corrected.
 * Uncertain envíos are settled first. Nobody sends for the provider meanwhile.
 */
export async function syncFromHistory(request: SyncRequest): Promise<Sincronizado[]> {
  await settle(request);
  return Promise.all(request.otecs.map((otec) => syncOne(otec, request)));
}

async function syncOne(otec: Otec, request: SyncRequest): Promise<Sincronizado> {
  const lease = takeLease(request.ledger, otec.rut);
  if (lease === null) return { ...nothing(otec.rut), falla: BUSY };
  try {
    return await readAndTakeOver(otec, request.clientFor(otec), request);
  } catch (error) {
    if (!(error instanceof GestorError)) throw error;
    return { ...nothing(otec.rut), falla: { mensaje: error.mensaje, queHacer: error.queHacer } };
  } finally {
    lease.release();
  }
}

async function readAndTakeOver(
  { rut: rutOtec }: Otec,
  client: GestorClient,
  { ledger: { db, datos }, clock, desde, signal }: SyncRequest,
): Promise<Sincronizado> {
  const now = clock();
  const groups = await knownGroups(db, rutOtec);
  const fold = new AcceptedFold(rutOtec, groups, now);
  const lost = await LostEnvios.of(db, rutOtec, groups, now);
  const erasedAt = erasedIn(datos);
  const from = desde ?? (await firstDayToRead(db, rutOtec));
  const looked = await lookThrough(
    client,
    from,
    await knownProcesses(db, rutOtec),
    (whole) => {
      const proceso = withoutErased(whole, erasedAt);
      fold.show(proceso);
      lost.show(proceso);
    },
    { signal },
  );
  const today = santiagoDate(looked.serverDate ?? now);
  return db.transaction().execute(async (tx) => {
    const counts = await takeOver(tx, rutOtec, fold.aceptados);
    const restored = await restoreEnvios(tx, rutOtec, lost.found, { now, today });
    if (desde === undefined && !looked.cut && looked.skipped === 0) await noteRead(tx, rutOtec, today, now);
    return {
      ...{ rutOtec, desde: from ?? null, procesos: looked.processes, registros: fold.aceptados.length },
      ...counts,
      enviosRestaurados: restored.envios,
      nochesRestauradas: restored.noches,
      ilegibles: unreadable(looked, fold.unreadable),
      cortado: looked.cut,
      avisos: toldOf(looked, fold.unreadable),
      falla: null,
    };
  });
}

/** SENCE still has who was erased here; the ledger does not take the person back from there. */
function withoutErased(proceso: ProcesoHistorial, erasedAt: ErasedAt): ProcesoHistorial {
  const isErased = (registro: RegistroHistorial) => erasedAt(readRegistro(registro).rut) !== null;
  if (!erasedAt.some || !proceso.listaregistros.some(isErased)) return proceso;
  return { ...proceso, listaregistros: proceso.listaregistros.filter((registro) => !isErased(registro)) };
}

/** The day before the last one that was read to its end; left out: nothing was read yet. */
async function firstDayToRead(db: Kysely<Tables>, rutOtec: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('historial')
    .select('hasta')
    .where('rutOtec', '=', rutOtec)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return new Date(Date.parse(`${row.hasta}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
}

const DAY_MS = 24 * 3_600_000;

async function noteRead(tx: Kysely<Tables>, rutOtec: string, hasta: string, now: Date): Promise<void> {
  const said = { hasta, leido: now.toISOString() };
  await tx
    .insertInto('historial')
    .values({ rutOtec, ...said })
    .onConflict((conflict) => conflict.column('rutOtec').doUpdateSet(said))
    .execute();
}

async function takeOver(
  tx: Kysely<Tables>,
  rutOtec: string,
  aceptados: readonly Recibido[],
): Promise<{ nuevos: number; cambiados: number }> {
  const rows = await tx.selectFrom('aceptado').selectAll().where('rutOtec', '=', rutOtec).execute();
  const known = new Map(rows.map((row) => [keyOf(row), row]));
  let nuevos = 0;
  const changed = aceptados.filter((row) => {
    const former = known.get(keyOf(row));
    if (former === undefined) nuevos += 1;
    // What another process told meanwhile, or an answer since, is newer than what was read.
    else return isLater(row, former) && !saysTheSame(former, row);
    return true;
  });
  await saveAceptados(
    tx,
    changed.map(({ tiempoAlumno: _, ...row }) => row),
  );
  return { nuevos, cambiados: changed.length - nuevos };
}

function keyOf({ codigoOferta, codigoGrupo, rut, codigoModulo }: Aceptado): string {
  return `${codigoOferta}\n${codigoGrupo}\n${rut}\n${codigoModulo}`;
}

function saysTheSame(former: Aceptado, row: Aceptado): boolean {
  return (
    former.idProceso === row.idProceso && differing(saidOfAceptado(former), saidOfAceptado(row)).length === 0
  );
}

function unreadable({ skipped }: Looked, { registros, estados, fechas }: Unreadable): number {
  return skipped + registros + estados + fechas;
}

function nothing(rutOtec: string): Omit<Sincronizado, 'falla'> {
  const none = { procesos: 0, registros: 0, nuevos: 0, cambiados: 0, ilegibles: 0 };
  const restored = { enviosRestaurados: 0, nochesRestauradas: 0 };
  return { rutOtec, desde: null, ...none, ...restored, cortado: false, avisos: [] };
}
