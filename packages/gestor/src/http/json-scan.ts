import { FieldCapture } from './json-fields.ts';

/**
 * Reads JSON piece by piece as it arrives, without building anything: whether it is well formed, the fields of its root
 * object that were asked for, and where the items of one list of the root stand. Its memory does not grow with the body.
 * It takes exactly what `JSON.parse` takes (a property test holds the two together).
 */
export class JsonScan {
  readonly #fields: FieldCapture;
  readonly #list: string;
  #state = VALUE;
  /** How deep, and per level whether it is an object. */
  #depth = 0;
  #isObject = new Uint8Array(64);
  /** The piece being read, and the bytes before it. */
  #bytes: Uint8Array = new Uint8Array();
  #base = 0;
  #isKey = false;
  #hexLeft = 0;
  #word = '';
  #rootIsObject = false;
  #inList = false;
  #itemFrom = 0;
  /** How often the root names the list. */
  lists = 0;
  /** Where each item of the list begins and ends, in bytes, one after the other. */
  readonly items: number[] = [];

  /** @param list the root's list whose items are located. */
  constructor(fields: readonly string[], list: string) {
    this.#fields = new FieldCapture(fields);
    this.#list = list;
  }

  /** The fields' values as sent, once all have been seen; else null. One that is no text or figure is undefined. */
  get fields(): Record<string, unknown> | null {
    return this.#fields.complete();
  }

  /** Whether what has been read so far cannot be the beginning of JSON. */
  get isBroken(): boolean {
    return this.#state === BROKEN;
  }

  /** What the whole was, once all of it has been pushed. */
  finish(): 'object' | 'other' | 'broken' {
    if (this.#depth === 0 && NUMBER_ENDS.has(this.#state)) this.#state = END;
    if (this.#state !== END) return 'broken';
    return this.#rootIsObject ? 'object' : 'other';
  }

  push(bytes: Uint8Array): void {
    this.#bytes = bytes;
    let at = 0;
    while (at < bytes.length && this.#state !== BROKEN) at = this.#step(bytes, at);
    this.#fields.cut(bytes);
    this.#base += bytes.length;
  }

  /** Reads on from `at`; where the next step begins. */
  #step(bytes: Uint8Array, at: number): number {
    const byte = bytes[at] as number;
    const state = this.#state;
    if (state === STRING) return this.#string(bytes, at);
    if (state >= MINUS) return this.#number(at, byte);
    if (state === ESCAPE) return this.#escape(at, byte);
    if (state === HEX) return this.#hex(at, byte);
    if (state === WORD) return this.#wordOn(at, byte);
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return at + 1;
    if (state === VALUE) return this.#value(at, byte);
    if (state === AFTER) return this.#after(at, byte);
    if (state === KEY || state === FIRST_KEY) return this.#key(at, byte, state === FIRST_KEY);
    if (state === COLON && byte === COLON_BYTE) return this.#to(VALUE, at);
    if (state === FIRST_VALUE) return byte === CLOSE_LIST ? this.#close(at, 0) : this.#value(at, byte);
    return this.#break(at);
  }

  #to(state: number, at: number): number {
    this.#state = state;
    return at + 1;
  }

  #break(at: number): number {
    return this.#to(BROKEN, at);
  }

  #value(at: number, byte: number): number {
    if (this.#depth === 1 && this.#isObject[0] === 1)
      this.#fields.begin(at, byte === OPEN_OBJECT || byte === OPEN_LIST);
    if (this.#depth === 1 && this.#isOfRoot(this.#list)) this.lists += 1;
    if (this.#inList && this.#depth === 2) this.#itemFrom = this.#base + at;
    if (byte === QUOTE) {
      this.#isKey = false;
      return this.#to(STRING, at);
    }
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) return this.#open(at, byte === OPEN_OBJECT);
    if (byte === 0x2d) return this.#to(MINUS, at);
    if (byte === 0x30) return this.#to(ZERO, at);
    if (byte > 0x30 && byte <= 0x39) return this.#to(WHOLE, at);
    const word = byte === 0x74 ? 'rue' : byte === 0x66 ? 'alse' : byte === 0x6e ? 'ull' : null;
    if (word === null) return this.#break(at);
    this.#word = word;
    return this.#to(WORD, at);
  }

  #isOfRoot(key: string): boolean {
    return this.#rootIsObject && this.#fields.key === key;
  }

