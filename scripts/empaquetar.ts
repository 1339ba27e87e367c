import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { tarOf, zipOf } from './empaquetar/archive.ts';
import { PLATFORMS, type Platform } from './empaquetar/platforms.ts';
import { layOut, packOwn } from './empaquetar/tree.ts';

/*
 * The folders that need nothing, from the lock file and the built packages:
 *   npx tsx scripts/empaquetar.ts [linux-x64] [win-x64] [--salida FOLDER]
 * Everything comes from npm, Node's program too. Twice the same bytes: scripts/probar-instalacion/carpeta.sh.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { salida: { type: 'string', default: join(root, 'salida') } },
});
const wanted = PLATFORMS.filter(({ name }) => positionals.length === 0 || positionals.includes(name));
if (wanted.length < positionals.length) {
  throw new Error(`Only these can be made: ${PLATFORMS.map(({ name }) => name).join(', ')}`);
}
const { version } = JSON.parse(readFileSync(join(root, 'packages/cli/package.json'), 'utf8'));
const salida = resolve(values.salida);
const moment = momentOfCommit();
mkdirSync(salida, { recursive: true });

const work = mkdtempSync(join(tmpdir(), 'puente-empaquetar-'));
try {
  const packed = join(work, 'paquetes');
  packOwn(packed);
  for (const platform of wanted) make(platform, packed);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function make(platform: Platform, packed: string): void {
  const name = `puente-${version}-${platform.name}`;
  const folder = join(work, platform.name, name);
  mkdirSync(folder, { recursive: true });
  layOut(folder, platform, version, packed, join(work, platform.name));
  const target = join(salida, `${name}${platform.templates === 'windows' ? '.zip' : '.tar.gz'}`);
  if (platform.templates === 'windows') zipOf(folder, target, moment);
  else {
    chmodSync(join(folder, 'puente'), 0o755);
    tarOf(folder, target, moment);
  }
  const hash = createHash('sha256').update(readFileSync(target)).digest('hex');
  console.log(`${hash}  ${target}  ${(statSync(target).size / 1e6).toFixed(1)} MB`);
}

/** The one time of every file inside: SOURCE_DATE_EPOCH, by the convention of reproducible builds, or the commit's. */
function momentOfCommit(): Date {
  const given = process.env.SOURCE_DATE_EPOCH;
  const seconds =
    given ?? execFileSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' });
  return new Date(Number(seconds) * 1000);
}
