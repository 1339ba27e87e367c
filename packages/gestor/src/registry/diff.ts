import type { Changes } from './report.ts';

/** What must be done so that the store has what the file says. */
export interface Diff<Wanted, Stored> {
  added: Wanted[];
  changed: Wanted[];
  closed: Stored[];
}

/** Compares by key; `same` says whether a stored row already is as wanted, `open` whether it still counts. */
export function diff<Wanted, Stored>(
  wanted: readonly Wanted[],
  stored: readonly Stored[],
  rules: {
    wantedKey(row: Wanted): string | number;
    storedKey(row: Stored): string | number;
    same(wanted: Wanted, stored: Stored): boolean;
    open(stored: Stored): boolean;
  },
): Diff<Wanted, Stored> {
  const before = new Map(stored.map((row) => [rules.storedKey(row), row]));
  const result: Diff<Wanted, Stored> = { added: [], changed: [], closed: [] };
  const seen = new Set<string | number>();
  for (const row of wanted) {
    const key = rules.wantedKey(row);
    if (seen.has(key)) continue;
    seen.add(key);
    const old = before.get(key);
    if (old === undefined) result.added.push(row);
    else if (!rules.open(old) || !rules.same(row, old)) result.changed.push(row);
  }
  for (const [key, row] of before) if (!seen.has(key) && rules.open(row)) result.closed.push(row);
  return result;
}

export function count(changes: Changes, done: Diff<unknown, unknown>): void {
  changes.agregados += done.added.length;
  changes.cambiados += done.changed.length;
  changes.cerrados += done.closed.length;
}
