import { folderTables } from './folder.ts';
import { EntitySource, type EntitySourceOptions } from './source.ts';

/** A source of `tipo: entidades` in puente.yaml. */
export interface EntidadesSettings extends EntitySourceOptions {
  /** The folder with a file per entity. */
  ruta: string;
}

/** Reads a folder with a CSV, NDJSON or sheet per entity, as docs/entidades.md describes them. */
export function entidadesSource({ ruta, ...options }: EntidadesSettings): EntitySource {
  return new EntitySource(options, async (signal, work) => work(await folderTables(ruta, signal)));
}
