import { createHash } from 'node:crypto';

/**
 * What the store keeps of a token. A token is a random UUID of 122 bits that nobody chose, so there is nothing to
 * guess from a dictionary and a slow hash (argon2) would only cost every call some 50 ms.
 */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
