import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { attempt } from '../archivo/files.ts';
import { EntitySource, type EntitySourceOptions } from '../entidades/source.ts';
import { databaseOf, type SqlAddress, withDatabase } from './connect.ts';
import { type Queries, readQueries } from './queries.ts';
import { recipeOf } from './recipes.ts';
import { queryTables } from './tables.ts';

/** A source of `tipo: sql` in puente.yaml. */
export interface SqlSettings extends EntitySourceOptions, SqlAddress {
  /** The file with a query per entity; one of the two. */
  consultas?: string;
  /** What that file holds, where it is not on the disk yet. */
  contenido?: string;
  /** Queries that come with Puente, by the name of the LMS. */
  receta?: string;
  /** What the recipe has to know of the site. */
  parametros?: Readonly<Record<string, string>>;
}

/**
 * Reads an LMS's own database by queries that give the entities of docs/entidades.md: MariaDB, MySQL, PostgreSQL and
 * SQLite, in a session that can only read.
 * @throws SourceError `wrong` for an address that cannot be understood.
 */
export function sqlSource({
  url,
  clave,
  tls,
  consultas = '',
  contenido,
  receta,
  parametros = {},
  ...options
}: SqlSettings): EntitySource {
  const address: SqlAddress = {
    url,
    ...(clave !== undefined && { clave }),
    ...(tls !== undefined && { tls }),
  };
  databaseOf(address);
  const recipe = receta === undefined ? null : recipeOf(receta, parametros, url);
  return new EntitySource(options, async (signal, work) => {
    const queriesOf = recipe ?? (await queriesIn(consultas, contenido));
    return withDatabase(address, signal, async (db) => work(queryTables(db, await queriesOf(db))));
  });
}

/** Read before the database is opened: a file that is wrong needs no connection to be told. */
async function queriesIn(consultas: string, contenido: string | undefined): Promise<() => Promise<Queries>> {
  const name = basename(consultas);
  const text = contenido ?? (await attempt(name, () => readFile(consultas, 'utf8')));
  const queries = readQueries(text, name);
  return async () => queries;
}
