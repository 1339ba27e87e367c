import { readFile } from 'node:fs/promises';
import { readRegistryCsv } from './csv.ts';
import { readRegistry } from './json.ts';
import { type Registry, RegistryError } from './registry.ts';

/** Reads a registry file: CSV by its name's ending, else JSON. Throws {@link RegistryError} with what to mend. */
export async function readRegistryFile(path: string): Promise<Registry> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new RegistryError(`No se puede leer el registro ${path}: ¿existe y tiene permiso?`, {
      cause: error,
    });
  }
  return readRegistryText(text, /\.csv$/i.test(path) ? 'csv' : 'json');
}

export function readRegistryText(text: string, format: 'csv' | 'json'): Registry {
  if (format === 'csv') return readRegistry(readRegistryCsv(text));
  try {
    return readRegistry(JSON.parse(text.replace(/^\uFEFF/, '')));
  } catch (error) {
    if (error instanceof RegistryError) throw error;
    throw new RegistryError('El registro no es JSON válido.', { cause: error });
  }
}
