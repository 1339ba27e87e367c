import type { Issue } from '@puente-sic/protocol';
import { SourceError } from '../source.ts';
import { CONTRACT, ENTITIES, type Entity, REQUIRED } from './contract.ts';
import { Filling } from './filling.ts';
import { Clock } from './moments.ts';
import type { CourseData } from './site.ts';
import type { EntityTable, EntityTables } from './tables.ts';

/** A source's entities, checked cell by cell: what the rules judge. */
export interface EntitySite {
  /** In the order of the source; only those wanted have more than their own row. */
  courses: Map<string, CourseData>;
  given: ReadonlySet<Entity>;
  /** Some row of clicks is there: without any, nobody's time is known. */
  anyClick: boolean;
  findings: Issue[];
}

export interface ReadOptions {
  /** Of date-times without one, where the source does not say itself. */
  zone?: string;
  signal?: AbortSignal | undefined;
  /** Reads those clicks that former nights have not kept. */
  clicks?: ((table: EntityTable, filling: Filling) => Promise<void>) | undefined;
}

/**
 * Reads the entities, in the order in which rows name each other. `choose` is told the courses before the rest is read
 * and gives the ids of those to fill.
 * @throws SourceError where a table fails, lacks a column, or what nothing goes without is not there.
 */
export async function readEntities(
  source: EntityTables,
  choose: (courses: CourseData[]) => ReadonlySet<string>,
  { zone, signal, clicks }: ReadOptions,
): Promise<EntitySite> {
  const tables = byEntity(source.tables);
  requireAll(tables);
  const clock = clockOf((await source.zone(signal)) ?? zone);
  const filling = new Filling(clock);
  for (const entity of ENTITIES) {
    const table = tables.get(entity);
    if (table === undefined) continue;
    signal?.throwIfAborted();
    if (entity === 'clics' && table.keptAs !== undefined && clicks) await clicks(table, filling);
    else await table.read(filling.reader(table), { courses: filling.wanted, signal });
    if (entity === 'cursos') filling.wanted = choose([...filling.courses.values()]);
  }
  filling.finish();
  return {
    courses: filling.courses,
    given: new Set(tables.keys()),
    anyClick: filling.anyClick,
    findings: [...source.findings, ...filling.findings()],
  };
}

/** The courses alone. @throws SourceError as {@link readEntities} does. */
export async function readCourses(
  source: EntityTables,
  { signal }: { signal?: AbortSignal | undefined },
): Promise<CourseData[]> {
  const filling = new Filling(null);
  const tables = byEntity(source.tables);
  requireAll(tables);
  const table = tables.get('cursos') as EntityTable;
  await table.read(filling.reader(table), { courses: null, signal });
  return [...filling.courses.values()];
}

/** Each entity's table. @throws SourceError `wrong` where one has two. */
export function byEntity(tables: readonly EntityTable[]): Map<Entity, EntityTable> {
  const found = new Map<Entity, EntityTable>();
  for (const table of tables) {
    const other = found.get(table.entity);
    if (other)
      throw new SourceError(
        'wrong',
        `La entidad «${table.entity}» está dos veces: ${other.place} y ${table.place}.`,
        'Deje una sola, o júntelas.',
      );
    found.set(table.entity, table);
  }
  return found;
}

function requireAll(found: Map<Entity, EntityTable>): void {
  const missing = REQUIRED.filter((entity) => !found.has(entity));
  if (missing.length > 0)
    throw new SourceError(
      'wrong',
      `Falta${missing.length > 1 ? 'n las entidades' : ' la entidad'} ${missing.map((entity) => `«${entity}» (${CONTRACT[entity].about})`).join(', ')}.`,
      'Agréguela a las consultas o a la carpeta; docs/entidades.md dice qué columnas lleva.',
    );
}

/** @throws SourceError `wrong` where there is no such zone. */
export function clockOf(zone: string | undefined): Clock | null {
  if (zone === undefined) return null;
  try {
    return new Clock(zone);
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new SourceError(
      'wrong',
      `No existe la zona horaria «${zone}».`,
      'Escriba `zonaHoraria` como America/Santiago, o un desfase fijo como -03:00.',
      { cause },
    );
  }
}
