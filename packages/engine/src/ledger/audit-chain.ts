import { sql } from 'kysely';
import type { Ledger } from './ledger.ts';

/**
 * How long the audit trail is and where it ends, `128-3f2a9b…`: whoever has it written down elsewhere can tell later
 * whether an entry up to there was changed or taken out.
 */
export async function auditHead({ db }: Pick<Ledger, 'db'>): Promise<string> {
  const { rows } = await sql<{ id: number; huella: string }>`
    select id, huella from bitacora order by id desc limit 1`.execute(db);
  const [last] = rows;
  return headOf(last?.id ?? 0, last?.huella ?? '');
}

export function headOf(id: number, huella: string): string {
  return `${id}-${huella.slice(0, SHOWN)}`;
}

/** Enough of a hash that nobody finds another trail with the same, and few enough to be copied by hand. */
const SHOWN = 20;
