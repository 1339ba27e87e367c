import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('..', import.meta.url));
const VITEPRESS = join(root, 'node_modules/vitepress/bin/vitepress.js');

export interface DocsSite {
  url: string;
  /** Path of each page (`errores/012.html`) → what stands in it. */
  pages: Map<string, string>;
  /** Every file, as a path from the site's root. */
  files: Set<string>;
  close(): Promise<void>;
}

/** The documents as `npm run docs:site` builds them, in a folder of its own, behind a server that knows nothing but files. */
export async function openDocs(): Promise<DocsSite> {
  const folder = await mkdtemp(join(tmpdir(), 'puente-sitio-'));
  await promisify(execFile)(process.execPath, [VITEPRESS, 'build', 'docs', '--outDir', folder], {
    cwd: root,
  });
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Set(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      ),
  );
  const pages = new Map<string, string>();
  for (const file of files)
    if (file.endsWith('.html')) pages.set(file, await readFile(join(folder, file), 'utf8'));
  const server = createServer(async ({ url = '/' }, response) => {
    const file = fileOf(files, url);
    if (file === null) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    response.end(await readFile(join(folder, file)));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}/`,
    pages,
    files,
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** As a plain host of files answers: `/errores/012` is `errores/012.html`. */
export function fileOf(files: ReadonlySet<string>, address: string): string | null {
  const path = decodeURIComponent(new URL(address, 'http://x').pathname).slice(1);
  const tried = path === '' ? ['index.html'] : [path, `${path}.html`];
  return tried.find((file) => files.has(file)) ?? null;
}

const TYPES: Record<string, string> = {
  ...{ '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json' },
  ...{ '.png': 'image/png', '.svg': 'image/svg+xml', '.woff2': 'font/woff2' },
};
