import type { Invariant } from './judge.ts';

/** Seeds that once broke an invariant, and how; run by every `npm test`. */
export const FAILED_SEEDS: readonly { seed: number; invariant: Invariant }[] = [
  { seed: 3, invariant: 'recorded-twice' },
];
