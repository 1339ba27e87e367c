import { DatabaseSync } from '@photostructure/sqlite';
import { Kysely, sql } from 'kysely';
import { expect, test } from 'vitest';
import { FileDialect } from '../src/index.ts';

interface Tables {
  cosa: { uno: number; dos: string | null; tres: Uint8Array | null };
}

test('rows are objects with all their columns, read at once, one by one, and after a column was added', async () => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE cosa (uno INTEGER, dos TEXT)');
  const db = new Kysely<Tables>({ dialect: new FileDialect(database, null) });
  await sql`INSERT INTO cosa VALUES (1, 'a'), (2, NULL)`.execute(db);
  const all = db.selectFrom('cosa').selectAll().orderBy('uno');
  const rows = [
    { uno: 1, dos: 'a' },
    { uno: 2, dos: null },
  ];
  expect(await all.execute()).toEqual(rows);
  const streamed: unknown[] = [];
  for await (const row of all.stream()) streamed.push(row);
  expect(streamed).toEqual(rows);

  database.exec('ALTER TABLE cosa ADD COLUMN tres BLOB');
  database.exec("UPDATE cosa SET tres = x'0102' WHERE uno = 1");
  expect(await all.execute()).toEqual([
    { uno: 1, dos: 'a', tres: new Uint8Array([1, 2]) },
    { uno: 2, dos: null, tres: null },
  ]);
  await db.destroy();
});
