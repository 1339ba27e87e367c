/** Longest key or value that is looked at, bytes: credentials have a twentieth of it. */
const MAX_BYTES = 1_000;

/** Picks some fields out of a root object that is read piece by piece; the last of a name counts, as in `JSON.parse`. */
export class FieldCapture {
  readonly #wanted: ReadonlySet<string>;
  readonly #values = new Map<string, unknown>();
  #parts: Uint8Array[] = [];
  #length = 0;
  /** Where in this piece the text under way goes on; -1: none is. */
  #from = -1;
  /** The key of the value under way; null where it is too long to matter. */
  key: string | null = null;

  constructor(wanted: readonly string[]) {
    this.#wanted = new Set(wanted);
  }

  /** All fields, once each has been seen; else null. What is too long to matter, an object or a list is undefined. */
  complete(): Record<string, unknown> | null {
    return this.#values.size === this.#wanted.size ? Object.fromEntries(this.#values) : null;
  }

  beginKey(at: number): void {
    this.#start(at);
  }

  endKey(bytes: Uint8Array, end: number): void {
    const key = this.#take(bytes, end);
    this.key = typeof key === 'string' ? key : null;
  }

  begin(at: number, isContainer: boolean): void {
    if (this.key === null || !this.#wanted.has(this.key)) return;
    if (isContainer) this.#values.set(this.key, undefined);
    else this.#start(at);
  }

  end(bytes: Uint8Array, end: number): void {
    if (this.#from >= 0 && this.key !== null) this.#values.set(this.key, this.#take(bytes, end));
  }

  /** A piece has ended: what is under way goes on in the next. */
  cut(bytes: Uint8Array): void {
    if (this.#from < 0) return;
    this.#keep(bytes.slice(this.#from));
    this.#from = 0;
  }

  #start(at: number): void {
    this.#parts = [];
    this.#length = 0;
    this.#from = at;
  }

  #keep(part: Uint8Array): void {
    this.#length += part.length;
    if (this.#length <= MAX_BYTES) this.#parts.push(part);
    else this.#parts = [];
  }

  #take(bytes: Uint8Array, end: number): unknown {
    this.#keep(bytes.subarray(this.#from, end));
    this.#from = -1;
    if (this.#length > MAX_BYTES) return undefined;
    return JSON.parse(Buffer.concat(this.#parts).toString('utf8'));
  }
}
