import type { Ledger } from '@puente-sic/engine';
import { Failure } from '../failure.ts';
import { type Actor, CONSOLE, deed } from './deed.ts';
import { readingOf } from './nombre.ts';
import { newPasswordHash } from './password.ts';
import { forgetSecondStep } from './segundo-paso.ts';
import { accountsOf, type Rol } from './tables.ts';
import type { UsuarioRow } from './usuario-row.ts';

export async function listUsuarios(ledger: Ledger): Promise<UsuarioRow[]> {
  return accountsOf(ledger).selectFrom('usuario').selectAll().orderBy('usuario').execute();
}

/** Upper and lower case are the same, and so is an accent that was typed as a sign of its own. */
export async function findUsuario(ledger: Ledger, usuario: string): Promise<UsuarioRow | null> {
  const called = (name: string) =>
    accountsOf(ledger).selectFrom('usuario').selectAll().where('usuario', '=', name).executeTakeFirst();
  return (await called(usuario)) ?? (await called(usuario.normalize('NFC'))) ?? null;
}

/** An account as it is asked for, its password in the clear. */
export interface UsuarioNuevo {
  usuario: string;
  clave: string;
  rol: Rol;
}

/** Null: there is an account already that is called so, or whose name reads the same. */
export async function createUsuario(
  ledger: Ledger,
  actor: Actor,
  asked: UsuarioNuevo,
  now: Date,
): Promise<UsuarioRow | null> {
  const clave = await newPasswordHash(asked.clave, asked.usuario);
  return deed(ledger, actor, now, async (inside) => {
    if ((await readAlike(inside, asked.usuario)) !== null) return { result: null, hecho: null };
    const row = await insert(inside, { ...asked, clave }, now);
    const hecho = { accion: 'usuario-creado', detalle: `«${asked.usuario}», ${asked.rol}.` };
    return { result: row, hecho: row && hecho };
  });
}

/**
 * An administrator's account for who sits at the computer itself: the one of that name with this password from now on and
 * no second step, or a new one. `take` uses up what lets them in, once nothing else stands in the way. Null: it was used up already.
 * @throws Failure for a password that is too common, for the name of somebody who does not administer, and for one that
 * reads like another's.
 */
export async function claimUsuario(
  ledger: Ledger,
  direccion: string,
  { usuario, ...asked }: Omit<UsuarioNuevo, 'rol'>,
  take: () => Promise<boolean>,
  now: Date,
): Promise<UsuarioRow | null> {
  const clave = await newPasswordHash(asked.clave, usuario);
  await claimable(ledger, usuario);
  if (!(await take())) return null;
  return deed(ledger, { quien: CONSOLE.quien, direccion }, now, async (inside) => {
    const known = await claimable(inside, usuario);
    const hadStep = known !== null && (await forgetSecondStep(inside, known.id));
    if (known !== null) await newPassword(inside, known.id, clave);
    const row = known ?? (await insert(inside, { usuario, clave, rol: 'administrador' }, now));
    const detalle = known
      ? `«${known.usuario}» tiene una clave nueva${hadStep ? ', sin segundo paso' : ''}, con un enlace de la consola.`
      : `Creó al administrador «${usuario}», con un enlace de la consola.`;
    return { result: row, hecho: { accion: known ? 'clave-recuperada' : 'usuario-creado', detalle } };
  });
}

/** The account of that name, an administrator's; null: there is none, nor one that reads the same. */
async function claimable(ledger: Ledger, usuario: string): Promise<UsuarioRow | null> {
  const known = await findUsuario(ledger, usuario);
  const alike = known === null ? await readAlike(ledger, usuario) : null;
  if (alike !== null) throw readsTheSame(usuario, alike);
  if (known === null || known.rol === 'administrador') return known;
  throw new Failure(
    `«${known.usuario}» ya existe y no administra este panel.`,
    'Escriba el nombre de quien administra, o uno nuevo.',
  );
}

function readsTheSame(usuario: string, other: UsuarioRow): Failure {
  return new Failure(
    `«${usuario}» se lee igual que «${other.usuario}», que ya existe.`,
    `Si esa cuenta es la suya, escriba su nombre tal como está. Si no, elija uno que no se confunda, por ejemplo con su apellido.`,
  );
}

async function readAlike(ledger: Ledger, usuario: string): Promise<UsuarioRow | null> {
  const reading = readingOf(usuario);
  return (await listUsuarios(ledger)).find((row) => readingOf(row.usuario) === reading) ?? null;
}

