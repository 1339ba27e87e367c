import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { fallaOf } from './refusal.ts';

/**
 * Serves the built pages: a few files, read once, so that no path that somebody asks for ever reaches the disk.
 * Compressed when first asked for. Every other address that a person may type is the application's own.
 */
export function servePages(app: FastifyInstance, folder: string | undefined): void {
  const files = folder === undefined ? new Map<string, PageFile>() : readFolder(folder);
  app.setNotFoundHandler(async (request, reply) => {
    const path = request.url.split('?', 1)[0] ?? '/';
    const isPage = (request.method === 'GET' || request.method === 'HEAD') && !path.startsWith('/api/');
    const file = isPage
      ? (files.get(path) ?? (path.startsWith('/assets/') ? undefined : files.get('/index.html')))
      : undefined;
    if (file !== undefined) return sendFile(file, request, reply);
    if (isPage && files.size === 0) {
      const mensaje = 'Las páginas del panel no están construidas en esta instalación.\n';
      return reply.code(404).type('text/plain; charset=utf-8').send(mensaje);
    }
    return reply.code(404).send(fallaOf('no-existe', 'No existe esta dirección en el panel.'));
  });
}

interface PageFile {
  path: string;
  body: Buffer;
  type: string;
  etag: string;
  /** By encoding. */
  compressed: Map<string, Promise<Buffer>>;
}

function readFolder(folder: string): Map<string, PageFile> {
  if (!existsSync(folder)) return new Map();
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(
    entries.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      const path = `/${file.slice(join(folder, sep).length).split(sep).join('/')}`;
      const body = readFileSync(file);
      const type = TYPES[extname(entry.name)] ?? 'application/octet-stream';
      const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
      return [path, { path, body, type, etag, compressed: new Map() }];
    }),
  );
}

async function sendFile(file: PageFile, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  // vite names what is in assets/ after its content.
  const isNamedByContent = file.path.startsWith('/assets/');
  reply
    .type(file.type)
    .header('vary', 'accept-encoding')
    .header('cache-control', isNamedByContent ? 'public, max-age=31536000, immutable' : 'no-cache')
    .header('etag', file.etag);
  if (request.headers['if-none-match'] === file.etag) return reply.code(304).send();
  const encoding = file.body.length < 1024 || !isText(file.type) ? null : encodingFor(request);
  if (encoding === null) return reply.send(file.body);
  let made = file.compressed.get(encoding);
  if (made === undefined) {
    made = encoding === 'br' ? toBrotli(file.body) : toGzip(file.body);
    file.compressed.set(encoding, made);
  }
  return reply.header('content-encoding', encoding).send(await made);
}

function encodingFor({ headers }: FastifyRequest): 'br' | 'gzip' | null {
  const accepted = String(headers['accept-encoding'] ?? '');
  if (/\bbr\b/.test(accepted)) return 'br';
  return /\bgzip\b/.test(accepted) ? 'gzip' : null;
}

function isText(type: string): boolean {
  return /^text\/|json|javascript|svg|manifest/.test(type);
}

const toBrotli = promisify(brotliCompress) as (body: Buffer) => Promise<Buffer>;
const toGzip = promisify(gzip) as (body: Buffer) => Promise<Buffer>;

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
};
