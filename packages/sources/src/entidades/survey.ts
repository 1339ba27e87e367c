import type { Issue } from '@puente-sic/protocol';
import { SourceError } from '../source.ts';
import { type Columns, fieldsOf, foundColumns } from './columns.ts';
import { ENTITIES, type Entity } from './contract.ts';
import { Filling } from './filling.ts';
import { byEntity, clockOf, type EntitySite } from './read.ts';
import type { CourseData } from './site.ts';
import type { EntityTable, EntityTables, RowSink } from './tables.ts';

/** What was met while one entity was read. */
export interface EntitySurvey {
  entity: Entity;
  /** Where its rows come from; null: it is not given. */
  place: string | null;
  rows: number;
  /** In the order of the contract; empty where the names were never given. */
  columns: SurveyedColumn[];
  /** Given, and no column of ours. */
  extra: readonly string[];
  /** Every column as it is called where the rows come from, in their order. */
  names: readonly string[];
  /** The first rows as given, cells in the order of `names`. */
  sample: readonly (readonly unknown[])[];
  /** Why it cannot be read; the others were read all the same. */
  trouble: SourceError | null;
}

export interface SurveyedColumn {
  field: string;
  /** As it is called where the rows come from; null: there is none. */
  column: string | null;
  /** What the first row holds there, as given. */
  example: unknown;
  /** Rows of which this is what cannot be read. */
  unreadable: number;
}

/** One look at the source; it is opened anew for each call. */
export type SurveyLook = <T>(work: (tables: EntityTables, signal: AbortSignal) => Promise<T>) => Promise<T>;

/** Every entity by itself, and what of them could be read. */
export interface Survey {
  entities: EntitySurvey[];
  site: EntitySite;
}

/**
 * Reads every entity as far as it goes: one that fails does not keep the next from being looked at. After a failure
 * another look is opened, because a database whose query failed may answer nothing more in that session.
 * @throws SourceError where the source as a whole cannot be read.
 */
export async function surveyEntities(
  look: SurveyLook,
  choose: (courses: CourseData[]) => ReadonlySet<string>,
  zone: string | undefined,
): Promise<Survey> {
  const filling = new Filling(clockOf((await look((source, signal) => source.zone(signal))) ?? zone));
  const left = [...ENTITIES];
  const entities: EntitySurvey[] = [];
  let told: readonly Issue[] = [];
  while (left.length > 0)
    await look(async (source, signal) => {
      const tables = byEntity(source.tables);
      told = source.findings;
      for (let entity = left.shift(); entity !== undefined; entity = left.shift()) {
        const survey = await surveyOne(entity, tables.get(entity), filling, signal);
        entities.push(survey);
        if (entity === 'cursos') filling.wanted = choose([...filling.courses.values()]);
        if (survey.trouble !== null) return;
      }
    });
  filling.finish();
  const given = new Set(entities.flatMap(({ entity, place }) => (place === null ? [] : [entity])));
  const { courses, anyClick } = filling;
  return { entities, site: { courses, given, anyClick, findings: [...told, ...filling.lost()] } };
}

async function surveyOne(
  entity: Entity,
  table: EntityTable | undefined,
  filling: Filling,
  signal: AbortSignal,
): Promise<EntitySurvey> {
  if (table === undefined) return { entity, place: null, ...NOT_GIVEN, trouble: null };
  const watch = new Watch(table, filling.reader(table));
  let trouble: SourceError | null = null;
  try {
    await table.read(watch, { courses: filling.wanted, signal });
    trouble = watch.trouble;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    trouble = error;
  }
  const seen = watch.seen();
  const columns = seen.columns.map((column) => ({
    ...column,
    unreadable: filling.unreadable(entity, column.field),
  }));
  return { entity, place: table.place, ...seen, columns, trouble };
}

const NOT_GIVEN = { rows: 0, columns: [], extra: [], names: [], sample: [] };

/** Rows that somebody looks at to see what a column is. */
const SAMPLE = 3;

/** Notes what passes on its way to the reader; where the columns are not those wanted, the first rows still pass. */
class Watch implements RowSink {
  readonly #table: EntityTable;
  readonly #reader: RowSink;
  #names: readonly string[] | null = null;
  #columns: Columns | null = null;
  readonly #sample: (readonly unknown[])[] = [];
  #rows = 0;
  /** Why the columns cannot be used. */
  trouble: SourceError | null = null;

  constructor(table: EntityTable, reader: RowSink) {
    this.#table = table;
    this.#reader = reader;
  }

  columns(names: readonly string[]): void {
    this.#names ??= names;
    try {
      this.#columns ??= foundColumns(this.#table, names);
      this.#reader.columns(names);
    } catch (error) {
      if (!(error instanceof SourceError)) throw error;
      this.trouble ??= error;
    }
  }

  row(cells: readonly unknown[], number: number): void {
    this.#rows++;
    if (this.#sample.length < SAMPLE) this.#sample.push([...cells]);
    if (this.trouble === null) this.#reader.row(cells, number);
    else if (this.#sample.length === SAMPLE) throw this.trouble;
  }

  seen(): Pick<EntitySurvey, 'rows' | 'extra' | 'names' | 'sample'> & {
    columns: Omit<SurveyedColumn, 'unreadable'>[];
  } {
    if (this.#names === null) return NOT_GIVEN;
    const [first = []] = this.#sample;
    const columns = fieldsOf(this.#table.entity).map(([field]) => {
      const index = this.#columns?.at.get(field);
      return {
        field,
        column: index === undefined ? null : (this.#names?.[index] ?? null),
        example: index === undefined ? null : first[index],
      };
    });
    const extra = this.#columns?.extra ?? this.#names;
    return { rows: this.#rows, columns, extra, names: this.#names, sample: this.#sample };
  }
}
