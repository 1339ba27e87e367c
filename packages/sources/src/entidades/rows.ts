import type { Issue } from '@puente-sic/protocol';
import { failure } from '../rules/findings.ts';
import { Fault, type Read, readCell } from './cells.ts';
import { type Columns, columnsOf, fieldsOf } from './columns.ts';
import type { CONTRACT, Entity, Field } from './contract.ts';
import type { Clock } from './moments.ts';
import type { EntityTable, RowSink } from './tables.ts';

type Fields<E extends Entity> = (typeof CONTRACT)[E]['fields'];
/** A row of an entity with every cell read; what has no column is null. */
export type RowOf<E extends Entity> = { [F in keyof Fields<E>]: ValueOf<Fields<E>[F]> } & { place: string };
type ValueOf<F> = F extends Field ? Read[F['type']] : never;

/** A row of which a cell cannot be read. */
export interface BadRow {
  /** Null: not even these. */
  curso: string | null;
  alumno: string | null;
  issue(consequence: string): Issue;
}

/** Who takes the rows of an entity. */
export interface Taker {
  /** Of a course that nobody asked for: the rest of the row is not looked at. */
  wants(curso: string): boolean;
  /** Columns that are none of ours. */
  extra(names: string[]): void;
  bad(row: BadRow): void;
}

/** Reads each cell of an entity's rows and hands the row on, good or bad. */
export class RowReader<E extends Entity> implements RowSink {
  readonly #table: EntityTable;
  readonly #fields: [string, Field][];
  readonly #taker: Taker;
  readonly #take: (row: RowOf<E>) => void;
  readonly #clock: Clock | null;
  #columns: Columns | null = null;

  constructor(table: EntityTable, clock: Clock | null, taker: Taker, take: (row: RowOf<E>) => void) {
    this.#table = table;
    this.#fields = fieldsOf(table.entity);
    this.#clock = clock;
    this.#taker = taker;
    this.#take = take;
  }

  columns(names: readonly string[]): void {
    this.#columns = columnsOf(this.#table.entity, names, this.#table.place);
    if (this.#columns.extra.length > 0) this.#taker.extra(this.#columns.extra);
  }

  row(cells: readonly unknown[], number: number): void {
    const { at } = this.#columns as Columns;
    const curso = readCell('clave', cells[at.get('curso') as number], null);
    if (!(curso instanceof Fault) && !this.#taker.wants(curso)) return;
    const row: Record<string, unknown> = {};
    let fault: { field: string; raw: unknown; expected: string } | null = null;
    for (const [field, { type }] of this.#fields) {
      const index = at.get(field);
      const raw = index === undefined ? null : cells[index];
      const value = readCell(type, raw, this.#clock);
      if (value instanceof Fault) fault ??= { field, raw, expected: value.expected };
      else row[field] = value;
    }
    row.place = `${this.#table.place}, fila ${number}`;
    if (fault === null) this.#take(row as RowOf<E>);
    else this.#bad(row, fault, number);
  }

  #bad(
    row: Record<string, unknown>,
    fault: { field: string; raw: unknown; expected: string },
    number: number,
  ) {
    const { entity, place } = this.#table;
    const column = (this.#columns as Columns).names[(this.#columns as Columns).at.get(fault.field) ?? -1];
    const { curso, alumno } = row;
    this.#taker.bad({
      curso: typeof curso === 'string' ? curso : null,
      alumno: typeof alumno === 'string' ? alumno : null,
      issue: (consequence) =>
        failure({
          message: `En «${entity}», fila ${number}, la columna «${column ?? fault.field}» trae ${shown(fault.raw)}; debe ser ${fault.expected}. ${consequence}`,
          fix: 'Corrija ese dato en el LMS, o en la consulta o el archivo que lo entrega.',
          place: `${place}, fila ${number}, columna ${column ?? fault.field}`,
        }),
    });
  }
}

/** A value within a sentence, short and with nothing that a screen would not show. */
function shown(raw: unknown): string {
  if (raw === null || raw === undefined || raw === '') return 'nada';
  const text = typeof raw === 'object' ? 'un dato que no es texto ni número' : String(raw);
  const clean = text.replace(/[\p{Cc}\p{Cs}]/gu, '·');
  return `«${clean.length > 40 ? `${clean.slice(0, 40)}…` : clean}»`;
}
