import { statSync } from 'node:fs';
import { openDatabase } from '@puente-sic/store';

/**
 * What a restored ledger must not bring back, and what it must not forget: accounts and keys are those of now (one that
 * was deleted, a password that was changed, a key that was revoked stay so), the audit and the record of erasures go
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
  } finally {
    database.close();
  }
}

function isReadable(file: string): boolean {
  // An empty file opens as a database in which nothing is.
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) === 0) return false;
  try {
    openDatabase(file, { readOnly: true }).close();
    return true;
  } catch {
    return false;
  }
}

const ACCOUNTS = `
  BEGIN IMMEDIATE;
  DELETE FROM usuario;
  INSERT INTO usuario SELECT * FROM antes.usuario;
  DELETE FROM claveApi;
  INSERT INTO claveApi SELECT * FROM antes.claveApi;
  INSERT INTO bitacora (cuando, quien, direccion, accion, detalle)
    SELECT cuando, quien, direccion, accion, detalle FROM antes.bitacora AS old
    WHERE NOT EXISTS (SELECT 1 FROM bitacora AS kept WHERE kept.cuando = old.cuando AND kept.accion = old.accion)
    ORDER BY id;
  COMMIT;`;
