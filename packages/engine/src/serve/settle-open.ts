import type { GestorClient } from '@puente-sic/client';
import { uncertainEnvios } from '../ledger/envios.ts';
import { pendingRows, updateNoche } from '../ledger/noches.ts';
import type { Stop } from '../send/provider.ts';
import { stopOf } from '../send/stop.ts';
import { settleOne } from '../settle/settle-one.ts';
import type { ServeContext } from './types.ts';

/** Asks the history for a provider's uncertain envíos; what shows that it cannot be asked now ends it. */
export async function settleOpen(
  rutOtec: string,
  { ledger, clock, onEvent, client, signal }: ServeContext & { client: GestorClient; signal: AbortSignal },
): Promise<Stop | null> {
  for (const row of await uncertainEnvios(ledger.db, { rutOtec })) {
    const settled = await settleOne(row, { ledger, client, clock, signal });
    const { noche, codigoEnvio } = row;
    if (settled.kind === 'open') {
      if (settled.error === null) continue;
      return stopOf(settled.error);
    }
    await makeDue(rutOtec, noche, codigoEnvio, { ledger, clock });
    onEvent?.({ kind: 'settled', rutOtec, noche, codigoEnvio, arrived: settled.kind === 'arrived' });
  }
  return null;
}

/** The course that waited for this code need not wait for its next try. */
async function makeDue(
  rutOtec: string,
  noche: string,
  codigoEnvio: string,
  { ledger: { db }, clock }: Pick<ServeContext, 'ledger' | 'clock'>,
): Promise<void> {
  const now = clock();
  for (const row of await pendingRows(db, rutOtec, noche)) {
    const codes: string[] = JSON.parse(row.inciertos);
    if (codes.includes(codigoEnvio)) {
      await updateNoche(db, row, { desde: now.toISOString() }, now);
    }
  }
}
