import type { Ledger } from '@puente-sic/engine';
import { type Actor, deed } from './deed.ts';
import { accountsOf } from './tables.ts';
import type { UsuarioRow } from './usuario-row.ts';

type Account = Pick<UsuarioRow, 'id' | 'usuario'>;

/** What an authenticator takes up, once; nothing of it is kept until {@link turnOnSecondStep}. */
export interface SecondStepOffer {
  /** Base 32. */
  secreto: string;
  /** `otpauth://…` */
  direccion: string;
  /** The address as a QR code: a row of its squares each, `1` dark. */
  qr: string[];
}

/** A new secret for an account (RFC 6238: six figures, 30 s, SHA-1, which every authenticator knows). */
export async function offerSecondStep({ usuario }: Pick<Account, 'usuario'>): Promise<SecondStepOffer> {
  const { Secret } = await import('otpauth');
  const { encode } = await import('uqr');
  const secreto = new Secret({ size: 20 }).base32;
  const direccion = (await totpOf(secreto, usuario)).toString();
  const rows = encode(direccion, { ecc: 'M', border: 0 }).data;
  return { secreto, direccion, qr: rows.map((row) => row.map((dark) => (dark ? '1' : '0')).join('')) };
}

/** Since when this account needs a code besides its password; null: it does not. */
export async function secondStepSince(ledger: Ledger, id: number): Promise<string | null> {
  const row = await accountsOf(ledger)
    .selectFrom('segundoPaso')
    .select('desde')
    .where('usuarioId', '=', id)
    .executeTakeFirst();
  return row?.desde ?? null;
}

/**
 * From now on the account needs a code of this secret, which is kept encrypted with `clave` as the tokens are. False: the
 * code is none of it, so the authenticator does not have it right.
 */
export async function turnOnSecondStep(
  ledger: Ledger,
  actor: Actor,
  { id, usuario }: Account,
  { secreto, codigo, clave }: { secreto: string; codigo: string; clave: string },
  now: Date,
): Promise<boolean> {
  const { saveSecret } = await import('@puente-sic/engine');
  const ultimo = await stepOf(secreto, codigo, now);
  if (ultimo === null) return false;
  return deed(ledger, actor, now, async (inside) => {
    await saveSecret(inside, nameOf(id), secreto, clave, now);
    const row = { desde: now.toISOString(), ultimo };
    await accountsOf(inside)
      .insertInto('segundoPaso')
      .values({ usuarioId: id, ...row })
      .onConflict((conflict) => conflict.column('usuarioId').doUpdateSet(row))
      .execute();
    const detalle = `«${usuario}» entra desde ahora con clave y código.`;
    return { result: true, hecho: { accion: 'segundo-paso-puesto', detalle } };
  });
}

export async function turnOffSecondStep(
  ledger: Ledger,
  actor: Actor,
  { id, usuario }: Account,
  now: Date,
): Promise<void> {
  await deed(ledger, actor, now, async (inside) => {
    const had = await forgetSecondStep(inside, id);
    const hecho = {
      accion: 'segundo-paso-quitado',
      detalle: `«${usuario}» entra desde ahora solo con clave.`,
    };
    return { result: undefined, hecho: had ? hecho : null };
  });
}

/** Inside a transaction. Whether there was one. */
export async function forgetSecondStep(inside: Ledger, id: number): Promise<boolean> {
  const { removeSecret } = await import('@puente-sic/engine');
  const gone = await accountsOf(inside)
    .deleteFrom('segundoPaso')
    .where('usuarioId', '=', id)
    .executeTakeFirstOrThrow();
  await removeSecret(inside, nameOf(id));
  return gone.numDeletedRows > 0n;
}

/**
 * Whether this is the account's code now; each one lets in once, the one before and after for clocks that differ.
 * @throws EngineFailure where the secret cannot be read with `clave`.
 */
export async function passSecondStep(
  ledger: Ledger,
  id: number,
  { codigo, clave }: { codigo: string; clave: string },
  now: Date,
): Promise<boolean> {
  const { readSecret } = await import('@puente-sic/engine');
  const step = await stepOf(await readSecret(ledger, nameOf(id), clave), codigo, now);
  if (step === null) return false;
  // Of two with the same code only one finds an earlier step.
  const used = await accountsOf(ledger)
    .updateTable('segundoPaso')
    .set({ ultimo: step })
    .where('usuarioId', '=', id)
    .where('ultimo', '<', step)
    .executeTakeFirstOrThrow();
  return used.numUpdatedRows > 0n;
}

/** The 30 s since 1970 whose code this is; null: none near now. */
async function stepOf(secreto: string, codigo: string, now: Date): Promise<number | null> {
  const token = codigo.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const totp = await totpOf(secreto, '');
  const timestamp = now.getTime();
  const away = totp.validate({ token, timestamp, window: 1 });
  return away === null ? null : totp.counter({ timestamp }) + away;
}

async function totpOf(secreto: string, label: string) {
  const { Secret, TOTP } = await import('otpauth');
  return new TOTP({ issuer: 'Puente SIC', label, secret: Secret.fromBase32(secreto) });
}

/** Among the secrets of the state folder. */
function nameOf(id: number): string {
  return `segundo-paso:${id}`;
}
