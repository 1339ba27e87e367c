/** A JSON object whose fields are not yet trusted. Read them through {@link own}. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object: not null, not a list. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A field that the object itself carries; undefined for inherited ones (`constructor`, `__proto__`) and for non-objects. */
export function own(value: unknown, key: string): unknown {
  return isJsonObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

/** The list that stands in a field; undefined where there is none. */
export function ownList(value: unknown, key: string): readonly unknown[] | undefined {
  const field = own(value, key);
  return Array.isArray(field) ? field : undefined;
}

/** A code of the wire (course, group, module): text, or a number read as its text. Null for all else, empty included. */
export function readCode(value: unknown): string | null {
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : null;
  return typeof value === 'string' && value.trim() !== '' ? value : null;
}

/**
 * Whether lists and objects stand in one another deeper than anything of this protocol does. What is written by the
 * thousand within itself can be read, and then ends the stack of whoever looks at it, compares it or shows it.
 */
export function isNestedTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) return true;
    level = level.flatMap((each) => (typeof each === 'object' && each !== null ? Object.values(each) : []));
  }
  return false;
}

/** Of an answer's own lists, four. */
const DEEPEST = 64;
