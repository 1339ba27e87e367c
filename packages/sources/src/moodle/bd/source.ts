import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { CourseSummary, ReadRequest, Source } from '../../source.ts';
import { ClickStore } from '../dedication/store.ts';
import { checkedRules } from '../rules/checked.ts';
import { chosenCourses } from '../rules/choice.ts';
import { MoodleLinks } from '../rules/links.ts';
import { readingOf } from '../rules/reading.ts';
import { DEFAULT_RULES, type MoodleRules } from '../settings.ts';
import { addressOf, withSnapshot } from './connect.ts';
import type { Db, DbSettings } from './db.ts';
import { readSnapshots } from './snapshot.ts';
import { listCourses, siteBirth } from './structure.ts';
import { Tables } from './tables.ts';

/** A source of `tipo: moodle-bd` in puente.yaml. */
export interface MoodleBdSettings extends DbSettings {
  name: string;
  /** Table prefix, `mdl_` by default, possibly empty. */
  prefijo?: string;
  /** The site's web address, for links; Moodle does not keep it in its database. */
  sitio?: string;
  /** Folder for what earlier nights counted; without it every run reads the whole log. */
  stateDir?: string;
  reglas?: Partial<MoodleRules>;
  /** What dates the store's marks. */
  clock?: () => Date;
}

/**
 * Moodle read from its own database, MySQL, MariaDB or PostgreSQL, by a read-only account; Moodle 3.9 to 5.x.
 * @throws SourceError `wrong` for an address or rule that cannot be understood.
 */
export function moodleBdSource(settings: MoodleBdSettings): Source {
  const rules = checkedRules({ ...DEFAULT_RULES, ...settings.reglas });
  const links = new MoodleLinks(settings.sitio);
  const clock = settings.clock ?? (() => new Date());
  const prefix = settings.prefijo ?? 'mdl_';
  addressOf(settings);

  const look = <T>(
    signal: AbortSignal | undefined,
    work: (db: Db, tables: Tables) => Promise<T>,
  ): Promise<T> => withSnapshot(settings, signal, async (db) => work(db, await Tables.of(db, prefix)));

  return {
    name: settings.name,
    listCourses: (signal?: AbortSignal): Promise<CourseSummary[]> => look(signal, listCourses),
    read: ({ courses, at, signal }: ReadRequest) =>
      look(signal, async (db, tables) => {
        const choice = chosenCourses(await listCourses(db, tables), courses);
        const store = await openStore(db, tables, settings);
        try {
          const ids = choice.courses.map(({ id }) => Number(id));
          const snapshots = await readSnapshots(db, tables, ids, { at, now: clock(), rules, store });
          return readingOf(snapshots, choice, rules, links);
        } finally {
          store?.close();
        }
      }),
    close: async () => {},
  };
}

/** One file per source and site: another site under the same address must never add to its time. */
async function openStore(
  db: Db,
  tables: Tables,
  { stateDir, name }: Pick<MoodleBdSettings, 'stateDir' | 'name'>,
): Promise<ClickStore | null> {
  if (stateDir === undefined) return null;
  const birth = await siteBirth(db, tables);
  const mark = createHash('sha256').update(`${name}\n${birth}`).digest('hex').slice(0, 8);
  return new ClickStore(join(stateDir, `moodle-${slug(name)}-${mark}.sqlite`));
}

function slug(name: string): string {
  return name.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 40);
}
