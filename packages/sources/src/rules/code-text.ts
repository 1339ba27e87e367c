import { withoutInvisible, withPlainHyphens } from '@puente-sic/protocol';
import { inOurLetters } from './lookalikes.ts';

/** A code without what nobody sees or means: invisible characters, other dashes, other blanks, letters of another alphabet. */
export function tidyCode(text: string): string {
  return inOurLetters(withPlainHyphens(text).normalize('NFC').replace(/\s+/g, ' ').replace(/^'+/, '').trim());
}

/** What codes of SIC were seen to look like: `PRES028008000001`, `CAP-26-01-13-0446-1`. [S, I, O] */
const OF_SIC = '(?:[A-Z]{2,6}\\d{9,}|[A-Z]{2,4}(?:-\\d+){3,}(?:-[A-Z0-9]+)?)';
const WHOLE = new RegExp(`^${OF_SIC}$`, 'i');
/** Between signs that no code has; `CAP-26-01-13-0446_2` may be a code of its own. */
const AMONG = new RegExp(`(?<![^\\s:/#()[\\]"“”«»,;|=])${OF_SIC}(?![^\\s:/#()[\\]"“”«»,;|.])`, 'gi');

/** Whether a text looks like a code of SIC, and like nothing else. */
export function isCodeOfSic(text: string): boolean {
  return WHOLE.test(text);
}

/** A chat's line (`12/10/26, 10:15 - Ana: …`, `[5/10/26 10:12:03] Marta: …`), as it is copied with its first words. */
const CHAT =
  /^\[?\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4},? \d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]\.? ?m\.?)?(?:\]| -) [^:]{1,60}: /i;
const LABEL =
  /^(?:el )?c[oó]d(?:igo|\.)?(?: (?:de(?: la|l)? )?(?:curso|oferta|grupo|secci[oó]n|m[oó]dulo|sic|sence))*(?: n?[°º.])? ?[:#=] ?/i;
/** After these a code is another thing's than the course's. */
const OTHERS =
  /(?<!\p{L})(secci[oó]n|grupo|m[oó]dulo|orden|o\.?c\.?|folio|licitaci[oó]n|contrato|factura|registro)(?!\p{L})/iu;

/** `Sección`, `Módulo 2`: as words before their own code. */
const OWN = /^(?:secci[oó]n|grupo|m[oó]dulo)(?: \d{1,2})?$/i;

/** What stands among other words of a cell: the code where it can only be that one, else null. */
export interface AmongWords {
  code: string | null;
}

/**
 * The code that a text means beside words of its own: after a label, a chat's line, or as Moodle's sections carry it
 * (`Ventas / PRES028008000558`). Null: nothing else stands there, or nothing that is known to be a code.
 * @param header of the column, which tells whether `Módulo: …` is a word about this code or about another.
 */
export function codeAmongWords(text: string, header = ''): AmongWords | null {
  if (WHOLE.test(text)) return null;
  const rest = text.replace(CHAT, '').replace(LABEL, '');
  if (rest !== text && /^\S*\d\S*$/.test(rest) && !/[:/;,|]/.test(rest))
    return { code: isOfColumn(text.slice(0, -rest.length), header) ? rest : null };
  const [only, other] = text.matchAll(AMONG);
  if (only === undefined) return null;
  if (other !== undefined) return { code: null };
  const before = text.slice(0, only.index);
  const after = text.slice(only.index + only[0].length);
  const bare = before.replace(/[\s"“”«([]+$/, '');
  if (bare === '' && !/[\p{L}\p{N}]/u.test(after)) return null;
  const introduced = /[:/#]$/.test(bare) || OWN.test(bare) || LABEL.test(`${bare}: `);
  return { code: introduced && isOfColumn(before, header) && /^[\s"”»)\].]*$/.test(after) ? only[0] : null };
}

/** A group is a section of the course. */
function isOfColumn(words: string, header: string): boolean {
  const [other = ''] = OTHERS.exec(words) ?? [];
  if (other === '') return true;
  if (/^(secc|grup)/i.test(other)) return /secc|grup/i.test(header);
  return /^m/i.test(other) && /m[oó]d/i.test(header);
}

/** What no code of SIC was seen to have, in the order in which it is told. [S, I, O] */
const ODD: { is: (code: string) => boolean; what: string }[] = [
  {
    is: (code) => /\p{Ll}/u.test(code) && !/\p{Lu}/u.test(code),
    what: 'códigos en minúsculas, y SIC los escribe en mayúsculas',
  },
  { is: (code) => !/\d/.test(code), what: 'códigos sin ningún número, y los de SIC los llevan' },
  { is: (code) => /\S\s+\S/.test(code), what: 'códigos con espacios, y los de SIC no los llevan' },
  {
    is: (code) => /[^A-Za-z0-9\s._-]/.test(inOurLetters(withoutInvisible(code))),
    what: 'códigos con comas, barras, tildes u otros signos que los de SIC no llevan',
  },
  {
    is: (code) => /\d[OIl]+\d/.test(code),
    what: 'códigos con una letra entre números, que puede ser un cero o un uno',
  },
  {
    is: (code) => withoutInvisible(code) !== code || inOurLetters(code) !== code,
    what: 'códigos con signos que no se ven o letras de otro alfabeto',
  },
];

/** Codes that hardly stand so at SIC, each under the first thing that is odd of it. */
export function oddCodesAmong<T extends { code: string }>(all: readonly T[]): { what: string; found: T[] }[] {
  const rest = new Set(all);
  return ODD.flatMap(({ is, what }) => {
    const found = [...rest].filter(({ code }) => is(code));
    for (const one of found) rest.delete(one);
    return found.length === 0 ? [] : [{ what, found }];
  });
}
