import { type ProcesoHistorial, santiagoDate } from '@puente-sic/protocol';
import type { Calls } from '../calls.ts';
import { GestorError } from '../gestor-error.ts';
import { OwnProcess } from './find.ts';
import { lookThrough } from './look-through.ts';
import { isWhole, type Matched, matchProcess } from './match.ts';
import type { OpenSend, Storage } from './storage.ts';
import { type Asked, waitLeft } from './wait.ts';

export type Settled =
  /** It arrived as this process; `unknown` records are not in it, and will not come any more. */
  | { kind: 'arrived'; matched: Matched; proceso: ProcesoHistorial; status: number }
  /** An answer gave its process, and the history does not show it: what the answer did not name stays untold. */
  | { kind: 'untold'; idProceso: number }
  /** It never arrived and may be made again. */
  | { kind: 'not-arrived' }
  /** Not known yet. `until`: by this computer's clock when it can be, if the history goes on saying nothing. */
  | { kind: 'open'; why: 'waiting' | 'incomplete'; until: Date | null }
  /** The service could not be asked. */
  | { kind: 'not-asked'; error: GestorError };

export interface SettleOptions {
  client: Pick<Calls, 'history' | 'historyStream'>;
  storage: Storage;
  clock: () => Date;
  signal?: AbortSignal | undefined;
}

/**
 * Asks the history what became of one send. By its code or number while it may be on its way; to prove that it did not
 * arrive all of the provider's history since the day before is looked through, whatever it says of codes, and counts
 * only if every entry of it could be read and the service did not cut it. A send that was denied is looked for in all of
 * it at once, and by its code where that was cut.
 */
export async function settleSend(send: OpenSend, options: SettleOptions): Promise<Settled> {
  try {
    return await ask(send, options);
  } catch (error) {
    if (!(error instanceof GestorError)) throw error;
    return { kind: 'not-asked', error };
  }
}

async function ask(send: OpenSend, options: SettleOptions): Promise<Settled> {
  const { client, storage, clock, signal } = options;
  const others = await storage.otherSends(send);
  const own = new OwnProcess(send, others);

  const filter = narrow(send);
  if (filter !== null && !send.denied) {
    const history = await client.history(filter, { signal });
    for (const proceso of history.processes) own.show(proceso);
    const left = await leftAfter(send, { local: clock(), service: history.serverDate }, storage);
    const settled = settledBy(send, own.found, left, history.status, clock);
    if (settled !== null) return settled;
    if (left > 0) return { kind: 'open', why: 'waiting', until: later(clock(), left) };
  }

  const desde = dayBefore(send, clock());
  const looked = await lookThrough(client, desde, others.processes, (proceso) => own.show(proceso), {
    signal,
  });
  const asked = { local: clock(), service: looked.serverDate };
  const left = await leftAfter(send, asked, storage);
  const settled = settledBy(send, own.found, left, looked.status, clock);
  if (settled !== null) return settled;
  if (left > 0) return { kind: 'open', why: 'waiting', until: later(clock(), left) };
  if (looked.skipped > 0 || looked.cut) {
    // A list that is cut shows nothing missing, and one process can still be asked for.
    const named = filter !== null && send.denied ? await client.history(filter, { signal }) : null;
    for (const proceso of named?.processes ?? []) own.show(proceso);
    const shown = named === null ? null : settledBy(send, own.found, left, named.status, clock);
    return shown ?? { kind: 'open', why: 'incomplete', until: null };
  }
  if (send.idProceso !== null) return { kind: 'untold', idProceso: send.idProceso };
  await storage.notArrived(send, { desde, procesos: looked.processes, asked, status: looked.status });
  return { kind: 'not-arrived' };
}

/** Null: the history has no process that is its own. */
function settledBy(
  send: OpenSend,
  proceso: ProcesoHistorial | null,
  left: number,
  status: number,
  clock: () => Date,
): Settled | null {
  if (proceso === null) return null;
  const matched = matchProcess(send.curso, proceso);
  if (left === 0 || isWhole(matched)) return { kind: 'arrived', matched, proceso, status };
  return { kind: 'open', why: 'waiting', until: later(clock(), left) };
}

/** What can be asked for by name; null: only all that came in can be looked through. */
function narrow(send: OpenSend): { codigoEnvio: string } | { idProceso: number } | null {
  if (send.idProceso !== null) return { idProceso: send.idProceso };
  return send.version === 2 ? { codigoEnvio: send.codigoEnvio } : null;
}

/** What is left of the wait when this answer came. */
async function leftAfter(send: OpenSend, asked: Asked, storage: Storage): Promise<number> {
  if (send.denied) return 0;
  const first = send.firstAsked;
  if (first === null || (first.service === null && asked.service !== null)) {
    await storage.noteAsked(send, asked);
  }
  return waitLeft(first, asked);
}

/** The service's stamps may be UTC, and this computer's clock may have been ahead when it was sent. */
function dayBefore({ sentAt }: OpenSend, now: Date): string {
  return santiagoDate(new Date(Math.min(sentAt.getTime(), now.getTime()) - 24 * 3_600_000));
}

function later(now: Date, ms: number): Date {
  return new Date(now.getTime() + ms);
}
