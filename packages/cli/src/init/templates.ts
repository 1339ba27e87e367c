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
  const { CONTRACT } = await import('@puente-sic/sources');
  const parts = Object.entries(CONTRACT).map(([entity, { about, fields }]) => {
    const columns = Object.entries(fields).map(([field, { about: what, required }], index, all) => {
      const comma = index === all.length - 1 ? '' : ',';
      return `  COLUMNA as ${field}${comma} -- ${required ? '' : 'opcional; '}${what}`;
    });
    return [`-- entidad: ${entity}`, `-- ${about}`, 'select', ...columns, 'from TABLA'].join('\n');
  });
  await writeFile(file, `${HEAD}\n\n${parts.join('\n\n')}\n`, { flag: 'wx' });
}

const HEAD = `-- Una consulta por entidad, cada una bajo su título; docs/entidades.md dice qué va en cada una.
-- Reemplace TABLA y cada COLUMNA, y borre lo que no use: van avances con actividades, o porcentajes; clics, o tiempos.`;
