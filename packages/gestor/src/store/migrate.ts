import { type Kysely, Migrator } from 'kysely';
import { migrations } from './migrations.ts';
import type { Dialect } from './store.ts';
import type { Tables } from './tables.ts';

/**
 * Brings the schema up to date. Processes that start at once wait for each other: kysely takes an advisory lock on
 * PostgreSQL, and on SQLite the transaction locks the file.
 */
export async function migrate(db: Kysely<Tables>, dialect: Dialect): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations(dialect) } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
