import { type FuenteEntidades, openEntities } from '@puente-sic/app';
import type { EntityReview } from '@puente-sic/sources';
import type { Context } from '../context.ts';
import type { Asker } from './asker.ts';

/** Entity → field → how its column is called where the rows come from. */
export type Columnas = Record<string, Record<string, string>>;

interface Missing {
  entity: string;
  field: string;
  about: string;
  names: readonly string[];
}

/**
 * Asks which column holds what was not found by its name, and looks again, until all that is needed is found or somebody
 * does not know. @throws SourceError where the source as a whole cannot be read.
 */
export async function askColumns(
  ask: Asker,
  context: Context,
  live: Exclude<FuenteEntidades, { tipo: 'push' }>,
): Promise<Columnas> {
  const columnas: Columnas = {};
  for (;;) {
    const missing = await missingIn(await reviewOf(ask, context, { ...live, columnas }));
    if (missing.length === 0) return columnas;
    for (const { entity, field, about, names } of missing) {
      const taken = Object.values(columnas[entity] ?? {});
      const free = names.filter((name) => name.trim() !== '' && !taken.includes(name));
      const answer = await ask.choose(`«${entity}» no trae «${field}» (${about}). ¿En qué columna está?`, [
        ...free.map((name, index) => ({ value: String(index), label: name })),
        { value: 'ninguna', label: 'En ninguna', hint: 'hay que corregir la consulta o el archivo' },
      ]);
      const column = free[Number(answer)];
      if (column === undefined) return columnas;
      columnas[entity] = { ...columnas[entity], [field]: column };
    }
  }
}

async function reviewOf(
  ask: Asker,
  { clock, signal }: Context,
  fuente: FuenteEntidades,
): Promise<EntityReview> {
  const source = await openEntities(fuente, { reglas: {}, clock });
  try {
    return await ask.during('Leyendo cada entidad', () => source.review({ at: clock(), signal }));
  } finally {
    await source.close();
  }
}

/** What an entity cannot do without and does not bring, where its columns are known. */
async function missingIn({ entities }: EntityReview): Promise<Missing[]> {
  const { CONTRACT } = await import('@puente-sic/sources');
  return entities.flatMap(({ entity, names, columns, trouble }) => {
    if (trouble === null || names.length === 0) return [];
    const fields: Record<string, { about: string; required: boolean }> = CONTRACT[entity].fields;
    return columns.flatMap(({ field, column }) => {
      const { about = '', required = false } = fields[field] ?? {};
      return column === null && required ? [{ entity, field, about, names }] : [];
    });
  });
}
