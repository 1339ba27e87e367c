/** What a query gives, as the driver gives it; {@link int}, {@link text} and the others read it. */
export type Row = Readonly<Record<string, unknown>>;

/** One connection to Moodle's database, inside one read-only transaction: every query sees the same moment. */
export interface Db {
  readonly kind: DbKind;
  /** The schema that unqualified names mean, as SQL. */
  readonly schema: string;
  quote(identifier: string): string;
  /** `?` stands for a parameter. */
  rows(sql: string, parameters?: string[]): Promise<Row[]>;
  /** Row by row, as arrays in the order of the columns: for what may be big. */
  stream(sql: string, onRow: (row: readonly unknown[]) => void, options?: StreamOptions): Promise<void>;
  /** How the n-th parameter of a stream, from 1, is written. */
  placeholder(position: number): string;
  /** A statement that runs for longer fails. */
  limitStatements(seconds: number): Promise<void>;
  /** When the database last gave a sign of life, by performance.now(). */
  readonly lastSign: number;
  close(): Promise<void>;
  /** At once, whatever is running. */
  destroy(): void;
}

/** What reading by queries needs of any database. */
export type SqlDb = Pick<Db, 'stream' | 'placeholder' | 'limitStatements' | 'lastSign' | 'close' | 'destroy'>;

export interface StreamOptions {
  /** By {@link Db.placeholder}; a moment comes to the database in its own type, on a clock that is UTC. */
  parameters?: readonly (string | Date)[];
  /** Told once, before the first row. */
  onColumns?: (names: readonly string[]) => void;
}

export type DbKind = 'mysql' | 'postgres';

/** Where the database is and how to get in. */
export interface DbSettings {
  /** `mysql://`, `mariadb://`, `postgres://` or `postgresql://user:password@host:port/database`. */
  url: string;
  /** Encrypted, with the server's certificate verified; an authority of one's own goes into NODE_EXTRA_CA_CERTS. */
  tls?: boolean;
}

/** A parameter where the engine reads a moment from text, on a session's clock that is UTC. */
export function boundText(value: string | Date): string {
  return typeof value === 'string' ? value : value.toISOString().slice(0, 19).replace('T', ' ');
}

/** Whole numbers: bigint is a number in mysql2 and, by our parser, in pg. */
export function int(value: unknown): number {
  if (typeof value === 'number') return value;
  const number = Number(value);
  if (value === null || !Number.isSafeInteger(number)) throw new TypeError('a whole number was expected');
  return number;
}

export function intOrNull(value: unknown): number | null {
  return value === null ? null : int(value);
}

/** DECIMAL comes as text from both drivers. */
export function decimalOrNull(value: unknown): number | null {
  if (value === null) return null;
  const number = Number(value);
  if (!Number.isFinite(number)) throw new TypeError('a decimal number was expected');
  return number;
}

export function text(value: unknown): string {
  if (typeof value !== 'string') throw new TypeError('a text was expected');
  return value;
}

export function textOrNull(value: unknown): string | null {
  return value === null ? null : text(value);
}

/** 0 means "none" in Moodle's moments, never 1970. */
export function moment(value: unknown): Date | null {
  const seconds = intOrNull(value) ?? 0;
  return seconds === 0 ? null : new Date(seconds * 1000);
}

/** Rows made into things and put together by a whole-number column. */
export function byKey<T>(rows: Row[], column: string, make: (row: Row) => T): Map<number, T[]> {
  const groups = new Map<number, T[]>();
  for (const row of rows) {
    const key = int(row[column]);
    const group = groups.get(key);
    if (group) group.push(make(row));
    else groups.set(key, [make(row)]);
  }
  return groups;
}
