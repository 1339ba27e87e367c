import type { Scope } from '../scope.ts';

/** One code of the service's table. Texts as in S (v1), 026–033 as in I (v2). */
export interface CatalogueEntry {
  /** The service's own text; placeholders in braces. */
  text: string;
  scope: Scope;
  /** What it means and what it costs, in plain Spanish. */
  meaning: string;
  /** Likely causes in an OTEC's daily life, most frequent first, in Spanish. */
  causes: string[];
  /** What to do, in Spanish. */
  fix: string;
  /** The same in one English sentence, for developers. */
  english: string;
}
