import type { DatabaseSyncInstance, StatementSyncInstance } from '@photostructure/sqlite';

type Value = string | number | null;

/** Rows in one statement: a quarter less work than row by row, and no less with more of them. */
const ROWS = 10;

/** Inserts many rows of one table by two statements that are prepared once. */
export class BulkInsert {
  readonly #many: StatementSyncInstance;
  readonly #one: StatementSyncInstance;
  readonly #width: number;

  /** `onConflict` is what follows the values. */
  constructor(database: DatabaseSyncInstance, table: string, columns: readonly string[], onConflict = '') {
    const names = columns.map((column) => `"${column}"`).join(', ');
    const row = `(${columns.map(() => '?').join(', ')})`;
    const insert = (rows: number): StatementSyncInstance =>
      database.prepare(
        `insert into ${table} (${names}) values ${Array(rows).fill(row).join(', ')} ${onConflict}`,
      );
    this.#many = insert(ROWS);
    this.#one = insert(1);
    this.#width = columns.length;
  }

  /** Takes the rows as one list of values after another, in order. */
  run(values: Value[]): void {
    const many = ROWS * this.#width;
    let from = 0;
    for (; from + many <= values.length; from += many) this.#many.run(...values.slice(from, from + many));
    for (; from < values.length; from += this.#width)
      this.#one.run(...values.slice(from, from + this.#width));
  }
}
