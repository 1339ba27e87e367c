import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** Whether a ledger that began anew, or that a backup was put into, has heard from SENCE's history what it lacks. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, PAGE);
}

const PAGE = `
CREATE TABLE partida (
  rutOtec      TEXT PRIMARY KEY,
  restaurado   TEXT,                      -- when a backup was put into this ledger; null: it began knowing nothing
  ultimaNoche  TEXT,                      -- the last night that the backup knew of; null: none
  leido        TEXT,                      -- since when the history is known far enough to send; null: not yet
  contado      INTEGER NOT NULL DEFAULT 0 -- 1: the nights that the backup did not know were told
) STRICT, WITHOUT ROWID;
`;
