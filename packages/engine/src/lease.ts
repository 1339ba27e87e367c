import { join } from 'node:path';
import { DatabaseSync } from '@photostructure/sqlite';
import type { Ledger } from './ledger/ledger.ts';

/** The right to send for one provider. */
export interface Lease {
  release(): void;
}

/**
 * Takes the right to send for a provider; null while another process (or another send of this one) has it.
 *
 * It is a lock of the operating system on a small file, not a row with a heartbeat: it is gone the moment its holder
 * dies, however it dies, and no clock that is wrong or steps back can take it from one who lives.
 */
export function takeLease({ datos }: Ledger, rutOtec: string): Lease | null {
  if (datos === null) throw new Error('A ledger in memory cannot be sent from');
  const lock = new DatabaseSync(join(datos, `candado-${rutOtec}.sqlite`), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (error instanceof Error && /locked|busy/i.test(error.message)) return null;
    throw error;
  }
  return { release: () => lock.close() };
}
