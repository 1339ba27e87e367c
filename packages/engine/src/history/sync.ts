import { type GestorClient, GestorError, type Looked, lookThrough, readProcessId } from '@puente-sic/client';
import {
  type ProcesoHistorial,
  type RegistroHistorial,
  readRegistro,
  santiagoDate,
} from '@puente-sic/protocol';
import type { Kysely } from 'kysely';
import { noteAskedToWait } from '../asked-to-wait.ts';
import { takeLease } from '../lease.ts';
import { type Aceptado, isLater, saveAceptados } from '../ledger/aceptados.ts';
import { knownProcesses } from '../ledger/envios.ts';
import { noteHistoryRead, unreadOf } from '../ledger/partidas.ts';
import type { Tables } from '../ledger/tables.ts';
import { differing, saidOfAceptado } from '../plan/said.ts';
import { type ErasedAt, erasedIn } from '../privacy/erasures.ts';
import type { Otec, SendRequest } from '../request.ts';
import { BUSY, cannotSend } from '../send/stop.ts';
import { settle } from '../settle/settle.ts';
import { VENTANA_OFICIAL, type Ventana } from '../window.ts';
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
    return (await takeOverHistory(otec, request.clientFor(otec), request)).sincronizado;
  } catch (error) {
    if (!(error instanceof GestorError)) throw error;
    await noteAskedToWait(request.ledger, otec, error, request.clock());
    return { ...nothing(otec.rut), falla: { mensaje: error.mensaje, queHacer: error.queHacer } };
  } finally {
    lease.release();
  }
}

/**
 * Reads what the ledger lacks of a provider's history and takes it over. By the holder of the provider's lease.
 * @returns `isKnown`: what stands there of the night to come is known for certain, so that nothing goes out twice. An
 *   old entry that cannot be read, or a history that is too long to be given, is in nobody's way: then the last days
 *   alone have been read.
 * @throws GestorError where it cannot be asked; nothing has changed then.
 */
export async function takeOverHistory(
  { rut: rutOtec }: Otec,
  client: GestorClient,
  { ledger: { db, datos }, clock, desde, signal, noche, ventana = VENTANA_OFICIAL }: HistoryRequest,
): Promise<{ sincronizado: Sincronizado; isKnown: boolean }> {
  const now = clock();
  const groups = await knownGroups(db, rutOtec);
  const fold = new AcceptedFold(rutOtec, groups, now);
  const lost = await LostEnvios.of(db, rutOtec, groups, now);
  const erasedAt = erasedIn(datos);
  const from = desde ?? (await firstDayToRead(db, rutOtec));
  const known = await knownProcesses(db, rutOtec);
  const seen = new Set<number>();
  const show = (whole: ProcesoHistorial) => {
    const proceso = withoutErased(whole, erasedAt);
    const id = readProcessId(proceso);
    if (id !== null && seen.has(id)) return;
    if (id !== null) seen.add(id);
    fold.show(proceso);
    lost.show(proceso);
  };
  const look = (since: string | undefined) => lookThrough(client, since, known, show, { signal });
  const wasUnread = desde === undefined && (await unreadOf(db, rutOtec)) !== null;
  const all = await look(from).catch((error: unknown) => {
    if (wasUnread && isTooMuch(error)) return null;
    throw error;
  });
  const isAll = desde === undefined && all !== null && isWhole(all);
  const day = santiagoDate(now);
  const recent =
    wasUnread && !isAll ? await look(dayBefore(noche !== undefined && noche < day ? noche : day)) : null;
  const isKnown = isAll || (recent !== null && isWhole(recent));
  const looked = all ?? recent;
  if (looked === null) throw new Error('Nothing was looked through');
  const today = santiagoDate(looked.serverDate ?? now);
  const sincronizado = await db.transaction().execute(async (tx) => {
    const counts = await takeOver(tx, rutOtec, fold.aceptados);
    const restored = await restoreEnvios(tx, rutOtec, lost.found, {
      ...{ now, today, noche: noche ?? today, ventana },
    });
    if (isAll) await noteRead(tx, rutOtec, today, now);
    if (wasUnread) await noteHistoryRead(tx, rutOtec, isKnown ? now : null);
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
  return { sincronizado, isKnown };
}

type HistoryRequest = Pick<SyncRequest, 'ledger' | 'clock' | 'desde' | 'signal'> & {
  /** The night that is to be sent, where it is not today's. */
  noche?: string;
  /** The provider's own; the official one when left out. */
  ventana?: Ventana | undefined;
};

/** All of it at once is more than the service can give; its last days may not be. */
function isTooMuch(error: unknown): boolean {
  return error instanceof GestorError && !cannotSend(error) && error.code !== 'aborted';
}

function isWhole({ cut, skipped }: Looked): boolean {
  return !cut && skipped === 0;
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
  return dayBefore(row.hasta);
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - DAY_MS).toISOString().slice(0, 10);
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
