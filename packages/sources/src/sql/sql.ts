import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { attempt } from '../archivo/files.ts';
import { EntitySource, type EntitySourceOptions } from '../entidades/source.ts';
import type { EntityTables } from '../entidades/tables.ts';
import { SourceError } from '../source.ts';
import { databaseOf, type SqlAddress, withDatabase } from './connect.ts';
import { trackingTable } from './open-edx/tracking-log.ts';
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
  /** Open edX's tracking log (a file, or the folder with the former ones), which gives the clicks in place of a query. */
  registro?: string;
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
  registro,
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
    return withDatabase(address, signal, async (db) => {
      const queries = await queriesOf(db);
      return work(
        registro === undefined ? queryTables(db, queries) : withLog(queryTables(db, queries), registro),
      );
    });
  });
}

/** @throws SourceError `wrong` where a query gives clicks too. */
function withLog(tables: EntityTables, registro: string): EntityTables {
  const twice = tables.tables.find(({ entity }) => entity === 'clics');
  if (twice)
    throw new SourceError(
      'wrong',
      `Los clics salen de \`registro\` y también de ${twice.place}: no se sabe cuáles valen.`,
      'Quite uno de los dos.',
    );
  return { ...tables, tables: [...tables.tables, trackingTable(registro)] };
}

/** Read before the database is opened: a file that is wrong needs no connection to be told. */
async function queriesIn(consultas: string, contenido: string | undefined): Promise<() => Promise<Queries>> {
  const name = basename(consultas);
  const text = contenido ?? (await attempt(name, () => readFile(consultas, 'utf8')));
  const queries = readQueries(text, name);
  return async () => queries;
}
