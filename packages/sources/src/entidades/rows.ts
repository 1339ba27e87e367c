import type { Issue } from '@puente-sic/protocol';
import { failure } from '../rules/findings.ts';
import { Fault, type Read, readCell } from './cells.ts';
import { type Columns, columnsOf, fieldsOf } from './columns.ts';
import type { CellType, CONTRACT, Entity, Field } from './contract.ts';
import type { Clock } from './moments.ts';
import type { EntityTable, RowSink } from './tables.ts';

type Fields<E extends Entity> = (typeof CONTRACT)[E]['fields'];
/** A row of an entity with every cell read; what has no column is null. */
export type RowOf<E extends Entity> = { [F in keyof Fields<E>]: ValueOf<Fields<E>[F]> } & {
  /** Where it stands, for as long as it is being taken: a text for each of millions would be asked of nobody. */
  place: () => string;
};
type ValueOf<F> = F extends Field ? Read[F['type']] : never;

/** A row of which a cell cannot be read. */
export interface BadRow {
  /** Null: not even these. */
  curso: string | null;
  alumno: string | null;
  /** The first of its cells that cannot be read. */
  field: string;
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
  /** Fields that have a column, with its index. */
  #given: [name: string, type: CellType, index: number][] = [];
  /** Filled anew by each row, for as long as it is being taken; a field without a column stays null. */
  #row: Record<string, unknown> = {};
  readonly #taker: Taker;
  readonly #take: (row: RowOf<E>) => void;
  readonly #clock: Clock | null;
  #columns: Columns | null = null;
  #number = 0;
  readonly #texts = new Map<number, string>();

  constructor(table: EntityTable, clock: Clock | null, taker: Taker, take: (row: RowOf<E>) => void) {
    this.#table = table;
    this.#fields = fieldsOf(table.entity);
    this.#clock = clock;
    this.#taker = taker;
    this.#take = take;
  }

  columns(names: readonly string[]): void {
    this.#columns = columnsOf(this.#table, names);
    if (this.#columns.extra.length > 0) this.#taker.extra(this.#columns.extra);
    const { at } = this.#columns;
    this.#given = this.#fields.flatMap(([name, { type }]): [string, CellType, number][] => {
      const index = at.get(name);
      return index === undefined ? [] : [[name, type, index]];
    });
    this.#row = { place: () => `${this.#table.place}, fila ${this.#number}` };
    for (const [name, { type }] of this.#fields) this.#row[name] = readCell(type, null, null);
  }

  row(cells: readonly unknown[], number: number): void {
    const [, , first] = this.#given[0] as [string, CellType, number];
    const curso = this.#read('clave', cells[first]);
    if (!(curso instanceof Fault) && !this.#taker.wants(curso)) return;
    const row = this.#row;
    let fault: { field: string; raw: unknown; expected: string } | null = null;
    for (const [field, type, index] of this.#given) {
      const raw = cells[index];
      const value = index === first ? curso : this.#read(type, raw);
      if (!(value instanceof Fault)) row[field] = value;
      else {
        row[field] = null;
        fault ??= { field, raw, expected: value.expected };
      }
    }
    this.#number = number;
    if (fault === null) this.#take(row as RowOf<E>);
    else this.#bad(row, fault, number);
  }

  /** Ids that a database gives as numbers come millions of times: each is made a text once. */
  #read<T extends CellType>(type: T, raw: unknown): Read[T] | Fault;
  #read(type: CellType, raw: unknown): Read[CellType] | Fault {
    if (typeof raw !== 'number' || (type !== 'clave' && type !== 'texto'))
      return readCell(type, raw, this.#clock);
    const known = this.#texts.get(raw);
    if (known !== undefined) return known;
    const text = String(raw);
    if (this.#texts.size < MANY) this.#texts.set(raw, text);
    return text;
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
      field: fault.field,
      issue: (consequence) =>
        failure({
          message: `En «${entity}», fila ${number}, la columna «${column ?? fault.field}» trae ${shown(fault.raw)}; debe ser ${fault.expected}. ${consequence}`,
          fix: 'Corrija ese dato en el LMS, o en la consulta o el archivo que lo entrega.',
          place: `${place}, fila ${number}, columna ${column ?? fault.field}`,
        }),
    });
  }
}

const MANY = 100_000;

/** A value within a sentence, short and with nothing that a screen would not show. */
function shown(raw: unknown): string {
  if (raw === null || raw === undefined || raw === '') return 'nada';
  const text = typeof raw === 'object' ? 'un dato que no es texto ni número' : String(raw);
  const clean = text.replace(/[\p{Cc}\p{Cs}]/gu, '·');
  return `«${clean.length > 40 ? `${clean.slice(0, 40)}…` : clean}»`;
}
