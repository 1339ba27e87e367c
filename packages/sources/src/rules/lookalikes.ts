/** Letters of other alphabets that no eye tells from ours: what a keyboard in another language or a PDF leaves behind. */
const LATIN: Record<string, string> = {
  ...pairs('АВЕЅІЈКМНОРСТУХԚԜ', 'ABESIJKMHOPCTYXQW'),
  ...pairs('аеѕіјорсухԛԝ', 'aesijopcyxqw'),
  ...pairs('ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ', 'ABEZHIKMNOPTYX'),
  ...pairs('ονι', 'ovi'),
};

/** Text in our own letters and digits: those of another alphabet that look the same, and wide ones (`ＰＲＥＳ`), exchanged. */
export function inOurLetters(text: string): string {
  // Most codes are plain, and a file has a hundred thousand of them.
  if (PLAIN.test(text)) return text;
  return Array.from(text, (char) => LATIN[char] ?? ours(char)).join('');
}

const PLAIN = /^[\x20-\x7e]*$/;

/** The text with each letter that only looks like ours written out: `PR⟨U+0415⟩S`. */
export function showLookalikes(text: string): string {
  return Array.from(text, (char) =>
    (LATIN[char] ?? ours(char)) === char ? char : `⟨U+${hex(char.codePointAt(0) ?? 0)}⟩`,
  ).join('');
}

/** Wide, small and mathematical forms of ASCII; what is no form of it stays. */
function ours(char: string): string {
  if (char < '\u0080') return char;
  const plain = char.normalize('NFKC');
  return /^[A-Za-z0-9./_-]$/.test(plain) ? plain : char;
}

function pairs(from: string, to: string): Record<string, string> {
  const letters = Array.from(to);
  return Object.fromEntries(Array.from(from, (char, index) => [char, letters[index] ?? char]));
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
