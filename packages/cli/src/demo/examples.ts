import { existsSync, readFileSync } from 'node:fs';
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

const [IN_PACKAGE = '', IN_REPOSITORY = ''] = ['../../examples/', '../../../../examples/'].map((folder) =>
  fileURLToPath(new URL(folder, import.meta.url)),
);

/** examples/ comes inside the published package; in the repository it stands at the root. */
export const EXAMPLES = existsSync(IN_PACKAGE) ? IN_PACKAGE : IN_REPOSITORY;

/** A line for people to type, whose `examples/` is found from the folder that they are in. */
export function typed(line: string): string {
  const folder = path.relative(process.cwd(), EXAMPLES);
  const shown = folder.startsWith('..') || path.isAbsolute(folder) ? EXAMPLES : `${folder}/`;
  return line.replaceAll('examples/', shown);
}

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
      'Vuelva a instalar puente-sic, o clone el repositorio y ejecute npm ci && npm run demo.',
      2,
      { cause: error },
    );
  }
  const content: { otecs: [ExampleOtec] } = JSON.parse(text);
  return content.otecs[0];
}
