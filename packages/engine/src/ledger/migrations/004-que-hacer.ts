import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** What to do about a condition stands beside what it is. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, PAGE);
}

const PAGE = `
ALTER TABLE condicion ADD COLUMN queHacer TEXT NOT NULL DEFAULT '';
`;
