import type { Ledger } from '@puente-sic/engine';
import { accountsOf } from './tables.ts';
import type { UsuarioRow } from './usuarios.ts';

/** A browser's session; known by the hash of its cookie. */
export interface SesionRow extends Pick<UsuarioRow, 'id' | 'usuario' | 'rol'> {
  creada: string;
  vista: string;
}

export async function insertSesion(
  ledger: Ledger,
  huella: string,
  usuarioId: number,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await accountsOf(ledger)
    .insertInto('sesion')
    .values({ huella, usuarioId, creada: at, vista: at })
    .execute();
}

/** The session and whose it is. */
export async function findSesion(ledger: Ledger, huella: string): Promise<SesionRow | null> {
  const row = await accountsOf(ledger)
    .selectFrom('sesion')
    .innerJoin('usuario', 'usuario.id', 'sesion.usuarioId')
    .select(['usuario.id', 'usuario.usuario', 'usuario.rol', 'sesion.creada', 'sesion.vista'])
    .where('sesion.huella', '=', huella)
    .executeTakeFirst();
  return row ?? null;
}

export async function touchSesion(ledger: Ledger, huella: string, now: Date): Promise<void> {
  await accountsOf(ledger)
    .updateTable('sesion')
    .set({ vista: now.toISOString() })
    .where('huella', '=', huella)
    .execute();
}

export async function deleteSesion(ledger: Ledger, huella: string): Promise<void> {
  await accountsOf(ledger).deleteFrom('sesion').where('huella', '=', huella).execute();
}

/** Takes away what nobody has used since. */
export async function deleteSesionesBefore(ledger: Ledger, since: Date): Promise<void> {
  await accountsOf(ledger).deleteFrom('sesion').where('vista', '<', since.toISOString()).execute();
}
