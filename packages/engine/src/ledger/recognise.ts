import { existsSync } from 'node:fs';
import { openDatabase, rowsOf } from '@puente-sic/store';

/** Tables that nobody else has together; those of the first version, so that an old copy is known, too. */
const TABLES = ['kysely_migration', 'envio', 'noche', 'condicion'];

/** Whether a file is a ledger or a copy of one, by its tables; false for what is no database or cannot be read. */
export function isLedgerFile(file: string): boolean {
  if (!existsSync(file)) return false;
  try {
    const database = openDatabase(file, { readOnly: true });
    try {
      const tables = database.prepare("select name from sqlite_master where type = 'table'");
      const names = new Set([...rowsOf(tables)].map(({ name }) => name));
      return TABLES.every((name) => names.has(name));
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}
