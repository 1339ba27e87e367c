import { oneLanguage, sameText } from './text.ts';

/** Shapes that codes of the service were seen to have: they are found anywhere in a name. [I, M] */
const KNOWN = /(?<![\p{L}\p{N}])(?:MO-\d+-M\d+|C\d+-O\d+-M\d+|[A-Z]{2,6}\d{9,})(?![\p{L}\p{N}])/iu;
/** What is taken for a code where it stands alone or after the last `/`: no blanks, at least five digits. */
const ALONE = /^(?=(?:\D*\d){5})[\p{L}\p{N}][\p{L}\p{N}._-]*$/u;

/** How a provider says which section is which module. */
export interface CodeSettings {
  /** Regular expression; its first group, else the whole match, is the code. */
  patronModulo?: string;
  /** By hand: a section's id or name → codigoModulo; blank text = no module. */
  modulos?: Record<string, string>;
}

/** A section's module code; `none` = the provider says that it is no module; null = no code found. */
export function codeOfSection(
  section: { id: number; name: string | null },
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
 * screenshot of I), a known shape anywhere, or the whole name. Known shapes are written in upper case.
 */
export function codeInName(name: string, patronModulo?: string): string | null {
  if (patronModulo !== undefined) {
    const match = new RegExp(patronModulo, 'u').exec(name);
    return (match?.[1] ?? match?.[0])?.trim() || null;
  }
  const slash = name.lastIndexOf('/');
  const tail = name.slice(slash + 1).trim();
  const whole = KNOWN.exec(tail)?.[0].length === tail.length;
  if (slash >= 0 && ALONE.test(tail)) return whole ? tail.toUpperCase() : tail;
  const known = KNOWN.exec(tail) ?? KNOWN.exec(name);
  if (known) return known[0].toUpperCase();
  return ALONE.test(name) ? name : null;
}
