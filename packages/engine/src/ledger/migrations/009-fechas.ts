import { runStatements } from '@puente-sic/store';
import type { Kysely } from 'kysely';

/** What a history tells of dates, for what is known from it alone. */
export function up(db: Kysely<unknown>): Promise<void> {
  return runStatements(db, PAGE);
}

const PAGE = `
ALTER TABLE aceptado ADD COLUMN fechas TEXT; -- as the history gave them: fechaInicio|fechaFin of the student, then of the module; null: not known
`;
