import type { Ledger } from '@puente-sic/engine';
import type { Selectable } from 'kysely';
import { accountsOf, type UsuarioTable } from './tables.ts';

/** An account of the panel; `clave` is its password's hash. */
export type UsuarioRow = Selectable<UsuarioTable>;

export async function listUsuarios(ledger: Ledger): Promise<UsuarioRow[]> {
  return accountsOf(ledger).selectFrom('usuario').selectAll().orderBy('usuario').execute();
}

/** Upper and lower case are the same. */
export async function findUsuario(ledger: Ledger, usuario: string): Promise<UsuarioRow | null> {
  const row = await accountsOf(ledger)
    .selectFrom('usuario')
    .selectAll()
    .where('usuario', '=', usuario)
    .executeTakeFirst();
  return row ?? null;
}

/** Null: there is an account of that name already; with `first`, that there is any. */
export async function insertUsuario(
  ledger: Ledger,
  usuario: Pick<UsuarioRow, 'usuario' | 'clave' | 'rol'>,
  now: Date,
  { first = false } = {},
): Promise<UsuarioRow | null> {
  return accountsOf(ledger)
    .transaction()
    .execute(async (tx) => {
      const any = await tx.selectFrom('usuario').select('id').limit(1).executeTakeFirst();
      if (first && any !== undefined) return null;
      const row = await tx
        .insertInto('usuario')
        .values({ ...usuario, creado: now.toISOString(), ultimoIngreso: null })
        .onConflict((conflict) => conflict.doNothing())
        .returningAll()
        .executeTakeFirst();
      return row ?? null;
    });
}

/** False: it would leave nobody who can administer, or nobody has that id. A new password closes its sessions. */
export async function updateUsuario(
  ledger: Ledger,
  id: number,
  change: Partial<Pick<UsuarioRow, 'clave' | 'rol' | 'ultimoIngreso'>>,
): Promise<boolean> {
  return accountsOf(ledger)
    .transaction()
    .execute(async (tx) => {
      const rows = await tx.selectFrom('usuario').select(['id', 'rol']).execute();
      const kept = rows.map((row) => (row.id === id ? (change.rol ?? row.rol) : row.rol));
      if (!rows.some((row) => row.id === id) || !kept.includes('administrador')) return false;
      await tx.updateTable('usuario').set(change).where('id', '=', id).execute();
      if (change.clave !== undefined) await tx.deleteFrom('sesion').where('usuarioId', '=', id).execute();
      return true;
    });
}

/** False as in {@link updateUsuario}. Its sessions go with it. */
export async function deleteUsuario(ledger: Ledger, id: number): Promise<boolean> {
  return accountsOf(ledger)
    .transaction()
    .execute(async (tx) => {
      const rows = await tx.selectFrom('usuario').select(['id', 'rol']).execute();
      const others = rows.filter((row) => row.id !== id);
      if (others.length === rows.length || !others.some(({ rol }) => rol === 'administrador')) return false;
      await tx.deleteFrom('usuario').where('id', '=', id).execute();
      return true;
    });
}
