import { eraseAgain } from '../backup/erase-again.ts';
import { readErasures } from '../privacy/erasures.ts';
import type { ServeContext } from './types.ts';

/**
 * Who had been erased and came back with a restored backup, while an envío of theirs was uncertain, goes once that is
 * known. For a loop that asks every minute; it looks every hour.
 */
export function eraseWaiting({ ledger, clock }: Pick<ServeContext, 'ledger' | 'clock'>): () => Promise<void> {
  let notBefore = 0;
  return async () => {
    const now = clock();
    if (ledger.datos === null || now.getTime() < notBefore) return;
    notBefore = now.getTime() + LOOK_EVERY_MS;
    await eraseAgain(ledger, readErasures(ledger.datos), now);
  };
}

const LOOK_EVERY_MS = 3_600_000;
