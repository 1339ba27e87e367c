import { type Kysely, type Migration, Migrator, sql } from 'kysely';
import { StoreError } from './error.ts';

/** A schema's steps by name, oldest first. A published one is never edited: another is added. */
export type Migrations = Record<string, Migration>;

/**
 * Brings a schema up to date, all of it or nothing. Processes that start at once wait for each other: kysely takes an
 * advisory lock on PostgreSQL, and on SQLite the transaction locks the file.
 * @param file named where a newer version has written the schema.
 * @returns whether anything was to be done.
 * @throws StoreError `newer`
 */
export async function migrate<T>(db: Kysely<T>, migrations: Migrations, file: string): Promise<boolean> {
  const done = await migrated(db);
  const ours = Object.keys(migrations);
  if (done.some((name) => !ours.includes(name))) throw new StoreError('newer', file);
  if (done.length === ours.length) return false;
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations } });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
  return true;
}

/** The migrations that a database has behind it. */
export async function migrated<T>(db: Kysely<T>): Promise<string[]> {
  const tables = await db.introspection.getTables({ withInternalKyselyTables: true });
  if (!tables.some(({ name }) => name === TABLE)) return [];
  const { rows } = await sql<{ name: string }>`select name from ${sql.table(TABLE)} order by name`.execute(
    db,
  );
  return rows.map(({ name }) => name);
}

/**
 * A schema that was made before it stood under the Migrator counts as having those migrations. For use inside a
 * transaction; does nothing where the Migrator already knows the database.
 */
export async function markMigrated<T>(db: Kysely<T>, names: readonly string[]): Promise<void> {
  if (names.length === 0 || (await migrated(db)).length > 0) return;
  await db.schema
    .createTable(TABLE)
    .ifNotExists()
    .addColumn('name', 'varchar(255)', (column) => column.notNull().primaryKey())
    .addColumn('timestamp', 'varchar(255)', (column) => column.notNull())
    .execute();
  // In one statement with one time: the Migrator reads them back by time and then by name.
  const timestamp = new Date(0).toISOString();
  const values = names.map((name) => sql`(${name}, ${timestamp})`);
  await sql`insert into ${sql.table(TABLE)} (name, timestamp) values ${sql.join(values)}`.execute(db);
}

/** Runs the statements of a migration written as one page of SQL; no value in it may hold a `;` or a `--`. */
export async function runStatements<T>(db: Kysely<T>, page: string): Promise<void> {
  for (const statement of page.replace(/--.*$/gm, '').split(';')) {
    if (statement.trim()) await sql.raw(statement).execute(db);
  }
}

/** Where kysely's Migrator writes down what it did. */
const TABLE = 'kysely_migration';
