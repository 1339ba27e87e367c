import { ANOTHER_SERVER } from '@puente-sic/protocol';
import { StoreError } from '@puente-sic/store';
import { StartError } from '../start-error.ts';
import { openPostgres } from './postgres/open.ts';
import { openSqlite } from './sqlite/open.ts';
import type { Store } from './store.ts';
import { isUnavailable } from './unavailable.ts';

/**
 * Opens the store, a folder for SQLite or a `postgres://` address, and brings its schema up to date. Throws a
 * {@link StartError} where the folder or the server cannot be used.
 */
export async function openStore(datos: string): Promise<Store> {
  const isPostgres = /^postgres(ql)?:\/\//.test(datos);
  try {
    return await (isPostgres ? openPostgres(datos) : openSqlite(datos));
  } catch (error) {
    if (isPostgres && isPostgresRefusal(error)) {
      throw new StartError(
        'No se puede entrar a la base PostgreSQL.',
        'Revise que el servidor esté encendido y que la dirección, el usuario, la contraseña y el nombre de la base sean correctos.',
        { cause: error },
      );
    }
    if (error instanceof StoreError) throw new StartError(error.message, error.fix, { cause: error });
    throw error;
  }
}

/** Not reached, or: wrong password (28), no such database (3D), no right to it (42501), no PostgreSQL at all. */
function isPostgresRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return isUnavailable(error) || code === ANOTHER_SERVER || /^(28|3D|42501)/.test(code);
}
