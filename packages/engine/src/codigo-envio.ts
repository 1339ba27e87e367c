import { randomBytes } from 'node:crypto';

/** Digits and letters that nobody confuses when reading one aloud (Crockford's base 32). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/**
 * The id of one call, unique for ever and readable: `P-20261122-7KQ4M2XW9TBD` (23 ASCII characters of at most 30, 60
 * random bits). [A 10]
 * @param noche Santiago's date of the night reported.
 */
export function newCodigoEnvio(noche: string): string {
  const random = Array.from(randomBytes(12), (byte) => ALPHABET[byte % ALPHABET.length]).join('');
  return `P-${noche.replaceAll('-', '')}-${random}`;
}
