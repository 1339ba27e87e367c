import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { panelOpenApi } from '@puente-sic/panel';
import { openApi } from '@puente-sic/protocol';
import { apiPage } from './docs/api.ts';
import { cliReference } from './docs/cli.ts';
import { entityColumns, entitySchema } from './docs/entidades.ts';
import { errorPages } from './docs/errores.ts';
import { postmanCollection } from './docs/postman.ts';
import { sdkReference } from './docs/reference.ts';
import { messageSchemas } from './docs/schemas.ts';
import { renderSupuestos } from './docs/supuestos.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/[\\/]$/, '');

/** Every generated document: path from the repository's root → content. `npm run docs` writes them, a test compares. */
export function documents(): Map<string, string> {
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const document = openApi({ version });
  const panel = panelOpenApi({ version });
  return new Map([
    ['docs/cli.md', cliReference()],
    ['docs/entidades-columnas.md', entityColumns()],
    ['docs/esquemas/Entidades.json', toJson(entitySchema())],
    ...errorPages(),
    ['docs/openapi.json', toJson(document)],
    ['docs/openapi-panel.json', toJson(panel, 1)],
    [
      'docs/api-gestor.md',
      apiPage(document, {
        title: 'La API del Gestor Intermedio',
        intro:
          'Las dos llamadas del servicio, campo por campo. Para programas: [openapi.json](openapi.json), [la colección de Postman](coleccion.postman.json). Con ejemplos y paso a paso: [integradores.md](integradores.md).',
      }),
    ],
    [
      'docs/api-panel.md',
      apiPage(panel, {
        title: 'La API del panel',
        intro: 'Para programas: [openapi-panel.json](openapi-panel.json).',
      }),
    ],
    ['docs/coleccion.postman.json', toJson(postmanCollection(document))],
    ...messageSchemas(),
    ['docs/referencia-sdk.md', sdkReference(root)],
    ['docs/supuestos.md', renderSupuestos()],
  ]);
}

/** `indent`: less for what is deep, and read by programs. */
function toJson(value: object, indent = 2): string {
  return `${JSON.stringify(value, null, indent)}\n`;
}

/** Those whose file does not say what would be generated now. */
export function outdated(): string[] {
  return [...documents()].flatMap(([path, content]) => (readDocument(path) === content ? [] : [path]));
}

function readDocument(path: string): string | null {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [path, content] of documents()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
    console.log(path);
  }
}
