import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Db } from '../../db/db.ts';
import { ClickStore } from '../dedication/store.ts';
import { siteBirth } from './structure.ts';
import type { Tables } from './tables.ts';

/**
 * What earlier nights counted, one file per source and site: another site under the same address must never add to
 * its time. Null without a folder to keep it in.
 */
export async function openStore(
  db: Db,
  tables: Tables,
  { name, stateDir }: { name: string; stateDir?: string },
): Promise<ClickStore | null> {
  if (stateDir === undefined) return null;
  const mark = createHash('sha256')
    .update(`${name}\n${await siteBirth(db, tables)}`)
    .digest('hex')
    .slice(0, 8);
  return new ClickStore(
    join(stateDir, `moodle-${name.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 40)}-${mark}.sqlite`),
  );
}
