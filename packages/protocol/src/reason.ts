import { CATALOGUE, type Codigo, isCodigo } from './catalogue.ts';

/** Why something was rejected, in the service's words. */
export interface Reason {
  /** Null where the service gave no code that we know; `rawCode` and `message` keep what it said. */
  code: Codigo | null;
  /** The code as the service wrote it, also an unknown one. */
  rawCode: string | null;
  /** The service's own text: without HTML and without `Uno o mas errores encontrados: `. */
  message: string;
}

/** A reason from a code and a text as they came: codes as numbers, missing codes, leaked tags. */
export function readReason(codigo: unknown, mensaje: unknown): Reason {
  const message = plainText(typeof mensaje === 'string' ? mensaje : '');
  const rawCode =
    typeof codigo === 'number' || typeof codigo === 'string' ? String(codigo).trim() || null : null;
  const padded = rawCode?.replace(/^\[(.*)\]$/, '$1').padStart(3, '0');
  return {
    code: isCodigo(padded) ? padded : rawCode === null ? codeOfMessage(message) : null,
    rawCode,
    message,
  };
}

/** The code whose official text a message has; null where none has it. For messages that come without their code. */
export function codeOfMessage(message: string): Codigo | null {
  const text = fold(message).replace(/^alumno\.(fecha)/, 'modulo.$1'); // [A 5]: 026 and 027 of a student
  return PATTERNS.find(([, pattern]) => pattern.test(text))?.[0] ?? null;
}

/** Text without tags, entities and the prefix seen in production [O]. */
function plainText(text: string): string {
  return text
    .replace(/<[^<>]*>/g, ' ')
    .replace(/&(nbsp|lt|gt|quot|amp|#0?39);/g, (entity) => ENTITIES[entity] ?? entity)
    .replace(/\s+/g, ' ')
    .trim()
    .replace(PREFIX, '');
}

/** What production writes before the messages of a module. [O] */
export const PREFIX = /^\s*Uno o m[aá]s errores encontrados:\s*/i;

const ENTITIES: Record<string, string> = {
  '&nbsp;': ' ',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&amp;': '&',
  '&#39;': "'",
  '&#039;': "'",
};

/** Lower case without accents and without what varies between answers: brackets and a final dot. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[()]|\.$/g, '')
    .trim();
}

const PATTERNS: readonly (readonly [Codigo, RegExp])[] = Object.entries(CATALOGUE)
  .filter(([, { text }]) => !text.startsWith('{'))
  .map(([code, { text }]) => {
    const literal = fold(text).replace(/[.*+?^$|[\]\\]/g, '\\$&');
    // What stands last may be missing, or come without a blank before it: `anterior(20.00000)`.
    const pattern = literal.replace(/ \{\w+\}$/, '\\s*.*').replace(/\{\w+\}/g, '.+');
    return [code as Codigo, new RegExp(`^${pattern}$`)] as const;
  });
