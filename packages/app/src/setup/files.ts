import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { FuenteSettings } from '../config/settings.ts';
import { Failure } from '../failure.ts';

/** Puts a file into the folder of a source of files, whole or not at all, once it is one that can be read. */
export async function receiveFile(
  fuente: FuenteSettings,
  name: string,
  content: Buffer,
  at: Date,
): Promise<{ archivo: string; bytes: number }> {
  if (fuente.tipo !== 'archivo') {
    throw new Failure(`«${fuente.nombre}» no es una fuente de archivos.`, 'Elija otra fuente.');
  }
  const archivo = name.normalize('NFC');
  if (!/^[\p{L}\p{M}\d][\p{L}\p{M}\d ._()-]{0,120}\.(csv|xlsx|ods|json)$/iu.test(archivo)) {
    throw new Failure(
      `«${archivo}» no es un archivo que puente lea.`,
      'Debe ser CSV, Excel (.xlsx), LibreOffice (.ods) o JSON, con un nombre de letras, números, espacios y guiones.',
    );
  }
  await requireCourses(archivo, content, at);
  const file = await placeOf(fuente.ruta, archivo);
  // A name that no reading of the folder takes for data.
  const next = path.join(path.dirname(file), `.${path.basename(file)}.nuevo`);
  try {
    await writeFile(next, content, { mode: 0o600 });
    await rename(next, file);
  } catch (cause) {
    await rm(next, { force: true });
    throw new Failure(
      `No se pudo guardar en ${path.dirname(file)}.`,
      'Permita que el usuario con que funciona puente escriba en esa carpeta, o copie el archivo usted mismo.',
      2,
      { cause },
    );
  }
  return { archivo: path.basename(file), bytes: content.length };
}

/** What holds no course would only stand in the way each night. Throws a `SourceError` for what cannot be read at all. */
async function requireCourses(archivo: string, contenido: Buffer, at: Date): Promise<void> {
  const { archivoSource, issuesOf } = await import('@puente-sic/sources');
  const reading = await archivoSource({ name: archivo, ruta: archivo, contenido }).read({ at });
  if (reading.courses.length > 0) return;
  const [first] = [...issuesOf(reading.notGiven), ...reading.findings];
  throw new Failure(
    `En «${archivo}» no hay ningún curso que informar.${first ? ` ${first.message}` : ''}`,
    first?.fix ?? '«puente plantilla» escribe una planilla de ejemplo: compare las columnas con las suyas.',
  );
}

/** Makes the folder that a source of files names, where it is missing: a place to drop files into. */
export async function makeFolder({ tipo, ...fuente }: FuenteSettings): Promise<void> {
  if (tipo !== 'archivo' || !('ruta' in fuente) || path.extname(fuente.ruta) !== '') return;
  await mkdir(fuente.ruta, { recursive: true }).catch(() => {
    // Told by the test of the source: it cannot be read.
  });
}

async function placeOf(ruta: string, archivo: string): Promise<string> {
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
