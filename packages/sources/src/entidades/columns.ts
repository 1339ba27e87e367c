import { SourceError } from '../source.ts';
import { CONTRACT, type Entity, type Field } from './contract.ts';
import type { EntityTable } from './tables.ts';

/** Where the columns of an entity stand in the rows that are given. */
export interface Columns {
  /** Field → index. */
  at: ReadonlyMap<string, number>;
  /** Column names as given, by index. */
  names: readonly string[];
  /** Given, and no column of ours. */
  extra: string[];
}

/** In place of a column: that field is not read, whatever a column is called. */
export const NO_COLUMN = 'ninguna';

/** The fields of an entity. */
export function fieldsOf(entity: Entity): [string, Field][] {
  return Object.entries(CONTRACT[entity].fields);
}

/**
 * Finds each field's column by its name or an alias, accents, capitals and separators forgiven; the own name goes
 * before an alias, and what was assigned before both. `place`: what holds the columns, for people.
 * @throws SourceError `wrong` where a required or assigned column is missing, or two columns are one field's.
 */
export function columnsOf(
  { entity, place, assigned = {} }: Pick<EntityTable, 'entity' | 'place' | 'assigned'>,
  names: readonly string[],
): Columns {
  const columns = foundColumns({ entity, place, assigned }, names);
  const [gone] = Object.keys(assigned).filter(
    (field) => !columns.at.has(field) && assigned[field] !== NO_COLUMN,
  );
  if (gone !== undefined) throw notThere(entity, [gone, assigned[gone] as string], names, place);
  const missing = fieldsOf(entity)
    .filter(([name, { required }]) => required && !columns.at.has(name))
    .map(([name]) => name);
  if (missing.length > 0) throw lacking(entity, missing, names, place);
  return columns;
}

/** As {@link columnsOf}, where some that are required may be missing. */
export function foundColumns(
  { entity, place, assigned = {} }: Pick<EntityTable, 'entity' | 'place' | 'assigned'>,
  names: readonly string[],
): Columns {
  const folded = names.map(fold);
  const at = new Map<string, number>();
  const taken = new Set<number>();
  for (const [field, column] of Object.entries(assigned)) {
    if (column === NO_COLUMN) continue;
    const exact = names.indexOf(column);
    const index = exact < 0 ? folded.indexOf(fold(column)) : exact;
    if (index < 0 || taken.has(index)) continue;
    at.set(field, index);
    taken.add(index);
  }
  for (const byAlias of [false, true])
    for (const [name, { aliases }] of fieldsOf(entity)) {
      const isUnused = assigned[name] === NO_COLUMN;
      // What was assigned is nowhere else.
      if (at.has(name) || (Object.hasOwn(assigned, name) && !isUnused)) continue;
      const wanted = new Set((byAlias ? aliases : [name]).map(fold));
      const found = folded.flatMap((each, index) => (wanted.has(each) && !taken.has(index) ? [index] : []));
      // Somebody knows of it: it is not told as one too many.
      if (isUnused) for (const index of found) taken.add(index);
      if (isUnused) continue;
      if (found.length > 1)
        throw twice(
          entity,
          name,
          found.map((index) => names[index] as string),
          place,
        );
      const [index] = found;
      if (index === undefined) continue;
      at.set(name, index);
      taken.add(index);
    }
  const extra = names.filter((name, index) => !taken.has(index) && name.trim() !== '');
  return { at, names, extra };
}

/** The entity that a name means, plural or singular; null: none. */
export function entityOf(name: string): Entity | null {
  const wanted = fold(name);
  const found = Object.keys(CONTRACT).find(
    (entity) => fold(entity) === wanted || SINGULAR[entity] === wanted,
  );
  return (found as Entity | undefined) ?? null;
}

const SINGULAR: Record<string, string> = {
  cursos: 'curso',
  alumnos: 'alumno',
  modulos: 'modulo',
  actividades: 'actividad',
  avances: 'avance',
  porcentajes: 'porcentaje',
  notas: 'nota',
  clics: 'clic',
  tiempos: 'tiempo',
};

function fold(name: string): string {
  return name
    .normalize('NFD')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();
}

function notThere(
  entity: Entity,
  [field, column]: [string, string],
  names: readonly string[],
  place: string,
): SourceError {
  const has = names.filter((name) => name.trim() !== '').map((name) => `«${name}»`);
  return new SourceError(
    'wrong',
    `Según \`columnas\` de puente.yaml, «${field}» de «${entity}» está en la columna «${column}», y ${place} no la trae o la da a otro dato; tiene ${has.join(', ') || 'ninguna'}.`,
    'Corrija ese nombre en `columnas`, o quítelo si la columna ya se llama como dice docs/entidades.md.',
  );
}

function lacking(entity: Entity, missing: string[], names: readonly string[], place: string): SourceError {
  const has = names.filter((name) => name.trim() !== '').map((name) => `«${name}»`);
  return new SourceError(
    'wrong',
    `A «${entity}» (${place}) le falta${missing.length > 1 ? 'n las columnas' : ' la columna'} ${missing.map((name) => `«${name}»`).join(', ')}; tiene ${has.join(', ') || 'ninguna'}.`,
    `Póngale ese nombre a la columna que trae ese dato, o diga cuál es en \`columnas\` de la fuente, en puente.yaml; docs/entidades.md dice qué va en cada una.`,
  );
}

function twice(entity: Entity, field: string, names: string[], place: string): SourceError {
  return new SourceError(
    'wrong',
    `En «${entity}» (${place}) hay más de una columna para «${field}»: ${names.map((name) => `«${name}»`).join(' y ')}.`,
    `Deje una sola con ese dato, o cambie el nombre de la que sobra.`,
  );
}
