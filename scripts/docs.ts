import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { panelOpenApi } from '@puente-sic/panel';
import { openApi } from '@puente-sic/protocol';
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
  return new Map([
    ['docs/cli.md', cliReference()],
    ['docs/entidades-columnas.md', entityColumns()],
    ['docs/esquemas/Entidades.json', toJson(entitySchema())],
    ...errorPages(),
    ['docs/openapi.json', toJson(document)],
    ['docs/openapi-panel.json', toJson(panelOpenApi({ version }))],
    ['docs/coleccion.postman.json', toJson(postmanCollection(document))],
    ...messageSchemas(),
    ['docs/referencia-sdk.md', sdkReference(root)],
    ['docs/supuestos.md', renderSupuestos()],
  ]);
}

function toJson(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`;
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
