import { join } from 'node:path';
import { type Lock, takeLock } from '@puente-sic/store';
import type { Ledger } from './ledger/ledger.ts';

/** Takes the right to send for a provider; null while another process (or another send of this one) has it. */
export function takeLease({ datos }: Ledger, rutOtec: string): Lock | null {
  if (datos === null) throw new Error('A ledger in memory cannot be sent from');
  return takeLeaseIn(datos, rutOtec);
}

/** The same where the folder's ledger may not be usable. */
export function takeLeaseIn(datos: string, rutOtec: string): Lock | null {
  return takeLock(join(datos, `candado-${rutOtec}.sqlite`));
}
