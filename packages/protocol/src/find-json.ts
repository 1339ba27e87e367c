import { isNestedTooDeep } from './json.ts';

/** A JSON value of an answer, and whether other text stood around it. */
export interface FoundJson<T> {
  value: T;
  leaked: boolean;
}

/**
 * Finds the JSON of an answer, also behind leaked HTML (PHP notices before the body, seen in production [O]) and
 * before trailing rubbish. Only values that `accept` knows count, and that are not nested without end; several may be
 * found. Linear in practice: the scan gives up after a fixed multiple of the text's length, so hostile text costs no
 * more.
 */
export function findJson<T>(raw: string, accept: (value: unknown) => value is T): FoundJson<T>[] {
  const text = raw.replace(/^\uFEFF/, '').trim();
  const whole = parse(text);
  if (whole !== undefined)
    return accept(whole) && !isNestedTooDeep(whole) ? [{ value: whole, leaked: false }] : [];

  const found: FoundJson<T>[] = [];
  let budget = text.length * SCANS + 1000;
  const starts = /\{\s*["}]|\[\s*[{\]]/g;
  for (let start = starts.exec(text); start && budget > 0; start = starts.exec(text)) {
    const end = endOfValue(text, start.index, budget);
    budget -= Math.abs(end) - start.index;
    const value = end > 0 ? parse(text.slice(start.index, end)) : undefined;
    // A part of a value that was read whole is not looked at again; one that was not a value may hide another.
    starts.lastIndex = value === undefined ? start.index + 1 : end;
    if (accept(value) && !isNestedTooDeep(value)) found.push({ value, leaked: true });
  }
  return found;
}

/** How often, on average, each character may be looked at. */
const SCANS = 64;

/** Index after the value that opens at `start`; negative (how far it looked) when it does not close. */
function endOfValue(text: string, start: number, budget: number): number {
  let depth = 0;
  let quoted = false;
  const stop = Math.min(text.length, start + budget);
  for (let index = start; index < stop; index += 1) {
    const char = text[index];
    if (quoted) {
      if (char === '\\') index += 1;
      else if (char === '"') quoted = false;
    } else if (char === '"') quoted = true;
    else if (char === '{' || char === '[') depth += 1;
    else if (char === '}' || char === ']') {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return -stop;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // not JSON: an answer to judge, not a failure of ours
  }
}
