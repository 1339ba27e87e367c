import type { GestorClient } from '@puente-sic/client';
import { uncertainEnvios } from '../ledger/envios.ts';
import { nocheRows, updateNoche } from '../ledger/noches.ts';
import type { Stop } from '../send/provider.ts';
import { stopOf } from '../send/stop.ts';
import { settleOne } from '../settle/settle-one.ts';
import type { ServeContext } from './types.ts';

/** What asking the history showed of the line to SENCE. */
export interface Asked {
  /** It cannot be asked now; null: it could. */
  stop: Stop | null;
  /** A call whose answer was lost had been taken. */
  arrived: boolean;
}

/** Asks the history for a provider's uncertain envíos; what shows that it cannot be asked now ends it. */
export async function settleOpen(
  rutOtec: string,
  { ledger, clock, onEvent, client, signal }: ServeContext & { client: GestorClient; signal: AbortSignal },
): Promise<Asked> {
  let arrived = false;
  for (const row of await uncertainEnvios(ledger.db, { rutOtec })) {
    const settled = await settleOne(row, { ledger, client, clock, signal });
    const { noche, codigoEnvio } = row;
    if (settled.kind === 'open') {
      if (settled.error === null) continue;
      return { stop: stopOf(settled.error), arrived };
    }
    arrived ||= settled.kind === 'arrived';
    await makeDue(rutOtec, noche, codigoEnvio, { ledger, clock });
    onEvent?.({ kind: 'settled', rutOtec, noche, codigoEnvio, arrived: settled.kind === 'arrived' });
  }
  return { stop: null, arrived };
}

/** The course that waited for this code need not wait for its next try. */
async function makeDue(
  rutOtec: string,
  noche: string,
  codigoEnvio: string,
  { ledger: { db }, clock }: Pick<ServeContext, 'ledger' | 'clock'>,
): Promise<void> {
  const now = clock();
  for (const row of await nocheRows(db, rutOtec, noche)) {
    const codes: string[] = JSON.parse(row.inciertos);
    if (row.estado === 'pendiente' && codes.includes(codigoEnvio)) {
      await updateNoche(db, row, { desde: now.toISOString() }, now);
    }
  }
}
