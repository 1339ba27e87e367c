/** Words of a name that people write or leave out. */
const PARTICLES = new Set(['de', 'del', 'la', 'las', 'los', 'y', 'san', 'sra', 'sr', 'srta', 'don', 'dona']);

/**
 * Whether two names cannot be one person's. Another order, other accents or capitals, a name more or less, an initial
 * and a slip of one letter are no difference; each name must have a word that the other one has not.
 */
export function areOfTwoPeople(one: string, other: string): boolean {
  const [first, second] = [wordsOf(one), wordsOf(other)];
  const [alone, left] = [unmatched(first, second), unmatched(second, first)];
  if (alone.length === 0 || left.length === 0) return false;
  const shared = first.length - alone.length;
  // One word in the place of another (`Juan Soto Rojas`, `Pedro Soto Rojas`): brothers, not a second name.
  return shared < 2 || (first.length === second.length && alone.every((at, index) => at === left[index]));
}

function wordsOf(name: string): string[] {
  if (name.includes('@')) return [];
  const words =
    name
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .match(/\p{L}+/gu) ?? [];
  return words.filter((word) => !PARTICLES.has(word));
}

/** Where words stand that have no counterpart; each counterpart is one word's only. */
function unmatched(words: string[], others: string[]): number[] {
  const free = [...others];
  return words.flatMap((word, index) => {
    const exact = free.indexOf(word);
    const found = exact >= 0 ? exact : free.findIndex((other) => isAlmost(word, other));
    if (found < 0) return index;
    free.splice(found, 1);
    return [];
  });
}

/** `J` and `Juan`, `Ma` and `María`, `Nuñes` and `Núñez`. */
function isAlmost(one: string, other: string): boolean {
  if (one.startsWith(other) || other.startsWith(one)) return true;
  if (Math.min(one.length, other.length) < 4) return false;
  let [start, end] = [0, 0];
  const [longer, shorter] = one.length >= other.length ? [one, other] : [other, one];
  while (start < shorter.length && longer[start] === shorter[start]) start += 1;
  while (end < shorter.length - start && longer.at(-1 - end) === shorter.at(-1 - end)) end += 1;
  return longer.length - start - end <= 1;
}
