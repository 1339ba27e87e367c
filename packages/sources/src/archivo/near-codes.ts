import { CODE_FIELDS, type CodeField, codeOf, codePlace, isRow, withCode } from './code-fields.ts';
import type { Doubt, Entry } from './entry.ts';

/**
 * Holds back what stands under a code that is almost another one of the same files: a lost zero (`446` for `0446`), an
 * O for a 0, an accent, another sign. A code that puente.yaml names (`known`) is one of its own. What is held goes with the course
 * that was most likely meant, so that whoever asks for that course hears of its people.
 */
export function withoutTwins(entries: Entry[], known: Record<CodeField, ReadonlySet<string>>): Entry[] {
  const twins = CODE_FIELDS.map((field) => ({ field, likely: likelyOf(entries, field, known[field]) }));
  if (twins.every(({ likely }) => likely.size === 0)) return entries;
  return entries.map((entry) =>
    isRow(entry) ? twins.reduce((held, { field, likely }) => heldIn(held, field, likely), entry) : entry,
  );
}

function heldIn(entry: Entry, field: CodeField, likely: ReadonlyMap<string, Likely>): Entry {
  const code = codeOf(entry, field);
  const meant = code === undefined ? undefined : likely.get(keyOf(entry, field, code));
  if (code === undefined || meant === undefined) return entry;
  const { right, tie } = meant;
  const doubt = doubtOf(code, right, field, codePlace(entry, field));
  if (field === 'codigoModulo') return { ...entry, moduloDoubts: [...entry.moduloDoubts, doubt] };
  if (tie) return { ...entry, doubts: [...entry.doubts, doubt] };
  const moved = withCode(entry, field, right);
  return entry.modulo === null
    ? { ...moved, doubts: [...moved.doubts, doubt] }
    : { ...moved, moduloDoubts: [...moved.moduloDoubts, doubt] };
}

interface Likely {
  right: string;
  /** As many rows have the one as the other: nobody knows which of them is right. */
  tie: boolean;
}

/** Code of a course → the one that it most likely is: that of most rows, or the one that puente.yaml names. */
function likelyOf(entries: Entry[], field: CodeField, known: ReadonlySet<string>): Map<string, Likely> {
  const seen = new Map<string, Seen>();
  for (const entry of entries.filter(isRow)) {
    const code = codeOf(entry, field);
    if (code === undefined) continue;
    const key = keyOf(entry, field, code);
    const before = seen.get(key);
    if (before) before.times++;
    else {
      const shapes = LIKENESSES.map(({ shapeOf }) => keyOf(entry, field, shapeOf(code)));
      seen.set(key, { key, code, shapes, times: 1 });
    }
  }
  const rank = ({ code }: Seen): number => Number(known.has(code));
  const all = [...seen.values()].sort(
    (a, b) => rank(b) - rank(a) || b.times - a.times || b.code.length - a.code.length,
  );
  const likely = new Map<string, Likely>();
  for (const [index, { areNear }] of LIKENESSES.entries())
    for (const group of byShape(all, index)) {
      const [right, ...others] = group;
      for (const { key, code, times } of others) {
        if (right === undefined || known.has(code) || likely.has(key) || !areNear(code, right.code)) continue;
        const tie = times === right.times && !known.has(right.code);
        likely.set(key, { right: tie ? right.code : (likely.get(right.key)?.right ?? right.code), tie });
        if (tie && !likely.has(right.key)) likely.set(right.key, { right: code, tie });
      }
    }
  return likely;
}

function byShape(all: Seen[], index: number): Iterable<Seen[]> {
  const groups = new Map<string | undefined, Seen[]>();
  for (const each of all) {
    const group = groups.get(each.shapes[index]);
    if (group) group.push(each);
    else groups.set(each.shapes[index], [each]);
  }
  return groups.values();
}

interface Seen {
  key: string;
  code: string;
  shapes: string[];
  times: number;
}

