import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { UsuarioRow } from './usuario-row.ts';

/** What shows that an account has come in from a browser before; it lets nobody in. */
type Account = Pick<UsuarioRow, 'clave'>;

/**
 * What a browser keeps after an account has come in from it: it tells its owner from a stranger who guesses, whatever
 * address both seem to come from. Nothing of it is stored: it is known by the account's own password hash, so that a new
 * password ends it. `former`: what the browser had of this account, which goes on.
 */
export function browserMark({ clave }: Account, former: string | null): string {
  const name = former ?? randomBytes(16).toString('base64url');
  return `${name}.${sealOf(clave, name)}`;
}

/** The browser's name, where this account has come in from it since its password was given; null for any other mark. */
export function knownBrowser({ clave }: Account, mark: string): string | null {
  const [name = '', seal = ''] = mark.split('.');
  const known = Buffer.from(sealOf(clave, name));
  const given = Buffer.from(seal);
  return given.length === known.length && timingSafeEqual(given, known) ? name : null;
}

function sealOf(clave: string, name: string): string {
  return createHmac('sha256', clave).update(`navegador ${name}`).digest('base64url');
}
