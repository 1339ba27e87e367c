import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { gzipSync } from 'node:zlib';

/** GNU tar's, compressed: the same bytes from the same tree, names in order, one time for all, no owner's name. */
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
