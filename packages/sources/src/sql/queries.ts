import { entityOf } from '../entidades/columns.ts';
import { ENTITIES, type Entity } from '../entidades/contract.ts';
import { SourceError } from '../source.ts';
import { readStatement, type Statement } from './statement.ts';

/** A query for each entity, and for the zone of the date-times where the source knows it. */
export interface Queries {
  entities: Map<Entity, Query>;
  zone: Query | null;
}

export interface Query extends Statement {
  /** `aula.sql, entidad «alumnos»`. */
  place: string;
}

const HEADING = /^--[ \t]*(?:entidad[ \t]*:[ \t]*(\S+)|(zonaHoraria))[ \t]*$/gim;

/**
 * Reads a file of queries: each under a heading `-- entidad: alumnos`, or `-- zonaHoraria` for one that gives the zone.
 * @throws SourceError `wrong` naming the heading that is wrong.
 */
export function readQueries(text: string, file: string): Queries {
  const headings = [...text.matchAll(HEADING)];
  if (headings.length === 0) throw noHeadings(file);
  const queries: Queries = { entities: new Map(), zone: null };
  for (const [index, heading] of headings.entries()) {
    const body = text.slice(heading.index + heading[0].length, headings[index + 1]?.index);
    const name = heading[1];
    if (name === undefined) {
      queries.zone = queryOf(body, `${file}, zonaHoraria`);
      continue;
    }
    const entity = entityOf(name);
    if (entity === null) throw noEntity(name, file);
    if (queries.entities.has(entity)) throw twice(entity, file);
    const query = queryOf(body, `${file}, entidad «${entity}»`);
    if (entity !== 'clics' && query.parameters.includes('desde')) throw onlyClicks(query.place);
    queries.entities.set(entity, query);
  }
  return queries;
}

/** One query. @throws SourceError as {@link readStatement} does. */
export function queryOf(text: string, place: string): Query {
  return { ...readStatement(text, place), place };
}

function noHeadings(file: string): SourceError {
  return new SourceError(
    'wrong',
    `${file} no tiene ninguna línea como «-- entidad: alumnos».`,
    'Ponga una antes de cada consulta; docs/entidades.md muestra un archivo completo.',
  );
}

function noEntity(name: string, file: string): SourceError {
  return new SourceError(
    'wrong',
    `${file} dice «-- entidad: ${name}», y no hay una entidad que se llame así.`,
    `Son ${ENTITIES.join(', ')}.`,
  );
}

function onlyClicks(place: string): SourceError {
  return new SourceError(
    'wrong',
    `La consulta de ${place} usa «:desde», que solo vale en «clics».`,
    'De lo demás Puente necesita siempre todo: quite esa condición.',
  );
}

function twice(entity: Entity, file: string): SourceError {
  return new SourceError(
    'wrong',
    `${file} tiene dos consultas para «${entity}».`,
    'Deje una sola; dos consultas se juntan con UNION ALL.',
  );
}
