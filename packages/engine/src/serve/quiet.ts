import { type Kysely, sql } from 'kysely';
import type { Tables } from '../ledger/tables.ts';
import type { Night } from '../window.ts';

/** A provider whose night is settled, or not begun, costs one look at whether the ledger has changed. */
export interface Quiet {
  /** Whether the last question found nothing to do and would find the same now. */
  lasts(night: Night, now: Date): Promise<boolean>;
  /** The question that is being answered has found that only time or the ledger can bring something. */
  begin(): void;
}

export function quietOf(db: Kysely<Tables>): Quiet {
  let asked: { noche: string; at: number; stamp: string } | null = null;
  let isQuiet = false;
  return {
    async lasts({ noche }, now) {
      // Before the answer is looked for: what is written meanwhile is another state.
      const stamp = await stampOf(db);
      const at = now.getTime();
      const isSame = asked !== null && asked.noche === noche && asked.stamp === stamp;
      if (isQuiet && isSame && asked !== null && at >= asked.at && at - asked.at < LONGEST_MS) return true;
      asked = { noche, at, stamp };
      isQuiet = false;
      return false;
    },
    begin() {
      isQuiet = true;
    },
  };
}

/** Changes with every write, of this connection or another one. */
async function stampOf(db: Kysely<Tables>): Promise<string> {
  const { rows } = await sql<{ own: number; others: number }>`
    SELECT total_changes() AS own, data_version AS others FROM pragma_data_version`.execute(db);
  return JSON.stringify(rows);
}

/** What time alone makes due (the history is asked again every hour) may be so much late, in milliseconds. */
const LONGEST_MS = 5 * 60_000;
