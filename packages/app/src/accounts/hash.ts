import { createHash } from 'node:crypto';

/** Of a secret that is random and long, which needs no slow hash. */
export function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
