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
  /** Why it cannot be read; the others were read all the same. */
  trouble: SourceError | null;
}

export interface SurveyedColumn {
  field: string;
  /** As it is called where the rows come from; null: there is none. */
  column: string | null;
  /** What the first row holds there, as given. */
  example: unknown;
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
  if (table === undefined) return { entity, place: null, rows: 0, columns: [], extra: [], trouble: null };
  const watch = new Watch(table, filling.reader(table));
  let trouble: SourceError | null = null;
  try {
    await table.read(watch, { courses: filling.wanted, signal });
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    trouble = error;
  }
  return { entity, place: table.place, ...watch.seen(), trouble };
}

/** Notes what passes on its way to the reader. */
class Watch implements RowSink {
  readonly #table: EntityTable;
  readonly #reader: RowSink;
  #columns: Columns | null = null;
  #first: readonly unknown[] = [];
  #rows = 0;

  constructor(table: EntityTable, reader: RowSink) {
    this.#table = table;
    this.#reader = reader;
  }

  columns(names: readonly string[]): void {
    const { entity, place } = this.#table;
    this.#columns ??= foundColumns(entity, names, place);
    this.#reader.columns(names);
  }

  row(cells: readonly unknown[], number: number): void {
    if (this.#rows++ === 0) this.#first = [...cells];
    this.#reader.row(cells, number);
  }

  seen(): Pick<EntitySurvey, 'rows' | 'columns' | 'extra'> {
    const found = this.#columns;
    if (found === null) return { rows: 0, columns: [], extra: [] };
    const columns = fieldsOf(this.#table.entity).map(([field]) => {
      const index = found.at.get(field);
      return {
        field,
        column: index === undefined ? null : (found.names[index] ?? null),
        example: index === undefined ? null : this.#first[index],
      };
    });
    return { rows: this.#rows, columns, extra: found.extra };
  }
}
