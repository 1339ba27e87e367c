import type { Db, Row } from '../../src/db/db.ts';

/** Passes everything on and counts the queries. */
export class CountingDb implements Db {
  readonly #db: Db;
  count = 0;

  constructor(db: Db) {
    this.#db = db;
  }

  get kind(): Db['kind'] {
    return this.#db.kind;
  }

  get schema(): string {
    return this.#db.schema;
  }

  get lastSign(): number {
    return this.#db.lastSign;
  }

  quote(identifier: string): string {
    return this.#db.quote(identifier);
  }

  rows(sql: string, parameters?: string[]): Promise<Row[]> {
    this.count += 1;
    return this.#db.rows(sql, parameters);
  }

  stream(sql: string, onRow: (row: readonly unknown[]) => void): Promise<void> {
    this.count += 1;
    return this.#db.stream(sql, onRow);
  }

  placeholder(position: number): string {
    return this.#db.placeholder(position);
  }

  limitStatements(seconds: number): Promise<void> {
    return this.#db.limitStatements(seconds);
  }

  close(): Promise<void> {
    return this.#db.close();
  }

  destroy(): void {
    this.#db.destroy();
  }
}
