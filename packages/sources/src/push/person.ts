import { createHash } from 'node:crypto';
import { readCell } from '../entidades/cells.ts';
import { fieldsOf, foundColumns } from '../entidades/columns.ts';
import type { Entity } from '../entidades/contract.ts';
import { huellaOfText } from '../kept/huella.ts';
import type { Inbox, PushedClick, PushedCompletion, Snapshot } from './store.ts';
import { type CourseBody, isCourseColumn } from './tables.ts';

/** What a platform delivered of one person in one course. */
export interface DeliveredOfPerson {
  curso: string;
  /** By entity, as they came. */
  filas: CourseBody;
  clics: Omit<PushedClick, 'course'>[];
  completadas: Omit<PushedCompletion, 'course' | 'id'>[];
}

export function deliveredOf(inbox: Inbox, huella: string): DeliveredOfPerson[] {
  const found = peopleIn(inbox, new Set([huella]));
  const bodies = [...inbox.snapshots(), ...inbox.allHeld()];
  return [...found].map(([curso, ids]) => ({
    curso,
    filas: mergedRows(bodies.filter(({ id }) => id === curso).map(({ body }) => rowsOf(parsed(body), ids))),
    clics: [...inbox.clicks(curso)].filter(({ person }) => ids.has(person)),
    completadas: inbox.completions(curso).filter(({ person }) => ids.has(person)),
  }));
}

/** Takes people out of everything that came. Whether there was anything of them. */
export function forgetDelivered(inbox: Inbox, huellas: ReadonlySet<string>): boolean {
  const forgotten = inbox.transaction(() => {
    const found = peopleIn(inbox, huellas);
    for (const [course, ids] of found) {
      for (const person of ids) inbox.forget(course, person);
      const [former, held] = [inbox.snapshot(course), inbox.held(course)];
      if (former) inbox.rewrite('course', without(former, ids));
      if (held) inbox.rewrite('held', without(held, ids));
    }
    if (found.size > 0) inbox.forgetAnswers();
    return found.size > 0;
  });
  if (forgotten) inbox.scrub();
  return forgotten;
}

/** Course → what the platform calls those people there. */
function peopleIn(inbox: Inbox, huellas: ReadonlySet<string>): Map<string, Set<string>> {
  const found = new Map<string, Set<string>>();
  const add = (course: string, id: string): void => {
    found.set(course, (found.get(course) ?? new Set()).add(id));
  };
  const isOne = (text: string): boolean => huellas.has(huellaOfText(text) ?? '');
  for (const { id: course, body } of [...inbox.snapshots(), ...inbox.allHeld()]) {
    const rows = parsed(body).alumnos ?? [];
    const cell = cellsOf('alumnos', rows);
    for (const row of rows) {
      const person = cell(row, 'alumno');
      const ruts = RUTS.map((column) => cell(row, column));
      if (person !== null && [person, ...ruts].some((text) => text !== null && isOne(text))) {
        add(course, person);
      }
    }
  }
  // Statements may call a person by the RUT, and clicks come before their course.
  for (const { course, person } of inbox.people()) if (isOne(person)) add(course, person);
  return found;
}

const RUTS = ['rut', 'rut2', 'rut3', 'rut4'];

function without(snapshot: Snapshot, ids: ReadonlySet<string>): Snapshot {
  const body = parsed(snapshot.body);
  const gone = rowsOf(body, ids);
  const left = Object.fromEntries(
    Object.entries(body).map(([entity, rows]) => {
      const drop = new Set(gone[entity as Entity]);
      return [entity, rows.filter((row) => !drop.has(row))];
    }),
  );
  const text = JSON.stringify(left);
  return {
    ...snapshot,
    body: text,
    // Delivered again as it was it is no repetition.
    hash: createHash('sha256').update(`${snapshot.id}\n${text}`).digest('hex'),
    people: Math.max(0, snapshot.people - (gone.alumnos?.length ?? 0)),
  };
}

/** The rows of these people. */
function rowsOf(body: CourseBody, ids: ReadonlySet<string>): CourseBody {
  const found: CourseBody = {};
  for (const [name, rows] of Object.entries(body)) {
    const entity = name as Entity;
    if (!fieldsOf(entity).some(([field]) => field === 'alumno')) continue;
    const cell = cellsOf(entity, rows);
    const own = rows.filter((row) => ids.has(cell(row, 'alumno') ?? ''));
    if (own.length > 0) found[entity] = own;
  }
  return found;
}

function mergedRows(bodies: readonly CourseBody[]): CourseBody {
  const all: CourseBody = {};
  for (const body of bodies)
    for (const [name, rows] of Object.entries(body)) {
      const entity = name as Entity;
      all[entity] = [...(all[entity] ?? []), ...rows];
    }
  return all;
}

/** A field of a row, under whichever name its column has. */
function cellsOf(entity: Entity, rows: readonly Record<string, unknown>[]) {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].filter(
    (name) => !isCourseColumn(entity, name),
  );
  const { at } = foundColumns({ entity, place: '' }, names);
  return (row: Record<string, unknown>, field: string): string | null => {
    const index = at.get(field);
    const value = index === undefined ? null : readCell('texto', row[names[index] ?? ''], null);
    return typeof value === 'string' ? value : null;
  };
}

function parsed(body: string): CourseBody {
  return JSON.parse(body) as CourseBody;
}
