import type { Invariant, Report } from '../src/index.ts';

/** Invariants that the engine still breaks; whoever mends one takes it out here. */
export const OPEN: readonly Invariant[] = [];

/** How many seeds every `npm test` runs, from the first. */
export const NIGHTS = 40;

/** What was broken, seed by seed. `npm run test:simulation -- --seed N` shows all that happened in one. */
export function brokenIn(
  reports: readonly Report[],
): { seed: number; invariant: Invariant; detail: string }[] {
  return reports.flatMap(({ seed, violations }) =>
    violations.map(({ invariant, detail }) => ({ seed, invariant, detail })),
  );
}
