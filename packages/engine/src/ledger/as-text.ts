import { type Kysely, type RawBuilder, sql } from 'kysely';
import type { Tables } from './tables.ts';

/** All columns of a table, in the order in which they are read: a new one is missed by the compiler. */
export type Columns<Row> = Record<keyof Row & string, true>;

/**
 * Rows of a table without blobs, handed over as one text: some hundreds read cell by cell cost several times as much.
 * @param query gives all columns, in the order that is wanted.
 */
export async function rowsAsText<Row extends object>(
  db: Kysely<Tables>,
  all: Columns<Row>,
  query: RawBuilder<unknown>,
): Promise<Row[]> {
  const columns = Object.keys(all);
  const named = sql.join(columns.map((column) => sql.ref(column)));
  const { rows } = await sql<{ lista: string }>`
    SELECT json_group_array(json_array(${named})) AS lista FROM (${query})`.execute(db);
  const found: unknown[][] = JSON.parse(rows[0]?.lista ?? '[]');
  return found.map((cells) => {
    const row: Record<string, unknown> = {};
    for (let at = 0; at < columns.length; at++) row[columns[at] as string] = cells[at];
    return row as Row;
  });
}
