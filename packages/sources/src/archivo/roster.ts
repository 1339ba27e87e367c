import type { Issue } from '@puente-sic/protocol';

/** A list of people without their progress, or with a part of it: an error alone, a word beside tables that tell it. */
export interface Roster {
  alone: Issue;
  beside: Issue;
  /** Of whom each has to be in those tables; left out: of nobody. */
  keys?: string[];
}
