import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate';

/** A file of a ZIP as it comes; text is UTF-8. */
export interface ZipEntry {
  nombre: string;
  data: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>;
  /** What is packed already is not packed again. */
  packed?: boolean;
}

export interface EntryDone {
  nombre: string;
  bytes: number;
  /** Hex. */
  sha256: string;
}

/**
 * A ZIP in pieces, each file read only when its turn has come, so that memory does not grow with what is in it; other
 * work of the process has its turn between two pieces. `onDone` hears of each file before the next one is asked for.
 */
export async function* zipOf(
  entries: AsyncIterable<ZipEntry> | Iterable<ZipEntry>,
  { mtime, onDone }: { mtime: Date; onDone?: (entry: EntryDone) => void },
): AsyncGenerator<Uint8Array, void> {
  const ready: Uint8Array[] = [];
  const zip = new Zip((error, data) => {
    if (error) throw error;
    ready.push(data);
  });
  for await (const { nombre, data, packed = false } of entries) {
    const file = packed ? new ZipPassThrough(nombre) : new ZipDeflate(nombre);
    file.mtime = mtime;
    zip.add(file);
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const piece of data) {
      const binary = typeof piece === 'string' ? new TextEncoder().encode(piece) : piece;
      hash.update(binary);
      bytes += binary.length;
      file.push(binary);
      yield* ready.splice(0);
      await setImmediate();
    }
    file.push(new Uint8Array(), true);
    yield* ready.splice(0);
    onDone?.({ nombre, bytes, sha256: hash.digest('hex') });
  }
  zip.end();
  yield* ready.splice(0);
}
