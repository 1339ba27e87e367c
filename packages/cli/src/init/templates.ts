import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

/** A folder with a CSV per entity that has its columns' names and nothing else. */
export async function writeFolderTemplate(folder: string): Promise<void> {
  const { CONTRACT } = await import('@puente-sic/sources');
  await mkdir(folder, { recursive: true });
  for (const [entity, { fields }] of Object.entries(CONTRACT))
    await writeFile(path.join(folder, `${entity}.csv`), `${Object.keys(fields).join(';')}\n`, { flag: 'wx' });
}

/** A file with a query per entity, to be completed. */
export async function writeQueryTemplate(file: string): Promise<void> {
  const { querySkeleton } = await import('@puente-sic/sources');
  await writeFile(file, querySkeleton(), { flag: 'wx' });
}
