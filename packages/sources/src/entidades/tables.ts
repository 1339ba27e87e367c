import type { Issue } from '@puente-sic/protocol';

import type { Entity } from './contract.ts';

/** What gives an entity's rows: a query, a file, a call. */
export interface EntityTable {
  entity: Entity;
  /** Where a person finds it: `alumnos.csv`, `aula.sql, entidad «alumnos»`. */
  place: string;
  /** Columns that somebody assigned, by field; the others are found by their names. */
  assigned?: Assigned;
  /** Set where it can leave out rows of before a moment (see {@link TableLook.since}): which rows these are. */
  keptAs?: string;
  /**
   * Gives the column names and then every row, in order. It never resolves before the last.
   * @throws SourceError where it fails; what the sink throws stops it and comes through.
   */
  read(sink: RowSink, look: TableLook): Promise<void>;
}

export interface TableLook {
  /** Ids of the courses that rows are wanted of; null while they are being found out. Others may come along. */
  courses: ReadonlySet<string> | null;
  /** Of these courses nothing earlier is needed; left out: everything is. */
  since?: (courses: Iterable<string>) => Date;
  signal: AbortSignal | undefined;
}

export interface RowSink {
  columns(names: readonly string[]): void;
  /** `number`: as a person finds it; a sheet's begin with 2, below its header. */
  row(cells: readonly unknown[], number: number): void;
}

/** One consistent look at a source's entities. */
export interface EntityTables {
  tables: readonly EntityTable[];
  /** What is to be said of what was not taken for a table. */
  findings: readonly Issue[];
  /** The zone of date-times that have none, where the source itself knows it. */
  zone(signal: AbortSignal | undefined): Promise<string | null>;
}

/**
 * Which column holds a field, as somebody assigned it: field → column as it is called where the rows come from, or
 * `NO_COLUMN` of columns.ts.
 */
export type Assigned = Readonly<Record<string, string>>;
