import { lstatSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type Zippable, zipSync } from 'fflate';

/** The same bytes from the same tree, on any day and in any zone: names in order, one time for all. */
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