  #open(at: number, isObject: boolean): number {
    if (this.#depth === 0) this.#rootIsObject = isObject;
    if (this.#depth === 1 && !isObject && this.#isOfRoot(this.#list)) this.#inList = true;
    if (this.#depth === this.#isObject.length) {
      const wider = new Uint8Array(this.#depth * 2);
      wider.set(this.#isObject);
      this.#isObject = wider;
    }
    this.#isObject[this.#depth] = isObject ? 1 : 0;
    this.#depth += 1;
    return this.#to(isObject ? FIRST_KEY : FIRST_VALUE, at);
  }

  #close(at: number, kind: number): number {
    if (this.#isObject[this.#depth - 1] !== kind) return this.#break(at);
    this.#depth -= 1;
    if (this.#depth === 1) this.#inList = false;
    this.#ended(at + 1);
    return at + 1;
  }

  /** A value has ended before `end`. */
  #ended(end: number): void {
    this.#state = this.#depth === 0 ? END : AFTER;
    if (this.#depth === 1) this.#fields.end(this.#bytes, end);
    if (this.#inList && this.#depth === 2) this.items.push(this.#itemFrom, this.#base + end);
  }

  #after(at: number, byte: number): number {
    const inObject = this.#isObject[this.#depth - 1] === 1;
    if (byte === COMMA) return this.#to(inObject ? KEY : VALUE, at);
    if (byte === CLOSE_OBJECT) return this.#close(at, 1);
    if (byte === CLOSE_LIST) return this.#close(at, 0);
    return this.#break(at);
  }

  #key(at: number, byte: number, first: boolean): number {
    if (first && byte === CLOSE_OBJECT) return this.#close(at, 1);
    if (byte !== QUOTE) return this.#break(at);
    if (this.#depth === 1) this.#fields.beginKey(at);
    this.#isKey = true;
    return this.#to(STRING, at);
  }

  #string(bytes: Uint8Array, from: number): number {
    let at = from;
    while (at < bytes.length && PLAIN[bytes[at] as number] === 1) at += 1;
    if (at === bytes.length) return at;
    const byte = bytes[at];
    if (byte === BACKSLASH) return this.#to(ESCAPE, at);
    if (byte !== QUOTE) return this.#break(at);
    if (!this.#isKey) {
      this.#ended(at + 1);
      return at + 1;
    }
    if (this.#depth === 1) this.#fields.endKey(bytes, at + 1);
    return this.#to(COLON, at);
  }

  #escape(at: number, byte: number): number {
    if (byte === 0x75) {
      this.#hexLeft = 4;
      return this.#to(HEX, at);
    }
    return ESCAPED.has(byte) ? this.#to(STRING, at) : this.#break(at);
  }

  #hex(at: number, byte: number): number {
    const isHex = (byte >= 0x30 && byte <= 0x39) || ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66);
    if (!isHex) return this.#break(at);
    this.#hexLeft -= 1;
    return this.#to(this.#hexLeft === 0 ? STRING : HEX, at);
  }

  #wordOn(at: number, byte: number): number {
    if (this.#word.charCodeAt(0) !== byte) return this.#break(at);
    this.#word = this.#word.slice(1);
    if (this.#word === '') this.#ended(at + 1);
    return at + 1;
  }

  /** One more byte of a figure, or the one after its end, which is then read again. */
  #number(at: number, byte: number): number {
    const state = this.#state;
    const next = nextOfNumber(state, byte);
    if (next !== null) return this.#to(next, at);
    if (!NUMBER_ENDS.has(state)) return this.#break(at);
    this.#ended(at);
    return at;
  }
}

/** What follows a byte of a figure; null: it is not of the figure. */
function nextOfNumber(state: number, byte: number): number | null {
  if (byte >= 0x30 && byte <= 0x39) {
    if (state === MINUS) return byte === 0x30 ? ZERO : WHOLE;
    if (state === ZERO) return null;
    if (state === POINT) return FRACTION;
    return state === EXPONENT_MARK || state === EXPONENT_SIGN ? EXPONENT : state;
  }
  if (byte === 0x2e) return state === ZERO || state === WHOLE ? POINT : null;
  if (byte === 0x65 || byte === 0x45) {
    return state === ZERO || state === WHOLE || state === FRACTION ? EXPONENT_MARK : null;
  }
  return (byte === 0x2b || byte === 0x2d) && state === EXPONENT_MARK ? EXPONENT_SIGN : null;
}

/** What is being waited for or read; figures come last. */
const VALUE = 0;
const FIRST_VALUE = 1;
const FIRST_KEY = 2;
const KEY = 3;
const COLON = 4;
const AFTER = 5;
const STRING = 6;
const ESCAPE = 7;
const HEX = 8;
const WORD = 9;
const END = 10;
const BROKEN = 11;
const MINUS = 12;
const ZERO = 13;
const WHOLE = 14;
const POINT = 15;
const FRACTION = 16;
const EXPONENT_MARK = 17;
const EXPONENT_SIGN = 18;
const EXPONENT = 19;

const NUMBER_ENDS: ReadonlySet<number> = new Set([ZERO, WHOLE, FRACTION, EXPONENT]);

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const COLON_BYTE = 0x3a;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;

/** `" \ / b f n r t` after a backslash. */
const ESCAPED: ReadonlySet<number> = new Set([...'"\\/bfnrt'].map((sign) => sign.charCodeAt(0)));

/** Bytes that stand for themselves inside a text. */
const PLAIN = Uint8Array.from({ length: 256 }, (_, byte) =>
  byte < 0x20 || byte === QUOTE || byte === BACKSLASH ? 0 : 1,
);
