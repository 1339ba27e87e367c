import { CODE_FIELDS, type CodeField, codeOf, codePlace, isRow, withCode } from './code-fields.ts';
import type { Doubt, Entry } from './entry.ts';

/**
 * Holds back what stands under a code that is almost another one of the same files: a lost zero (`446` for `0446`), an
 * O for a 0, another sign. A code that puente.yaml names (`known`) is one of its own. What is held goes with the course
 * that was most likely meant, so that whoever asks for that course hears of its people.
 */
export function withoutTwins(entries: Entry[], known: Record<CodeField, ReadonlySet<string>>): Entry[] {
  const twins = CODE_FIELDS.map((field) => ({ field, likely: likelyOf(entries, field, known[field]) }));
  return entries.map((entry) =>
    isRow(entry) ? twins.reduce((held, { field, likely }) => heldIn(held, field, likely), entry) : entry,
  );
}

function heldIn(entry: Entry, field: CodeField, likely: ReadonlyMap<string, string>): Entry {
  const code = codeOf(entry, field);
  const right = code === undefined ? undefined : likely.get(keyOf(entry, field, code));
  if (code === undefined || right === undefined) return entry;
  const doubt = doubtOf(code, right, field, codePlace(entry, field));
  if (field === 'codigoModulo') return { ...entry, moduloDoubts: [...entry.moduloDoubts, doubt] };
  const moved = withCode(entry, field, right);
  return entry.modulo === null
    ? { ...moved, doubts: [...moved.doubts, doubt] }
    : { ...moved, moduloDoubts: [...moved.moduloDoubts, doubt] };
}

/** Code of a course → the one that it most likely is: that of most rows, or the one that lost nothing. */
function likelyOf(entries: Entry[], field: CodeField, known: ReadonlySet<string>): Map<string, string> {
  const groups = new Map<string, Map<string, { code: string; times: number }>>();
  for (const entry of entries.filter(isRow)) {
    const code = codeOf(entry, field);
    if (code === undefined) continue;
    const shape = keyOf(entry, field, shapeOf(code));
    const group = groups.get(shape) ?? new Map<string, { code: string; times: number }>();
    groups.set(shape, group);
    const key = keyOf(entry, field, code);
    group.set(key, { code, times: (group.get(key)?.times ?? 0) + 1 });
  }
  const likely = new Map<string, string>();
  for (const group of groups.values()) {
    if (group.size < 2) continue;
    const rank = (code: string): number => Number(known.has(code));
    const [right, ...others] = [...group].sort(
      ([, a], [, b]) => rank(b.code) - rank(a.code) || b.times - a.times || b.code.length - a.code.length,
    );
    for (const [key, { code }] of others)
      if (right !== undefined && !known.has(code)) likely.set(key, right[1].code);
  }
  return likely;
}

/** Groups and modules of two courses have nothing to do with each other. */
function keyOf(entry: Entry, field: CodeField, code: string): string {
  return JSON.stringify([field === 'codigoOferta' ? '' : (entry.curso.codigoOferta ?? ''), code]);
}

/** What remains of a code where zeros in front, signs, and letters like digits are no difference. */
function shapeOf(code: string): string {
  return code
    .toUpperCase()
    .replace(/(?<=\d)O+(?=\d)/g, (letters) => '0'.repeat(letters.length))
    .replace(/(?<=\d)[IL]+(?=\d)/g, (letters) => '1'.repeat(letters.length))
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/(?<!\d)0+(?=\d)/g, '');
}

const IN_SETTINGS: Record<CodeField, string> = {
  codigoOferta: 'curso',
  codigoGrupo: 'grupo',
  codigoModulo: 'modulos',
};

function doubtOf(code: string, right: string, field: CodeField, place: string): Doubt {
  const entry = field === 'codigoModulo' ? `modulos: { ${code}: ${code} }` : `${IN_SETTINGS[field]}: ${code}`;
  return {
    message: `El código «${code}» es casi «${right}», que traen otras filas: solo difieren en ceros, signos o letras que parecen números.`,
    fix: `Escríbalo como está en SIC. Si de verdad son dos códigos, anote este en puente.yaml, en «cursos»: «${entry}».`,
    place,
  };
}
