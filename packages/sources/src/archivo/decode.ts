import { CP850, MAC_ROMAN, WINDOWS_1252 } from './code-pages.ts';

/** Text of a file, and how its bytes were understood where that is worth a word. */
export interface Decoded {
  text: string;
  /** `twice`: UTF-8 that was taken for Windows-1252 and encoded again. `mixed`: UTF-8 and Windows-1252 in one file. */
  unusual: 'Mac Roman' | 'DOS (CP850)' | 'twice' | 'mixed' | null;
}

/**
 * Text of a file of unknown encoding: UTF-8, UTF-16 or UTF-32, with their marks or without, else what makes most Spanish letters
 * of it: Windows-1252, Mac Roman or DOS.
 */
export function decodeText(bytes: Uint8Array): Decoded {
  const wide = utf32Of(bytes) ?? utf16Of(bytes);
  if (wide !== null) return { text: wide, unusual: null };
  const utf8 = strictUtf8(bytes);
  if (utf8 !== null) {
    let text = utf8;
    // Some programs do it each time that they save.
    for (let once = encodedOnce(text); once !== null; once = encodedOnce(text)) text = once;
    return { text, unusual: text === utf8 ? null : 'twice' };
  }
  if (hasUtf8Letters(bytes)) return { text: mixedText(bytes), unusual: 'mixed' };
  const pages = [
    { text: withPage(bytes, WINDOWS_1252), unusual: null },
    { text: withPage(bytes, MAC_ROMAN), unusual: 'Mac Roman' },
    { text: withPage(bytes, CP850), unusual: 'DOS (CP850)' },
  ] as const;
  const scores = pages.map(({ text }) => Math.max(0, spanishLetters(text)));
  return pages[scores.indexOf(Math.max(...scores))] ?? pages[0];
}

/** Text as Excel in Spanish saves it by default; what Windows-1252 does not have becomes `?`. */
export function encodeWindows1252(text: string): Uint8Array {
  return Uint8Array.from(text, (char) => byteOf(char) ?? 0x3f);
}

function byteOf(char: string): number | null {
  const code = char.codePointAt(0) as number;
  if (code < 0x80) return code;
  const at = WINDOWS_1252.indexOf(char);
  return at < 0 ? null : at + 0x80;
}

/** Four bytes for each letter, of which a Latin one leaves three 0. */
function utf32Of(bytes: Uint8Array): string | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength - (bytes.byteLength % 4));
  if (view.byteLength === 0) return null;
  const isLittle = view.getUint32(0, true) === 0xfeff || looksLike(view, true);
  if (!isLittle && view.getUint32(0) !== 0xfeff && !looksLike(view, false)) return null;
  const pieces: string[] = [];
  for (let from = 0; from < view.byteLength; from += 4096) {
    const points: number[] = [];
    for (let at = from; at < Math.min(from + 4096, view.byteLength); at += 4)
      points.push(view.getUint32(at, isLittle));
    pieces.push(String.fromCodePoint(...points.map((point) => (point > 0x10ffff ? 0xfffd : point))));
  }
  return pieces.join('').replace(/^\uFEFF/, '');
}

function looksLike(view: DataView, isLittle: boolean): boolean {
  const looked = Math.min(view.byteLength, 4096);
  for (let at = 0; at < looked; at += 4) {
    const point = view.getUint32(at, isLittle);
    if (point === 0 || point > 0x10ffff) return false;
  }
  return looked >= 16;
}

function utf16Of(bytes: Uint8Array): string | null {
  const even = bytes.length & ~1;
  const little = (): string => new TextDecoder('utf-16le').decode(bytes.subarray(0, even));
  const big = (): string => new TextDecoder('utf-16le').decode(Buffer.from(bytes.subarray(0, even)).swap16());
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return little();
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return big();
  // Without a mark: the upper byte of a Latin letter is 0.
  const looked = Math.min(even, 4096);
  const zeros = [0, 0];
  for (let at = 0; at < looked; at++) if (bytes[at] === 0) zeros[at % 2] = (zeros[at % 2] ?? 0) + 1;
  const [first = 0, second = 0] = zeros;
  if (looked < 8 || Math.max(first, second) < looked * 0.3 || Math.min(first, second) > looked * 0.02)
    return null;
  return second > first ? little() : big();
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // another encoding
  }
}

/** Where pieces of the text are UTF-8 read as Windows-1252: `EvaluaciÃ³n`. Null where none is. */
function encodedOnce(text: string): string | null {
  let found = false;
  const once = text.replace(
    /[\u00c2\u00c3\u00e2][\u0080-\u00ff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,3}/g,
    (piece) => {
      const bytes = Array.from(piece, byteOf);
      const read = bytes.includes(null) ? null : strictUtf8(Uint8Array.from(bytes as number[]));
      if (read === null || !/[\p{L}\u00a0¡¿°ºª«»€–—‘’“”…]/u.test(read)) return piece;
      found = true;
      return read;
    },
  );
  return found ? once : null;
}

/** Letters and quotes as UTF-8, seen as bytes: in Windows-1252 no Spanish word has these side by side. */
const SEQUENCE = /[\u00c2\u00c3][\u0080-\u00bf]|\u00e2[\u0080-\u0082][\u0080-\u00bf]/g;

function hasUtf8Letters(bytes: Uint8Array): boolean {
  return Buffer.from(bytes).toString('latin1').search(SEQUENCE) >= 0;
}

function mixedText(bytes: Uint8Array): string {
  const latin = Buffer.from(bytes).toString('latin1');
  let text = '';
  let from = 0;
  for (const match of latin.matchAll(SEQUENCE)) {
    text += withPage(bytes.subarray(from, match.index), WINDOWS_1252);
    from = match.index + match[0].length;
    text += Buffer.from(match[0], 'latin1').toString('utf8');
  }
  return text + withPage(bytes.subarray(from), WINDOWS_1252);
}

function withPage(bytes: Uint8Array, page: string): string {
  return Buffer.from(bytes)
    .toString('latin1')
    .replace(/[\u0080-\u00ff]/g, (char) => page[char.charCodeAt(0) - 0x80] ?? char);
}

const LETTERS =
  /ñ(?=[aeiouáéíóú])|Ñ(?=[AEIOUaeiouÁÉÍÓÚ])|(?<=[A-Za-zñÑ])[áéíóúüÁÉÍÓÚÜ]|[áéíóúüÁÉÍÓÚÜ](?=[A-Za-zñÑ])/g;
/** What no dash or quote between two words looks like when it is taken for a letter. */
const CERTAIN = /[áéúüÁÉÍÓÚÜÑ]|ión(?![a-z])|[aeiou]ñ[aeo]s?(?![a-z])|[a-z]ía(?![a-z])/;

/** Letters of Spanish beyond ASCII where words have them, less what hardly stands inside a word. */
function spanishLetters(text: string): number {
  const letters = text.match(LETTERS) ?? [];
  const odd = text.match(/(?<=\p{L})[^\p{L}\p{M}\p{N}\s -~’–—](?=\p{Ll})/gu)?.length ?? 0;
  return CERTAIN.test(text) ? letters.length - odd : 0;
}