/** The first account is an administrator's. Null: there is one already. */
export async function createFirstUsuario(
  ledger: Ledger,
  direccion: string,
  { usuario, ...asked }: Omit<UsuarioNuevo, 'rol'>,
  now: Date,
): Promise<UsuarioRow | null> {
  const clave = await newPasswordHash(asked.clave, usuario);
  return deed(ledger, { quien: usuario, direccion }, now, async (inside) => {
    const any = await accountsOf(inside).selectFrom('usuario').select('id').limit(1).executeTakeFirst();
    if (any !== undefined) return { result: null, hecho: null };
    const row = await insert(inside, { usuario, clave, rol: 'administrador' }, now);
    const hecho = { accion: 'primer-uso', detalle: `Creó al primer administrador, «${usuario}».` };
    return { result: row, hecho: row && hecho };
  });
}

/** A new password closes the account's sessions. False: it would leave nobody who can administer. */
export async function changeUsuario(
  ledger: Ledger,
  actor: Actor,
  { id, usuario }: Pick<UsuarioRow, 'id' | 'usuario'>,
  { rol, clave }: { rol?: Rol | undefined; clave?: string | undefined },
  now: Date,
): Promise<boolean> {
  const hashed = clave === undefined ? undefined : await newPasswordHash(clave, usuario);
  return deed(ledger, actor, now, async (inside) => {
    if (rol !== undefined && rol !== 'administrador' && !(await hasOtherAdministrator(inside, id))) {
      return { result: false, hecho: null };
    }
    if (rol !== undefined) await update(inside, id, { rol });
    if (hashed !== undefined) await newPassword(inside, id, hashed);
    const told = [rol && `rol ${rol}`, clave !== undefined && 'clave nueva'].filter(Boolean).join(', ');
    const hecho = { accion: 'usuario-cambiado', detalle: `«${usuario}»: ${told}.` };
    return { result: true, hecho: told === '' ? null : hecho };
  });
}

/** Of one's own account; its sessions are closed. */
export async function changeOwnClave(
  ledger: Ledger,
  actor: Actor,
  { id, usuario }: Pick<UsuarioRow, 'id' | 'usuario'>,
  clave: string,
  now: Date,
): Promise<void> {
  const hashed = await newPasswordHash(clave, usuario);
  await deed(ledger, actor, now, async (inside) => {
    await newPassword(inside, id, hashed);
    const hecho = { accion: 'clave-cambiada', detalle: 'Cambió su propia clave.' };
    return { result: undefined, hecho };
  });
}

/** Its sessions go with it. False: it would leave nobody who can administer. */
export async function removeUsuario(
  ledger: Ledger,
  actor: Actor,
  { id, usuario }: Pick<UsuarioRow, 'id' | 'usuario'>,
  now: Date,
): Promise<boolean> {
  return deed(ledger, actor, now, async (inside) => {
    if (!(await hasOtherAdministrator(inside, id))) return { result: false, hecho: null };
    await forgetSecondStep(inside, id);
    await accountsOf(inside).deleteFrom('usuario').where('id', '=', id).execute();
    return { result: true, hecho: { accion: 'usuario-borrado', detalle: `«${usuario}».` } };
  });
}

/** Whether somebody else has given an account a new password since a moment (ISO 8601): who enters with it may be they. */
export async function wasGivenPassword(ledger: Ledger, usuario: string, since: string): Promise<boolean> {
  const rows = await accountsOf(ledger)
    .selectFrom('bitacora')
    .select('detalle')
    .where('cuando', '>=', since)
    .where('accion', 'in', ['usuario-cambiado', 'clave-recuperada'])
    .execute();
  const own = `«${usuario}»`.toLowerCase();
  return rows.some(({ detalle }) => detalle.toLowerCase().startsWith(own) && detalle.includes('clave nueva'));
}

async function insert(
  inside: Ledger,
  usuario: Pick<UsuarioRow, 'usuario' | 'clave' | 'rol'>,
  now: Date,
): Promise<UsuarioRow | null> {
  const row = await accountsOf(inside)
    .insertInto('usuario')
    .values({ ...usuario, creado: now.toISOString(), ultimoIngreso: null })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row ?? null;
}

async function hasOtherAdministrator(inside: Ledger, id: number): Promise<boolean> {
  const other = await accountsOf(inside)
    .selectFrom('usuario')
    .select('id')
    .where('rol', '=', 'administrador')
    .where('id', '!=', id)
    .executeTakeFirst();
  return other !== undefined;
}

async function newPassword(inside: Ledger, id: number, clave: string): Promise<void> {
  await update(inside, id, { clave });
  await accountsOf(inside).deleteFrom('sesion').where('usuarioId', '=', id).execute();
}

async function update(
  inside: Ledger,
  id: number,
  change: Partial<Pick<UsuarioRow, 'clave' | 'rol'>>,
): Promise<void> {
  await accountsOf(inside).updateTable('usuario').set(change).where('id', '=', id).execute();
}
