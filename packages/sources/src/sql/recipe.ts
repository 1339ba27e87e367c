import type { SqlDb } from '../db/db.ts';
import type { Queries } from './queries.ts';

/** Queries for an LMS that many have, made after a look at what the site's version has. */
export interface Recipe {
  /** As people call the LMS. */
  title: string;
  /** What `parametros` may say, with what holds where it does not. */
  parameters: Readonly<Record<string, { preset: string; pattern: RegExp; about: string }>>;
  /** Protocols of `url` that its SQL is written for. */
  engines: readonly string[];
  queries(db: SqlDb, parameters: Readonly<Record<string, string>>): Promise<Queries>;
}
