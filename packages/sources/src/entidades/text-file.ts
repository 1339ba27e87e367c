import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { decodeText } from '../archivo/decode.ts';
import { attempt, readBytes } from '../archivo/files.ts';
import { SourceError } from '../source.ts';

/** Up to here a file's encoding is found out by looking at all of it; a bigger one is UTF-8. */
const SMALL_BYTES = 32 * 1024 * 1024;

/**
 * The text of a file, in pieces, without its mark.
 * @throws SourceError where it cannot be read, or is big and not UTF-8.
 */
export async function* textOf(path: string, name: string, signal: AbortSignal | undefined) {
  const { size } = await attempt(name, () => stat(path));
  if (size <= SMALL_BYTES) {
    yield decodeText(await readBytes({ path, name }, signal)).text.replace(/^\uFEFF/, '');
    return;
  }
  const decoder = new TextDecoder('utf-8', { fatal: true });
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 1024 * 1024 }))
    yield decoded(decoder, name, chunk);
  yield decoded(decoder, name);
}

function decoded(decoder: InstanceType<typeof TextDecoder>, name: string, chunk?: Uint8Array): string {
  try {
    return decoder.decode(chunk, { stream: chunk !== undefined });
  } catch (cause) {
    throw new SourceError(
      'wrong',
      `No se pudo leer ${name}: pesa más de 32 MB y no está en UTF-8.`,
      'Guárdelo o expórtelo como UTF-8.',
      { cause },
    );
  }
}
