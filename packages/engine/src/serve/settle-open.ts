import type { GestorClient } from '@puente-sic/client';
import { uncertainEnvios } from '../ledger/envios.ts';
import type { Stop } from '../send/stop.ts';
import { stopOf } from '../send/stop.ts';
import { settleOne } from '../settle/settle-one.ts';
import { makeDue, tellStuck } from '../settle/waiting.ts';
import type { ServeContext } from './types.ts';

/** What asking the history showed of the line to SENCE. */
export interface Asked {
  /** It cannot be asked now; null: it could. */
  stop: Stop | null;
  /** A call whose answer was lost had been taken. */
  arrived: boolean;
}

/**
 * Asks the history for a provider's uncertain envíos; what shows that it cannot be asked now ends it. What waiting will
 * not tell is told once its night is over.
 */
export async function settleOpen(
  rutOtec: string,
  {
    ledger,
    clock,
    onEvent,
    client,
    signal,
    isOver,
  }: ServeContext & { client: GestorClient; signal: AbortSignal; isOver: (noche: string) => boolean },
): Promise<Asked> {
  let arrived = false;
  for (const row of await uncertainEnvios(ledger.db, { rutOtec })) {
    const settled = await settleOne(row, { ledger, client, clock, signal });
    const { noche, codigoEnvio } = row;
    if (settled.kind === 'open') {
      if (settled.error === null) {
        if (settled.isStuck && isOver(noche)) await tellStuck(ledger.db, row, settled.mensaje);
        continue;
      }
      return { stop: stopOf(settled.error), arrived };
    }
    arrived ||= settled.kind === 'arrived';
    await makeDue(ledger.db, row, clock());
    onEvent?.({ kind: 'settled', rutOtec, noche, codigoEnvio, arrived: settled.kind === 'arrived' });
  }
  return { stop: null, arrived };
}
