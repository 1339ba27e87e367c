import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import { type Broken, MAX_ANSWER_BYTES, type Reply } from './exchange.ts';
import { header } from './headers.ts';

/** How answers may be packed; asked for with every request, since a history is long and repetitive. */
export const ACCEPT_ENCODING = 'gzip, deflate, br';

/**
 * An answer's body as text: unpacked, read as UTF-8 (bytes that are none become U+FFFD), a byte-order mark kept.
 * Undefined where it cannot be unpacked: cut off, or larger than any sensible answer.
 */
export function decodeBody(reply: Reply | Broken): string | undefined {
  const unpack = UNPACK[header(reply.headers, 'content-encoding')?.trim().toLowerCase() || 'identity'];
  try {
    return unpack?.(reply.body, { maxOutputLength: MAX_ANSWER_BYTES }).toString('utf8');
  } catch {
    return undefined; // what came is not what its header says: the caller tells so
  }
}

/** The same bytes, with what Node's Buffer can do. */
export function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const UNPACK: Record<string, (body: Uint8Array, options: { maxOutputLength: number }) => Buffer> = {
  identity: asBuffer,
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};
