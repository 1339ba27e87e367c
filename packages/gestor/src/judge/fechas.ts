import { isFecha as readsAsFecha } from '@puente-sic/protocol';

const REMEMBERED = 1_000;
const known = new Set<string>();

/** As the protocol's isFecha, but it remembers: a night's millions of dates are the same few ones. */
export function isFecha(value: unknown): value is string {
  if (typeof value !== 'string') return false;
  if (known.has(value)) return true;
  if (!readsAsFecha(value)) return false;
  if (known.size >= REMEMBERED) known.clear();
  known.add(value);
  return true;
}
