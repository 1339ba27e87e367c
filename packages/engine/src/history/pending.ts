import { GestorError } from '@puente-sic/client';
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
      (await isEmpty(otec, request)) && (await hasHistory(otec, request)) ? [otec] : [],
    ),
  );
  return found.flat();
}

async function isEmpty({ rut }: Otec, { ledger: { db } }: FreshStartRequest): Promise<boolean> {
  for (const table of ['envio', 'aceptado', 'historial'] as const) {
    const row = await db
      .selectFrom(table)
      .select('rutOtec')
      .where('rutOtec', '=', rut)
      .limit(1)
      .executeTakeFirst();
    if (row !== undefined) return false;
  }
  return true;
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
