import { tidyCode } from '../../rules/code-text.ts';
import { oneLanguage, sameText } from './text.ts';

/** Shapes that codes of the service were seen to have: they are found anywhere in a name. [I, M] */
const KNOWN = /(?<![\p{L}\p{N}])(?:MO-\d+-M\d+|C\d+-O\d+-M\d+|[A-Z]{2,6}\d{9,})(?![\p{L}\p{N}])/iu;
/** The same shapes with blanks around their hyphens, or behind their letters; nine digits may be a telephone. */
const SPACED =
  /(?<![\p{L}\p{N}])(?:MO *- *\d+ *- *M\d+|C\d+ *- *O\d+ *- *M\d+|[A-Z]{2,6} \d{12,})(?![\p{L}\p{N}])/iu;
/** What is taken for a code where it stands alone or after the last `/`: no blanks, at least five digits. */
const ALONE = /^(?=(?:\D*\d){5})[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/** Days as people write them at the end of a name, and the years of a period. */
const DATES =
  /^\d{1,2}([-._])\d{1,2}\1(?:\d{2}|\d{4})$|(?<!\d)\d{1,2}([-._])\d{1,2}\2(?:19|20)\d{2}(?!\d)|(?<!\d)(?:19|20)\d{2}([-._])\d{1,2}\3\d{1,2}(?!\d)|(?<!\d)(?:19|20)\d{2}[-–](?:19|20)\d{2}(?!\d)/gu;
/** `05102026` and `20261005`, alone. */
const PACKED_DATE =
  /^(?:(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])20\d{2}|20\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))$/;

/** `05-oct-2026`, `2026-1` (a term), `10-2026`, `18.30-20.30`: the whole of it is a time. */
const WHOLE_TIME =
  /^(?:\d{1,2}[-._]?(?:ene|feb|mar|abr|may|jun|jul|ago|sep|set|oct|nov|dic)\p{L}*[-._]?(?:20)?\d{2}|(?:\d{1,2}|\p{L}{1,8}\d)[-._](?:19|20)\d{2}|(?:19|20)\d{2}[-._](?:\d{1,2}|\p{L}{1,8}\d)|(?:[01]?\d|2[0-3])\.[0-5]\d-(?:[01]?\d|2[0-3])\.[0-5]\d)$/iu;

/** An address of the web: its last piece is no code, and a room of Zoom is no module. */
const LINK =
  /(?:https?:\/\/|www\.)\S*|(?<![\p{L}\p{N}])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:com|cl|net|org|edu|us|io)\/\S*/giu;

/** Where a name has a date instead of a code; null where it has none. */
export function dateAtEnd(name: string): string | null {
  const tail = tidyCode(name.slice(name.lastIndexOf('/') + 1));
  return ALONE.test(tail) && isDate(tail) ? tail : null;
}

/** Nothing that could be a code is left once the dates are taken away. */
function isDate(text: string): boolean {
  if (PACKED_DATE.test(text) || WHOLE_TIME.test(text)) return true;
  const rest = text.replace(DATES, '');
  return rest !== text && !ALONE.test(rest);
}

/** How a provider says which section is which module. */
export interface CodeSettings {
  /** Regular expression; its first group, else the whole match, is the code. */
  patronModulo?: string;
  /** By hand: a section's id or name → codigoModulo; blank text = no module. */
  modulos?: Record<string, string>;
}

/** A section's module code; `none` = the provider says that it is no module; null = no code found. */
export function codeOfSection(
  section: { id: number | string; name: string | null },
  settings: CodeSettings,
): { code: string; byHand: boolean } | 'none' | null {
  for (const [key, code] of Object.entries(settings.modulos ?? {})) {
    if (key.trim() === String(section.id) || (section.name !== null && sameText(key, section.name)))
      return code.trim() === '' ? 'none' : { code: code.trim(), byHand: true };
  }
  const code = section.name === null ? null : codeInName(oneLanguage(section.name), settings.patronModulo);
  return code === null ? null : { code, byHand: false };
}

/**
 * A code in a name: by the provider's pattern alone where there is one; else after the last `/` (official
 * screenshot of I), a known shape anywhere, or the whole name; never a date or a link. Known shapes are written in upper
 * case; other dashes, blanks around them and what nobody sees are no part of a code.
 */
export function codeInName(name: string, patronModulo?: string): string | null {
  if (patronModulo !== undefined) {
    const match = new RegExp(patronModulo, 'u').exec(name);
    return (match?.[1] ?? match?.[0])?.trim() || null;
  }
  const words = tidyCode(name.replace(LINK, ''));
  const slash = words.lastIndexOf('/');
  const tail = words.slice(slash + 1).trim();
  if (slash >= 0 && ALONE.test(tail) && !isDate(tail)) return isKnownShape(tail) ? tail.toUpperCase() : tail;
  const known = KNOWN.exec(tail) ?? KNOWN.exec(words);
  if (known) return known[0].toUpperCase();
  if (ALONE.test(words) && !isDate(words)) return words;
  const spaced = SPACED.exec(tail) ?? SPACED.exec(words);
  return spaced ? spaced[0].replace(/ /g, '').toUpperCase() : null;
}

/** Whether a code is of a shape that codes of the service were seen to have. */
export function isKnownShape(code: string): boolean {
  return KNOWN.exec(code)?.[0].length === code.length;
}

/** The different codes of known shapes in a name; a section is one module. */
export function codesIn(name: string): string[] {
  const all = name.replace(LINK, '').match(new RegExp(KNOWN.source, 'giu')) ?? [];
  return [...new Set(all.map((code) => code.toUpperCase()))];
}
