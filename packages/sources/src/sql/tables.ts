import type { SqlDb } from '../db/db.ts';
import type { Entity } from '../entidades/contract.ts';
import type { EntityTable, EntityTables } from '../entidades/tables.ts';
import { queryFailure } from './failure.ts';
import type { Queries, Query } from './queries.ts';
import { boundSql } from './statement.ts';

/** The entities that queries give, over one connection. */
export function queryTables(db: SqlDb, { entities, zone }: Queries): EntityTables {
  return {
    tables: [...entities].map(([entity, query]) => queryTable(db, entity, query)),
    findings: [],
    zone: async () => {
      if (zone === null) return null;
      let found: string | null = null;
      await run(db, zone, [], (cells) => {
        found = zoneOf(cells[0]);
      });
      return found;
    },
  };
}

function queryTable(db: SqlDb, entity: Entity, query: Query): EntityTable {
  return {
    entity,
    place: query.place,
    ...(query.parameters.includes('desde') && { keptAs: query.pieces.join('\n') }),
    async read(sink, { courses, since, signal }) {
      let number = 0;
      const onRow = (cells: readonly unknown[]): void => {
        number++;
        sink.row(cells, number);
      };
      const onColumns = (names: readonly string[]): void => sink.columns(names);
      const all = [...(courses ?? [''])];
      // Once for all courses; where it names the course, once for each.
      const times = query.parameters.includes('curso') ? all.map((id) => [id]) : [all];
      for (const ids of times) {
        signal?.throwIfAborted();
        const from = since?.(ids) ?? BEGINNING;
        const parameters = query.parameters.map((name) => (name === 'curso' ? (ids[0] as string) : from));
        await run(db, query, parameters, onRow, onColumns);
      }
    },
  };
}

/** Before whatever an LMS has. */
const BEGINNING = new Date('2000-01-01T00:00:00Z');

async function run(
  db: SqlDb,
  query: Query,
  parameters: readonly (string | Date)[],
  onRow: (cells: readonly unknown[]) => void,
  onColumns: (names: readonly string[]) => void = () => {},
): Promise<void> {
  try {
    await db.stream(
      boundSql(query, (position) => db.placeholder(position)),
      onRow,
      { parameters, onColumns },
    );
  } catch (error) {
    throw queryFailure(error, query.place);
  }
}

/** A zone's name, or hours from UTC: `-3`, `5.5`. Blank: none is said. */
function zoneOf(value: unknown): string | null {
  const text = String(value ?? '').trim();
  if (text === '') return null;
  if (!/^[+-]?\d+([.,]\d+)?$/.test(text)) return text;
  const minutes = Math.round(Number(text.replace(',', '.')) * 60);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}
