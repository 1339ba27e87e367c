import { execFileSync } from 'node:child_process';
import { lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { type Zippable, zipSync } from 'fflate';

/*
 * The same bytes from the same tree, on any day and for any user: names in order, one time for all, no owner's name.
 */

/** GNU tar's, compressed. */
export function tarOf(folder: string, target: string, moment: Date): void {
  const tar = execFileSync(
    'tar',
    [
      ...['--create', '--format=gnu', '--sort=name', '--owner=0', '--group=0', '--numeric-owner'],
      ...['--mode=u=rwX,go=rX', `--mtime=@${Math.floor(moment.getTime() / 1000)}`],
      ...['-C', dirname(folder), basename(folder)],
    ],
    { maxBuffer: 1024 ** 3, env: { ...process.env, LC_ALL: 'C' } },
  );
  writeFileSync(target, gzipSync(tar, { level: 9 }));
}

export function zipOf(folder: string, target: string, moment: Date): void {
  // A ZIP writes the clock of the wall, without a zone: always that of UTC.
  const mtime = new Date(moment.getTime() + moment.getTimezoneOffset() * 60_000);
  const entries: Zippable = {};
  for (const path of filesOf(folder)) {
    const name = [basename(folder), ...path.split(/[\\/]/)].join('/');
    entries[name] = [readFileSync(join(folder, path)), { mtime, level: 9, os: 0 }];
  }
  writeFileSync(target, zipSync(entries));
}

/** Every file below, in the order of their names' bytes. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => {
      const found = lstatSync(join(folder, path));
      if (found.isSymbolicLink()) throw new Error(`A link does not survive in every archive: ${path}`);
      return statSync(join(folder, path)).isFile();
    })
    .sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)));
}
