import { createHash } from 'node:crypto';

/** What somebody did, as the audit trail holds it. */
export interface AuditEntry {
  id: number;
  /** ISO 8601, UTC. */
  cuando: string;
  quien: string | null;
  direccion: string;
  accion: string;
  detalle: string;
}

/** An entry's SHA-256 over what it says and the hash of the one before; `former` is empty for the first. */
export function auditHash(former: string, entry: AuditEntry): string {
  const { id, cuando, quien, direccion, accion, detalle } = entry;
  const said = JSON.stringify([former, id, cuando, quien, direccion, accion, detalle]);
  return createHash('sha256').update(said).digest('hex');
}
