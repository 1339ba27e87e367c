import type { Issue } from '@puente-sic/protocol';
import type { Db, DbSettings } from '../../db/db.ts';
import type { Choice } from '../../rules/choice.ts';
import type { StudentExplanation } from '../../rules/explanation.ts';
import { dedicationLimit, type Session } from '../../rules/gaps.ts';
import { DEFAULT_RULES } from '../../rules/settings.ts';
import { type CourseSummary, issuesOf, type Reading, type ReadRequest, type Source } from '../../source.ts';
import { readSessions } from '../dedication/read.ts';
import { explainStudent } from '../explain.ts';
import { checkedRules } from '../rules/checked.ts';
import { chosenCourses } from '../rules/choice.ts';
import { judgeCourse } from '../rules/judge.ts';
import { MoodleLinks } from '../rules/links.ts';
import { readingOf } from '../rules/reading.ts';
import type { MoodleRules } from '../settings.ts';
import type { CourseSnapshot } from '../site.ts';
import { addressOf, withSnapshot } from './connect.ts';
import { clickLog } from './log.ts';
import { readSnapshots } from './snapshot.ts';
import { openStore } from './state.ts';
import { listCourses } from './structure.ts';
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
  /** What dates how far the log was read. */
  clock?: () => Date;
}

/**
 * Moodle read from its own database, MySQL, MariaDB or PostgreSQL, by a read-only account; Moodle 3.9 to 5.x.
 * @throws SourceError `wrong` for an address or rule that cannot be understood.
 */
export function moodleBdSource(settings: MoodleBdSettings): MoodleBd {
  return new MoodleBd(settings);
}

export class MoodleBd implements Source {
  readonly name: string;
  readonly #settings: MoodleBdSettings;
  readonly #rules: MoodleRules;
  readonly #links: MoodleLinks;
  readonly #clock: () => Date;
  readonly #closing = new AbortController();

  constructor(settings: MoodleBdSettings) {
    addressOf(settings);
    this.name = settings.name;
    this.#settings = settings;
    this.#rules = checkedRules({ ...DEFAULT_RULES, ...settings.reglas });
    this.#links = new MoodleLinks(settings.sitio);
    this.#clock = settings.clock ?? (() => new Date());
  }

  listCourses(signal?: AbortSignal): Promise<CourseSummary[]> {
    return this.#look(signal, listCourses);
  }

  read(request: ReadRequest): Promise<Reading> {
    return this.#snapshots(request, ({ choice, snapshots }) =>
      readingOf(snapshots, choice, this.#rules, this.#links),
    );
  }

  /** Everything that the doctor looks at. */
  examine(
    request: ReadRequest,
  ): Promise<{ snapshots: CourseSnapshot[]; findings: Issue[]; reglas: MoodleRules }> {
    return this.#snapshots(request, ({ choice, snapshots }) => ({
      snapshots,
      findings: issuesOf(choice.notGiven),
      reglas: this.#rules,
    }));
  }

  /**
   * How each figure of a student came about, from clicks and activities to the number sent.
   * Null: Moodle has no such course, or nobody in it has this RUT.
   */
  explain({ rut, ...request }: ReadRequest & { rut: string }): Promise<StudentExplanation | null> {
    return this.#snapshots(request, async ({ choice, snapshots, sessions }) => {
      for (const snapshot of snapshots) {
        const selections = choice.selections.get(String(snapshot.course.id)) ?? [];
        const judged = judgeCourse(snapshot, this.#rules, selections, this.#links);
        const explanation = explainStudent(judged, rut, this.#rules, await sessions(snapshot));
        if (explanation) return explanation;
      }
      return null;
    });
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error(`the source ${this.name} is closed`));
  }

  #snapshots<T>(request: ReadRequest, use: (look: Look) => T | Promise<T>): Promise<T> {
    return this.#look(request.signal, async (db, tables) => {
      const choice = chosenCourses(await listCourses(db, tables), request.courses);
      const store = await openStore(db, tables, this.#settings);
      try {
        const ids = choice.courses.map(({ id }) => Number(id));
        const asked = { at: request.at, now: this.#clock(), rules: this.#rules, store };
        const snapshots = await readSnapshots(db, tables, ids, asked);
        const limit = dedicationLimit(this.#rules);
        return await use({
          choice,
          snapshots,
          sessions: ({ course, at }) =>
            readSessions(clickLog(db, tables), store, { course: course.id, at, limit }),
        });
      } finally {
        store?.close();
      }
    });
  }

  #look<T>(signal: AbortSignal | undefined, work: (db: Db, tables: Tables) => Promise<T>): Promise<T> {
    const both = signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal;
    return withSnapshot(this.#settings, both, async (db) =>
      work(db, await Tables.of(db, this.#settings.prefijo ?? 'mdl_')),
    );
  }
}

/** One look at the courses asked for. */
interface Look {
  choice: Choice;
  snapshots: CourseSnapshot[];
  sessions(snapshot: CourseSnapshot): Promise<(userId: number) => Session[]>;
}
