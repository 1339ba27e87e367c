import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FuenteSettings } from '../config/settings.ts';
import { Failure } from '../failure.ts';

/** Folder beside what a source reads, in which lies what is read no more: a name that no reading takes for data. */
export const ASIDE = '.reemplazadas';

/** The name that a file is kept under. @throws Failure where it is none that is read. */
export function acceptedName(name: string): string {
  const archivo = name.normalize('NFC');
  if (/^[\p{L}\p{M}\d][\p{L}\p{M}\d ._()-]{0,120}\.(csv|xlsx|ods|json)$/iu.test(archivo)) return archivo;
  throw new Failure(
    `«${archivo}» no es un archivo que Puente lea.`,
    'Debe ser CSV, Excel (.xlsx), LibreOffice (.ods) o JSON, con un nombre de letras, números, espacios y guiones.',
  );
}

/**
 * Writes a file whole or not at all. `makeWay` is done when all of it is on the disk already: what gives way to it is there
 * as long as it is not.
 */
export async function writeWhole(
  file: string,
  content: Buffer,
  makeWay: () => Promise<void> = async () => {},
): Promise<void> {
  // A name that no reading of the folder takes for data.
  const next = path.join(path.dirname(file), `.${path.basename(file)}.nuevo`);
  try {
    await writeFile(next, content, { mode: 0o600, flush: true });
    await makeWay();
    await rename(next, file);
  } catch (cause) {
    // What it could not be written for is what is to be told.
    await rm(next, { force: true }).catch(() => {});
    throw new Failure(
      `No se pudo guardar en ${path.dirname(file)}.`,
      'Permita que el usuario con que funciona Puente escriba en esa carpeta, o copie el archivo usted mismo.',
      2,
      { cause },
    );
  }
}

/** Makes the folder that a source of files names, where it is missing: a place to drop files into. */
export async function makeFolder({ tipo, ...fuente }: FuenteSettings): Promise<void> {
  if (tipo !== 'archivo' || !('ruta' in fuente) || path.extname(fuente.ruta) !== '') return;
  await mkdir(fuente.ruta, { recursive: true }).catch(() => {
    // Told by the test of the source: it cannot be read.
  });
}

/** Where a file of that name stands in what a source reads. */
export async function placeOf(ruta: string, archivo: string): Promise<string> {
  const isFolder = await stat(ruta).then(
    (stats) => stats.isDirectory(),
    () => path.extname(ruta) === '',
  );
  if (isFolder) {
    await mkdir(ruta, { recursive: true });
    return path.join(ruta, archivo);
  }
  if (path.extname(ruta).toLowerCase() === path.extname(archivo).toLowerCase()) return ruta;
  throw new Failure(
    `Esta fuente es un solo archivo, ${path.basename(ruta)}, y «${archivo}» es de otro tipo.`,
    'Suba uno del mismo tipo, o cambie la fuente para que lea una carpeta.',
  );
}
