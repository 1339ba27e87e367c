import { isUtf8 } from 'node:buffer';

/** Whether bytes that arrive piece by piece are UTF-8 as a whole. */
export class Utf8Scan {
  #ok = true;
  /** The beginning of a character whose rest is still to come. */
  #open: Uint8Array = new Uint8Array();

  push(bytes: Uint8Array): void {
    if (!this.#ok) return;
    const whole = this.#open.length > 0 ? Buffer.concat([this.#open, bytes]) : bytes;
    const end = endOfWhole(whole);
    this.#open = whole.slice(end);
    this.#ok = isUtf8(whole.subarray(0, end));
  }

  finish(): boolean {
    return this.#ok && this.#open.length === 0;
  }
}

/** Where the last character that is complete ends; a character has four bytes at most. */
function endOfWhole(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte < 0x80) return bytes.length;
    if (byte < 0xc0) continue;
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back ? bytes.length - back : bytes.length;
  }
  return bytes.length;
}
