/** Joiners, marks, soft hyphens, control characters: they take no room on a screen and make one code two. */
const INVISIBLE = /\p{Default_Ignorable_Code_Point}|(?!\s)\p{Cc}/gu;

/** The text without the characters that nobody sees. */
export function withoutInvisible(text: string): string {
  return text.replace(INVISIBLE, '');
}

/** The text without what nobody sees, and with the common hyphen for each sign that looks like it. */
export function withPlainHyphens(text: string): string {
  return withoutInvisible(text).replace(/[\u2010-\u2015\u2043\u2212\uFE58\uFE63\uFF0D]/g, '-');
}

/** The text with what nobody sees written out: `⟨U+200B⟩`. */
export function showInvisible(text: string): string {
  return text.replace(INVISIBLE, (char) => `⟨U+${hex(char.codePointAt(0) ?? 0)}⟩`);
}

function hex(code: number): string {
  return code.toString(16).toUpperCase().padStart(4, '0');
}
