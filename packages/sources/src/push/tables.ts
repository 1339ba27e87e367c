import { entityOf } from '../entidades/columns.ts';
import type { Entity } from '../entidades/contract.ts';
import type { EntityTable, EntityTables, RowSink, TableLook } from '../entidades/tables.ts';
import type { Inbox } from './store.ts';

/** Rows as they came, by entity. */
export type CourseBody = Partial<Record<Entity, Record<string, unknown>[]>>;

/** Everything that a course is, except its clicks, which come by themselves. */
export const SNAPSHOT_ENTITIES: readonly Entity[] = [
  'cursos',
  'alumnos',
  'modulos',
  'actividades',
  'avances',
  'porcentajes',
  'notas',
  'tiempos',
];

/** The entities of what was delivered, over all courses; whoever gave none of an entity has no table of it. */
export function inboxTables(inbox: Inbox): EntityTables {
  const courses = inbox.snapshots().map(({ id, body }) => ({ id, body: JSON.parse(body) as CourseBody }));
  const done = courses.map(({ id, body }) => ({ id, body: withCompletions(id, body, inbox) }));
  const given = SNAPSHOT_ENTITIES.filter(
    (entity) => REQUIRED.has(entity) || done.some(({ body }) => body[entity]),
  );
  return {
    tables: [...given.map((entity) => bodyTable(entity, done)), clicksTable(inbox)],
    findings: [],
    zone: async () => null,
  };
}

/** One body by itself, to judge it before it is kept. */
export function bodyTables(id: string, body: CourseBody): EntityTables {
  const given = SNAPSHOT_ENTITIES.filter((entity) => REQUIRED.has(entity) || body[entity]);
  return {
    tables: given.map((entity) => bodyTable(entity, [{ id, body }])),
    findings: [],
    zone: async () => null,
  };
}

const REQUIRED = new Set<Entity>(['cursos', 'alumnos', 'modulos']);

function bodyTable(entity: Entity, courses: readonly { id: string; body: CourseBody }[]): EntityTable {
  return {
    entity,
    place: `entrega, «${entity}»`,
    async read(sink: RowSink, { courses: wanted }: TableLook) {
      for (const { id, body } of courses) {
        if (wanted !== null && !wanted.has(id)) continue;
        const rows = rowsOf(entity, body);
        if (rows.length === 0) continue;
        const others = new Set(rows.flatMap((row) => Object.keys(row)));
        for (const name of others) if (isCourseColumn(entity, name)) others.delete(name);
        const names = [...others];
        sink.columns(['curso', ...names]);
        for (const [index, row] of rows.entries())
          sink.row([id, ...names.map((name) => row[name])], index + 1);
      }
    },
  };
}

/** A course that says nothing of itself is one all the same. */
function rowsOf(entity: Entity, body: CourseBody): Record<string, unknown>[] {
  const rows = body[entity] ?? [];
  return entity === 'cursos' && rows.length === 0 ? [{}] : rows;
}

/** Which course a row is of stands in the address; a row may say it again. */
export function isCourseColumn(entity: Entity, name: string): boolean {
  return /^(curso|idcurso|course|courseid)$/i.test(name) || (entity === 'cursos' && /^id$/i.test(name));
}

/** With what came as statements: a completion that the snapshot does not have yet. */
function withCompletions(id: string, body: CourseBody, inbox: Inbox): CourseBody {
  const told = inbox.completions(id);
  if (told.length === 0) return body;
  const rows = told.map(({ person, actividad, moment }) => ({
    alumno: person,
    actividad,
    completada: new Date(moment).toISOString(),
  }));
  return { ...body, avances: [...(body.avances ?? []), ...rows] };
}

function clicksTable(inbox: Inbox): EntityTable {
  return {
    entity: 'clics',
    place: 'entrega, «clics»',
    async read(sink, { courses, signal }) {
      sink.columns(['curso', 'alumno', 'modulo', 'actividad', 'instante']);
      let number = 0;
      for (const course of courses ?? []) {
        signal?.throwIfAborted();
        for (const { person, modulo, actividad, moment } of inbox.clicks(course))
          sink.row([course, person, modulo, actividad, new Date(moment)], ++number);
      }
    },
  };
}

/** The entity that a key of a body means; null: none that belongs into it. */
export function bodyEntity(name: string): Entity | null {
  const entity = entityOf(name);
  return entity !== null && SNAPSHOT_ENTITIES.includes(entity) ? entity : null;
}
