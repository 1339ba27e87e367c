import type { Ledger } from './ledger.ts';
import type { UsuarioRow } from './usuarios.ts';

/** A browser's session; known by the hash of its cookie. */
export interface SesionRow extends Pick<UsuarioRow, 'id' | 'usuario' | 'rol'> {
  creada: string;
  vista: string;
}

export async function insertSesion(
  { db }: Ledger,
  huella: string,
  usuarioId: number,
  now: Date,
): Promise<void> {
  const at = now.toISOString();
  await db.insertInto('sesion').values({ huella, usuarioId, creada: at, vista: at }).execute();
}

/** The session and whose it is. */
export async function findSesion({ db }: Ledger, huella: string): Promise<SesionRow | null> {
  const row = await db
    .selectFrom('sesion')
    .innerJoin('usuario', 'usuario.id', 'sesion.usuarioId')
    .select(['usuario.id', 'usuario.usuario', 'usuario.rol', 'sesion.creada', 'sesion.vista'])
    .where('sesion.huella', '=', huella)
    .executeTakeFirst();
  return row ?? null;
}

export async function touchSesion({ db }: Ledger, huella: string, now: Date): Promise<void> {
  await db.updateTable('sesion').set({ vista: now.toISOString() }).where('huella', '=', huella).execute();
}

export async function deleteSesion({ db }: Ledger, huella: string): Promise<void> {
  await db.deleteFrom('sesion').where('huella', '=', huella).execute();
}

/** Takes away what nobody has used since. */
export async function deleteSesionesBefore({ db }: Ledger, since: Date): Promise<void> {
  await db.deleteFrom('sesion').where('vista', '<', since.toISOString()).execute();
}
