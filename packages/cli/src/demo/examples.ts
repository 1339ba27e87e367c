import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from '@puente-sic/app';
import { archivoSource, type Source } from '@puente-sic/sources';

/** The invented provider of examples/. */
export interface ExampleOtec {
  rut: string;
  token: string;
  nombre: string;
}

/** examples/ stands at the root of the repository, four levels above this file (in src/ and in dist/ alike). */
export const EXAMPLES = fileURLToPath(new URL('../../../../examples/', import.meta.url));

export function sourceOf(folder: string): Source {
  return archivoSource({ name: folder, ruta: path.join(EXAMPLES, folder) });
}

export function readOtec(): ExampleOtec {
  let text: string;
  try {
    text = readFileSync(path.join(EXAMPLES, 'registro-demo.json'), 'utf8');
  } catch (error) {
    throw new Failure(
      'Los datos de la demostración no vienen en esta instalación.',
      'Están en la carpeta examples/ del repositorio: clónelo y ejecute npm ci && npm run demo.',
      2,
      { cause: error },
    );
  }
  const content: { otecs: [ExampleOtec] } = JSON.parse(text);
  return content.otecs[0];
}
