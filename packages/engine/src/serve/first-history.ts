import type { GestorClient } from '@puente-sic/client';
import { santiagoDate } from '@puente-sic/protocol';
import { readFirst } from '../history/first-reading.ts';
import { releaseNoche } from '../ledger/noches.ts';
import type { Stop } from '../send/stop.ts';
import type { Night } from '../window.ts';
import type { Provider, ServeContext } from './types.ts';

/**
 * Reads what SENCE has before the first night of a ledger that does not know it, under the runner's lease; courses that
 * waited for it are due then.
 * @param more.isOpen whether that night can still be sent; else the next one is to be.
 * @returns why it could not be read; null where it is known now.
 */
export async function readFirstOfNight(
  { otec, ventana }: Pick<Provider, 'otec' | 'ventana'>,
  { noche }: Night,
  {
    client,
    signal,
    ledger,
    clock,
    isOpen,
  }: ServeContext & { client: GestorClient; signal: AbortSignal; isOpen: boolean },
): Promise<Stop | null> {
  const next = isOpen ? noche : santiagoDate(clock());
  const more = { ledger, client, clock, signal, noche: next, ...(ventana && { ventana }) };
  const read = await readFirst(otec, more);
  if (read !== null && 'mensaje' in read) return read;
  await releaseNoche(ledger.db, { rutOtec: otec.rut, noche }, clock());
  return null;
}
