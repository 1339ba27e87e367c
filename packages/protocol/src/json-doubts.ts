/** What JSON leaves open, and every parser decides in silence. */
export interface JsonDoubt {
  /** `twice`: a key stands again in its object, and the last value would win; `number`: more digits than a number keeps. */
  kind: 'twice' | 'number';
  /** Keys and positions that lead to the value. */
  path: readonly (string | number)[];
  /** The values as written, in their order: one of a `number`. */
  values: readonly string[];
  /** `línea 3, columna 8`: of the last value. */
  place: string;
}

/** Values of a well-formed JSON text that a reader would change or drop without a word. */
export function jsonDoubts(text: string): JsonDoubt[] {
  const doubts: JsonDoubt[] = [];
  const open: Container[] = [];
  const placeOf = places(text);
  const path = (): (string | number)[] => open.map(({ keys, key, index }) => (keys === null ? index : key));
  const ended = (from: number, to: number): void => {
    const container = open.at(-1);
    if (container?.keys == null) return;
    const value = text.slice(from, to);
    const before = container.keys.get(container.key);
    container.keys.set(container.key, [...(before ?? []), value]);
    if (before !== undefined)
      doubts.push({ kind: 'twice', path: path(), values: [...before, value], place: placeOf(from) });
  };
  for (const { 0: token, index: at } of text.matchAll(TOKEN)) {
    const container = open.at(-1);
    if (token === '{' || token === '[') {
      open.push({ keys: token === '{' ? new Map() : null, key: '', index: 0, from: at, awaitsKey: true });
    } else if (token === '}' || token === ']') {
      open.pop();
      ended(container?.from ?? at, at + 1);
    } else if (token === ',') {
      if (container) Object.assign(container, { index: container.index + 1, awaitsKey: true });
    } else if (container?.keys && container.awaitsKey) {
      Object.assign(container, { key: String(JSON.parse(token)), awaitsKey: false });
    } else {
      ended(at, at + token.length);
      if (isChanged(token))
        doubts.push({ kind: 'number', path: path(), values: [token], place: placeOf(at) });
    }
  }
  return doubts;
}

const TOKEN = /"[^"\\]*(?:\\.[^"\\]*)*"|[{}[\],]|-?\d[\d.eE+-]*|true|false|null/g;

interface Container {
  /** The values of each key so far; null in a list. */
  keys: Map<string, string[]> | null;
  key: string;
  index: number;
  from: number;
  awaitsKey: boolean;
}

/** Where the positions of a text stand; many may be asked for. */
function places(text: string): (at: number) => string {
  const starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  return (at) => {
    let [low, high] = [0, starts.length];
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) > at) high = middle;
      else low = middle;
    }
    return `línea ${low + 1}, columna ${at - (starts[low] ?? 0) + 1}`;
  };
}

/** Whole numbers beyond the fifteenth digit; what is no number once it is read. */
function isChanged(token: string): boolean {
  if (!/^-?\d/.test(token)) return false;
  const value = Number(token);
  if (!Number.isFinite(value)) return true;
  return /^-?\d{16,}$/.test(token) && BigInt(token) !== BigInt(value);
}
