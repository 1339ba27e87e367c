import { setImmediate } from 'node:timers/promises';
import { unzip, unzipSync } from 'fflate';

/** What a sheet unpacks to at most to be looked through: one that claims more is no sheet of a provider. */
const MAX_BYTES = 256 * 1024 * 1024;

/**
 * Whether a sheet names a person by the number of the RUT, dots or none, whatever its columns are and whether or not it
 * could be read. Null: it cannot be looked through. Unpacked beside the event loop, as what is large is read.
 */
export async function sheetNames(bytes: Uint8Array, numero: number): Promise<boolean | null> {
  const parts = await partsOf(bytes);
  if (parts === null) return null;
  const dotted = String(numero).replace(/\d(?=(\d{3})+$)/g, '$&\\.?');
  const name = new RegExp(`(?<![\\d.])${dotted}(?!\\d)`);
  for (const part of parts) {
    if (name.test(textOf(part))) return true;
    await setImmediate();
  }
  return false;
}

/** Signs of one byte each; what has two for each of its signs (UTF-16) without the empty ones. */
function textOf(part: Uint8Array): string {
  return Buffer.from(part).toString('latin1').replaceAll('\0', '');
}

async function partsOf(bytes: Uint8Array): Promise<Uint8Array[] | null> {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return [bytes];
  if (!isSmall(bytes)) return null;
  return new Promise((resolve) => {
    unzip(bytes, (error, parts) => resolve(error ? null : Object.values(parts)));
  });
}

function isSmall(bytes: Uint8Array): boolean {
  let total = 0;
  try {
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        return false;
      },
    });
    return total <= MAX_BYTES;
  } catch {
    return false; // damaged
  }
}
