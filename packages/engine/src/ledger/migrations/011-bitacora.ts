import { runStatements } from '@puente-sic/store';
import { type Kysely, sql } from 'kysely';
import { type AuditEntry, auditHash } from '../audit-hash.ts';

/** Each entry of the audit trail carries the hash of the one before; those that there are get theirs. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await runStatements(db, PAGE);
  const { rows } = await sql<AuditEntry>`select * from bitacora order by id`.execute(db);
  let former = '';
  for (const entry of rows) {
    former = auditHash(former, entry);
    await sql`update bitacora set huella = ${former} where id = ${entry.id}`.execute(db);
  }
}

const PAGE = `
ALTER TABLE bitacora ADD COLUMN huella TEXT NOT NULL DEFAULT ''; -- SHA-256 of the entry and of the one before
`;
