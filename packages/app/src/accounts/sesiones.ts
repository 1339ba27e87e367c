import { randomBytes } from 'node:crypto';
import type { Ledger } from '@puente-sic/engine';
import { type Actor, deed } from './deed.ts';
import { hashOf } from './hash.ts';
import { accountsOf } from './tables.ts';
import type { UsuarioRow } from './usuario-row.ts';

/** Whose session a browser's cookie is. */
export type SesionRow = Pick<UsuarioRow, 'id' | 'usuario' | 'rol'>;

/** Unused so long, a session ends; and after seven days in any case. */
const IDLE_MS = 12 * 3_600_000;
export const LONGEST_SESSION_MS = 7 * 24 * 3_600_000;

/** Opens a session for who has just proved to be that account, and gives its cookie. The browser's former one ends. */
export async function logIn(ledger: Ledger, actor: Actor, opening: Opening, now: Date): Promise<string> {
  return deed(ledger, actor, now, async (inside) => {
    const cookie = await begin(inside, opening, now);
    return { result: cookie, hecho: { accion: 'ingreso', detalle: '' } };
  });
}

/** The same where it comes of a deed that has been written down: a first account, a new password. */
export async function openSesion(ledger: Ledger, opening: Opening, now: Date): Promise<string> {
  return ledger.db.transaction().execute((db) => begin({ ...ledger, db }, opening, now));
}

interface Opening {
  usuarioId: number;
  /** The cookie that the browser had before. */
  former: string | null;
}

async function begin(inside: Ledger, { usuarioId, former }: Opening, now: Date): Promise<string> {
  const cookie = randomBytes(32).toString('base64url');
  const db = accountsOf(inside);
  if (former !== null) await db.deleteFrom('sesion').where('huella', '=', hashOf(former)).execute();
  const idleSince = new Date(now.getTime() - IDLE_MS).toISOString();
  await db.deleteFrom('sesion').where('vista', '<', idleSince).execute();
  const at = now.toISOString();
  await db
    .insertInto('sesion')
    .values({ huella: hashOf(cookie), usuarioId, creada: at, vista: at })
    .execute();
  await db.updateTable('usuario').set({ ultimoIngreso: at }).where('id', '=', usuarioId).execute();
  return cookie;
}

/**
 * The session of a cookie; null where there is none, or it has ended. Its use is written down where `isUse`: a page that
 * asks by itself, with nobody before it, keeps no session alive.
 */
export async function resumeSesion(
  ledger: Ledger,
  cookie: string,
  now: Date,
  isUse: boolean,
): Promise<SesionRow | null> {
  const db = accountsOf(ledger);
  const huella = hashOf(cookie);
  const row = await db
    .selectFrom('sesion')
    .innerJoin('usuario', 'usuario.id', 'sesion.usuarioId')
    .select(['usuario.id', 'usuario.usuario', 'usuario.rol', 'sesion.creada', 'sesion.vista'])
    .where('sesion.huella', '=', huella)
    .executeTakeFirst();
  if (row === undefined) return null;
  const { creada, vista, ...whose } = row;
  const idle = now.getTime() - Date.parse(vista);
  if (idle > IDLE_MS || now.getTime() - Date.parse(creada) > LONGEST_SESSION_MS) {
    await db.deleteFrom('sesion').where('huella', '=', huella).execute();
    return null;
  }
  if (isUse && idle > 60_000) {
    await db.updateTable('sesion').set({ vista: now.toISOString() }).where('huella', '=', huella).execute();
  }
  return whose;
}

export async function closeSesion(ledger: Ledger, actor: Actor, cookie: string, now: Date): Promise<void> {
  await deed(ledger, actor, now, async (inside) => {
    await accountsOf(inside).deleteFrom('sesion').where('huella', '=', hashOf(cookie)).execute();
    return { result: undefined, hecho: { accion: 'salida', detalle: '' } };
  });
}
