import { GestorError } from '@puente-sic/client';
import { knowsNothing } from '../ledger/partidas.ts';
import type { Otec, SendRequest } from '../request.ts';

type FreshStartRequest = Pick<SendRequest, 'ledger' | 'otecs' | 'clientFor' | 'signal'>;

/**
 * The providers of which this ledger knows nothing while SENCE's history has something: they come from another tool,
 * or from a lost state folder, and should synchronise first. Asks SENCE only for those that the ledger does not know;
 * who cannot be asked is none of them.
 */
export async function providersToSync(request: FreshStartRequest): Promise<Otec[]> {
  const found = await Promise.all(
    request.otecs.map(async (otec) =>
      (await knowsNothing(request.ledger.db, otec.rut)) && (await hasHistory(otec, request)) ? [otec] : [],
    ),
  );
  return found.flat();
}

/** Reads no further than the first process. */
async function hasHistory(otec: Otec, { clientFor, signal }: FreshStartRequest): Promise<boolean> {
  const enough = new AbortController();
  let some = false;
  try {
    await clientFor(otec).historyStream(
      {},
      () => {
        some = true;
        enough.abort();
      },
      { once: true, signal: signal ? AbortSignal.any([signal, enough.signal]) : enough.signal },
    );
  } catch (error) {
    if (!(error instanceof GestorError)) throw error;
  }
  return some;
}
