import { openPostgres } from './postgres/open.ts';
import { openSqlite } from './sqlite/open.ts';
import type { Store } from './store.ts';

/** Opens the store, a folder for SQLite or a `postgres://` address, and brings its schema up to date. */
export function openStore(datos: string): Promise<Store> {
  return /^postgres(ql)?:\/\//.test(datos) ? openPostgres(datos) : openSqlite(datos);
}
