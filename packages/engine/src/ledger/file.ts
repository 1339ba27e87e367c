import { join } from 'node:path';

/** The ledger's name in a state folder. */
export const LEDGER_FILE = 'puente.sqlite';

/** The ledger's file in a state folder. */
export function ledgerFile(datos: string): string {
  return join(datos, LEDGER_FILE);
}
