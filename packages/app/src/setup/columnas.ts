import type { SeenSheet } from '@puente-sic/sources';
import { Failure } from '../failure.ts';
import { acceptedName, writeWhole } from './files.ts';
import { decidingOf, type Options } from './planillas.ts';

/** What a file's columns are, as puente understands them, and what each may be said to be. */
export interface ColumnasVistas extends SeenSheet {
  campos: string[];
}

/** Reads the columns of a file that somebody hands over; nothing of it is kept. Throws a `SourceError` for what cannot be. */
export async function lookAtColumns(
  options: Options,
  name: string,
  content: Buffer,
): Promise<ColumnasVistas> {
  const { COLUMN_FIELDS, seenColumns } = await import('@puente-sic/sources');
  const deciding = await decidingOf(options);
  return {
    ...(await seenColumns({ bytes: content, file: acceptedName(name), deciding })),
    campos: [...COLUMN_FIELDS],
  };
}

/**
 * Remembers beside the files what columns are, with what was said of others before. `null`: as puente finds it by itself.
 * @throws Failure for what no column can be, and where it cannot be kept.
 */
export async function rememberColumns(
  { ruta, columnas: said = {} }: Options,
  more: Readonly<Record<string, string | null>>,
): Promise<void> {
  const { isColumnAnswer, rememberedColumns, rememberedFile } = await import('@puente-sic/sources');
  const wrong = Object.entries(more).find(
    ([name, answer]) => answer !== null && !isColumnAnswer(name, answer),
  );
  if (wrong !== undefined)
    throw new Failure(
      `«${wrong[1]}» no es algo que «${wrong[0]}» pueda ser.`,
      'Elija una respuesta de la lista.',
    );
  const fixed = Object.keys(more).find((header) => said[header] !== undefined);
  if (fixed !== undefined)
    throw new Failure(
      `Lo que es «${fixed}» está escrito en la configuración de la fuente, y eso vale primero.`,
      'Pídale a su técnico que lo cambie ahí.',
    );
  const { answers } = await rememberedColumns(ruta);
  const all = Object.entries({ ...answers, ...more }).filter(([, field]) => field !== null);
  const text = `${JSON.stringify(Object.fromEntries(all), null, 2)}\n`;
  await writeWhole(await rememberedFile(ruta), Buffer.from(text));
}
