/** Numbers that a seed gives again. */
export interface Random {
  /** In [0, 1). */
  next(): number;
  /** A whole number, both ends included. */
  int(from: number, to: number): number;
  /** True once in so many. */
  oneIn(times: number): boolean;
  pick<T>(items: readonly T[]): T;
}

/**
 * A stream of its own for each purpose (mulberry32 over the hash of both): what one part of the world draws never
 * shifts what another one meets, so that a fault can be taken out of a seed and the rest stays as it was.
 */
export function randomOf(seed: number, purpose: string): Random {
  let state = hash(`${seed} ${purpose}`);
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    next,
    int: (from, to) => from + Math.floor(next() * (to - from + 1)),
    oneIn: (times) => next() * times < 1,
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('Nothing to pick from');
      return item;
    },
  };
}

/** FNV-1a. */
export function hash(text: string): number {
  let value = 2166136261;
  for (const char of text) value = Math.imul(value ^ char.charCodeAt(0), 16777619) >>> 0;
  return value;
}
