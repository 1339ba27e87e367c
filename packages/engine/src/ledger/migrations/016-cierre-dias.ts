import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** Days before its end on which a course comes into the list of what is to be closed; null: as always. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, 'ALTER TABLE cierre ADD COLUMN dias INTEGER;');
}
