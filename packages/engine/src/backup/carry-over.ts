import { statSync } from 'node:fs';
import { openDatabase } from '@puente-sic/store';
import { type AuditEntry, auditHash } from '../ledger/audit-hash.ts';

type Database = ReturnType<typeof openDatabase>;

/**
 * What a restored ledger must not bring back, and what it must not forget: accounts and keys are those of now (one that
 * was deleted, a password that was changed, a second step, a key that was revoked stay so), the audit and the record of erasures go
 * on, and nobody who was in stays in. Where nobody has an account now, the folder is new: the backup's accounts hold.
 * @param former the ledger as it was before; where there is none, or it is empty or damaged, only the sessions end.
 */
export function carryOver(ledger: string, former: string | null): void {
  const database = openDatabase(ledger);
  try {
    database.exec('DELETE FROM sesion');
    if (former === null || !isReadable(former)) return;
    database.prepare('ATTACH ? AS antes').run(former);
    const { n } = database.prepare('SELECT count(*) AS n FROM antes.usuario').get() as { n: number };
    if (n > 0) database.exec(ACCOUNTS);
    carryAudit(database);
  } finally {
    database.close();
  }
}

/** The trail of now goes on, since the backup's is an earlier part of it; what is only in the backup is put behind it. */
function carryAudit(database: Database): void {
  const entries = (schema: string) =>
    database.prepare(`SELECT * FROM ${schema}.bitacora ORDER BY id`).all() as unknown as Entry[];
  const [now, restored] = [entries('antes'), entries('main')];
  const known = new Set(now.map(said));
  const insert = database.prepare('INSERT INTO main.bitacora VALUES (?, ?, ?, ?, ?, ?, ?)');
  database.exec(
    'BEGIN IMMEDIATE; DELETE FROM main.bitacora; INSERT INTO main.bitacora SELECT * FROM antes.bitacora',
  );
  let { id, huella } = now.at(-1) ?? { id: 0, huella: '' };
  for (const entry of restored.filter((one) => !known.has(said(one)))) {
    id += 1;
    huella = auditHash(huella, { ...entry, id });
    const { cuando, quien, direccion, accion, detalle } = entry;
    insert.run(id, cuando, quien, direccion, accion, detalle, huella);
  }
  database.exec('COMMIT');
}

type Entry = AuditEntry & { huella: string };

function said({ cuando, quien, direccion, accion, detalle }: AuditEntry): string {
  return JSON.stringify([cuando, quien, direccion, accion, detalle]);
}

function isReadable(file: string): boolean {
  // An empty file opens as a database in which nothing is.
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return false;
  let database: Database | undefined;
  try {
    database = openDatabase(file, { readOnly: true });
    return database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'bitacora'").get() !== undefined;
  } catch {
    return false;
  } finally {
    database?.close();
  }
}

const ACCOUNTS = `
  BEGIN IMMEDIATE;
  DELETE FROM usuario;
  INSERT INTO usuario SELECT * FROM antes.usuario;
  DELETE FROM claveApi;
  INSERT INTO claveApi SELECT * FROM antes.claveApi;
  DELETE FROM segundoPaso;
  INSERT INTO segundoPaso SELECT * FROM antes.segundoPaso;
  DELETE FROM secreto WHERE nombre LIKE 'segundo-paso:%';
  INSERT INTO secreto SELECT * FROM antes.secreto WHERE nombre LIKE 'segundo-paso:%';
  COMMIT;`;
