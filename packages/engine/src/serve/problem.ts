import type { CausaNoche } from '../ledger/tables.ts';

/** What keeps a course from being done. */
export interface Problem {
  causa: CausaNoche;
  motivo: string;
  queHacer: string;
}