/** Groups and modules of two courses have nothing to do with each other. */
function keyOf(entry: Entry, field: CodeField, code: string): string {
  return field === 'codigoOferta' ? code : `${entry.curso.codigoOferta ?? ''}\n${code}`;
}

/** What makes two codes almost one: the same shape, and no sign that they are two. */
const LIKENESSES: { shapeOf: (code: string) => string; areNear: (code: string, other: string) => boolean }[] =
  [
    { shapeOf: withoutZeros, areNear: () => true },
    { shapeOf: inDigits, areNear: () => true },
    { shapeOf: (code) => withoutZeros(zeroInFront(code)), areNear: () => true },
    { shapeOf: withoutSigns, areNear: lostSigns },
    { shapeOf: withoutAccents, areNear: () => true },
  ];

/** What remains where zeros in front, one more of many zeros, signs, and letters between digits are no difference. */
function withoutZeros(code: string): string {
  return code
    .toUpperCase()
    .replace(/(?<=\d)O+(?=\d)/g, (letters) => '0'.repeat(letters.length))
    .replace(/(?<=\d)[IL]+(?=\d)/g, (letters) => '1'.repeat(letters.length))
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/(?<!\d)0+(?=\d)/g, '')
    .replace(/0{3,}(?=[1-9])/g, '000');
}

/** Letters beside a digit as the digit that they look like; a short code (`L1`) has letters of its own. */
function inDigits(code: string): string {
  const upper = code.toUpperCase().replace(/[^\p{L}\p{N}]+/gu, '-');
  if ((upper.match(/\d/g)?.length ?? 0) < 3) return upper;
  return upper
    .replace(/(?<=\d)O+|O+(?=\d)/g, (letters) => '0'.repeat(letters.length))
    .replace(/(?<=\d)[IL]+|[IL]+(?=\d)/g, (letters) => '1'.repeat(letters.length))
    .replace(/(?<=[A-Z])S(?=\d)/g, '5');
}

/** `O446`: an O that no letter stands before may be the zero of `0446`, which other rows lost. */
function zeroInFront(code: string): string {
  return code.toUpperCase().replace(/(?<!\p{L})O(?=\d{3})/gu, '0');
}

function withoutAccents(code: string): string {
  return code.toUpperCase().normalize('NFD').replace(/\p{M}/gu, '');
}

function withoutSigns(code: string): string {
  return code.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}

/** Whether one code only has signs more: `1-11` and `11-1` are two, and in a short code `1-1` and `11` are. */
function lostSigns(code: string, other: string): boolean {
  const [fewer, more] = [signsOf(code), signsOf(other)].sort((a, b) => a.size - b.size);
  if (fewer === undefined || more === undefined) return false;
  const text = withoutSigns(code);
  const lost = [...more].filter((at) => !fewer.has(at));
  const isLong = (text.match(/\d/g)?.length ?? 0) > 5;
  const apart = (at: number): boolean => /\d$/.test(text.slice(0, at)) && /^\d/.test(text.slice(at));
  return lost.length + fewer.size === more.size && (isLong || !lost.some(apart));
}

/** After how many letters and digits a code has signs. */
function signsOf(code: string): Set<number> {
  return new Set(
    [...code.matchAll(/[^\p{L}\p{N}]+/gu)].map(({ index }) => withoutSigns(code.slice(0, index)).length),
  );
}

const IN_SETTINGS = { codigoOferta: 'curso', codigoGrupo: 'grupo' };

function doubtOf(code: string, right: string, field: CodeField, place: string): Doubt {
  const both =
    field === 'codigoModulo'
      ? `«modulos: { "${right}": "${right}", "${code}": "${code}" }»`
      : `uno con «${IN_SETTINGS[field]}: "${right}"» y otro con «${IN_SETTINGS[field]}: "${code}"»`;
  return {
    message: `El código «${code}» es casi «${right}», que traen otras filas: solo difieren en ceros, tildes, signos o letras que parecen números.`,
    fix: `Escríbalo como está en SIC. Si de verdad son dos códigos, anote los dos en puente.yaml, en «cursos»: ${both}.`,
    place,
  };
}
