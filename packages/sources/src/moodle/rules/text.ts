const SPANS = /(?:<span\b(?=[^>]*\bclass="[^"]*\bmultilang\b)[^>]*>[\s\S]*?<\/span>\s*){2,}/gi;
const SPAN = /<span\b[^>]*\blang="([^"]+)"[^>]*>([\s\S]*?)<\/span>/gi;
const BRACES = /(?:\{mlang\s+[\w ,-]+\}[\s\S]*?\{mlang\}\s*)+/gi;
const BRACE = /\{mlang\s+([\w ,-]+)\}([\s\S]*?)\{mlang\}/gi;

/**
 * A stored text in one language: the Spanish part of Moodle's multi-language marks (`<span class="multilang">`,
 * `{mlang es}`), else their first part. All else stays as typed, `&`, `<` and emoji included; blanks around go.
 */
export function oneLanguage(stored: string): string {
  return stored
    .replace(SPANS, (block) => spanish(block, SPAN))
    .replace(BRACES, (block) => spanish(block, BRACE))
    .trim();
}

function spanish(block: string, part: RegExp): string {
  const parts = [...block.matchAll(part)].map((match) => ({
    languages: (match[1] ?? '').toLowerCase().split(/[\s,]+/),
    text: match[2] ?? '',
  }));
  const chosen = parts.find(({ languages }) => languages.some((language) => /^es\b|^es_/.test(language)));
  return (chosen ?? parts[0])?.text ?? block;
}

/** Two texts are the same for a person: blanks and case aside. */
export function sameText(one: string, other: string): boolean {
  return fold(one) === fold(other);
}

function fold(text: string): string {
  return oneLanguage(text).replace(/\s+/g, ' ').toLocaleLowerCase('es');
}
