import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';

/** Bodies and answers repeat themselves: packed, a year of nights takes a twentieth of the room. */
export function pack(text: string): Uint8Array {
  return gzipSync(text);
}

export function unpack(bytes: Uint8Array): string {
  return gunzipSync(bytes).toString('utf8');
}

/** SHA-256, hexadecimal. */
export function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
