import { readFile } from 'node:fs/promises';
import { Failure } from '@puente-sic/app';
import { explainJsonFault } from '@puente-sic/protocol';

/** Bytes of a file that a person named. */
export async function readBytes(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    throw readFailure(error, file) ?? error;
  }
}

/** @throws Failure that names the line where it stops being JSON. */
export function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new Failure(
      `${name} no se puede leer como JSON: ${explainJsonFault(text, error)}.`,
      'Revise que el archivo esté completo y que sus comillas, comas y llaves calcen.',
      2,
      { cause: error },
    );
  }
}

/** What is wrong with a file that a person named; null where it is not the file's fault. */
export function readFailure(error: unknown, file: string): Failure | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  const why: Record<string, string> = {
    ENOENT: 'no existe',
    EISDIR: 'es una carpeta, no un archivo',
    EACCES: 'este usuario no tiene permiso para leerlo',
    EPERM: 'este usuario no tiene permiso para leerlo',
    ENOTDIR: 'una parte de la ruta no es una carpeta',
    ENAMETOOLONG: 'el nombre es demasiado largo',
    ERR_FS_FILE_TOO_LARGE: 'pasa de 2 GiB',
  };
  const reason = typeof code === 'string' ? why[code] : undefined;
  return reason === undefined
    ? null
    : new Failure(`No se pudo leer ${file}: ${reason}.`, 'Revise la ruta y el nombre del archivo.');
}
