import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Issue } from '@puente-sic/protocol';
import { checkedRules } from '../moodle/rules/checked.ts';
import { type Choice, chooseCourses } from '../rules/choice.ts';
import type { StudentExplanation } from '../rules/explanation.ts';
import { failure } from '../rules/findings.ts';
import { listed } from '../rules/listed.ts';
import { DEFAULT_RULES } from '../rules/settings.ts';
import { type CourseSummary, issuesOf, type Reading, type ReadRequest, type Source } from '../source.ts';
import { type AssignedColumns, checkAssigned, withAssigned } from './assigned.ts';
import { catchUpClicks } from './clics/catch-up.ts';
import { KeptClicks } from './clics/store.ts';
import { explainEntities } from './explain.ts';
import { type EntityRules, type JudgedEntities, judgeEntities } from './judge.ts';
import { type EntitySite, type ReadOptions, readCourses, readEntities } from './read.ts';
import { readingOf } from './reading.ts';
import { type Rehearsal, rehearsalOf } from './rehearse.ts';
import { courseDiagnoses, type EntityReview, entityTroubles, reviewedCourse } from './review.ts';
import type { CourseData } from './site.ts';
import { surveyEntities } from './survey.ts';
import type { EntityTables } from './tables.ts';

/** What a source by entities needs beside its tables. */
export interface EntitySourceOptions {
  name: string;
  /** Of date-times that have none. */
  zonaHoraria?: string;
  /** Columns that are called otherwise where the rows come from: entity → field → column. */
  columnas?: AssignedColumns;
  reglas?: Partial<EntityRules>;
  /** Folder for the clicks that former nights read; without it every run reads all of them. */
  stateDir?: string;
  /** What dates how far the clicks were read. */
  clock?: () => Date;
}

/** One consistent look at the tables: opened, used and freed, whatever happens. */
export type Look = <T>(signal: AbortSignal, work: (tables: EntityTables) => Promise<T>) => Promise<T>;

/** Any LMS whose data comes as the entities of docs/entidades.md, by whatever way. */
export class EntitySource implements Source {
  readonly name: string;
  readonly #options: EntitySourceOptions;
  readonly #rules: EntityRules;
  readonly #look: Look;
  readonly #closing = new AbortController();

  /** @throws SourceError `wrong` for a rule, or a column, that makes no sense. */
  constructor(options: EntitySourceOptions, look: Look) {
    this.name = options.name;
    this.#options = options;
    this.#rules = checkedRules({ ...DEFAULT_RULES, ...options.reglas });
    const { columnas } = options;
    if (columnas !== undefined) checkAssigned(columnas);
    this.#look =
      columnas === undefined
        ? look
        : (signal, work) => look(signal, (tables) => work(withAssigned(tables, columnas)));
  }

  async listCourses(signal?: AbortSignal): Promise<CourseSummary[]> {
    const courses = await this.#opened(signal, (tables, both) => readCourses(tables, { signal: both }));
    return courses.map(summaryOf);
  }

  read(request: ReadRequest): Promise<Reading> {
    return this.#site(request, (site, choice) => readingOf(site, choice, this.#rules, request.at));
  }

  /** The courses by every rule, for who looks at a source before the first send. */
  judge(request: ReadRequest): Promise<{ judged: JudgedEntities[]; site: EntitySite }> {
    return this.#site(request, (site, choice) => ({
      site,
      judged: this.#judged(site, choice, request.at),
    }));
  }

  /**
   * Each entity by itself with what of its columns is understood, and what would cost money at night. What can be read
   * is judged once all of it can.
   * @throws SourceError where the source as a whole cannot be read.
   */
  async review(request: ReadRequest): Promise<EntityReview> {
    return (await this.#surveyed(request)).review;
  }

  /**
   * The review, and one course as it would be sent: of one look, for who decides whether this source is kept. `curso`:
   * which one; left out, the one that shows most.
   * @throws SourceError where the source as a whole cannot be read.
   */
  async rehearse({ curso, ...request }: ReadRequest & { curso?: string }): Promise<Rehearsal> {
    const { review, site, judged, choice } = await this.#surveyed(request);
    const lms = `la fuente «${this.name}»`;
    return rehearsalOf(review, judged, { site, choice, rules: this.#rules, at: request.at, curso, lms });
  }

  /**
   * How each figure of a student came about, from clicks and activities to the number sent.
   * Null: the source has no such course, or nobody in it has this RUT.
   */
  async explain({ rut, ...request }: ReadRequest & { rut: string }): Promise<StudentExplanation | null> {
    const { judged } = await this.judge(request);
    for (const course of judged) {
      const explanation = explainEntities(course, rut, `la fuente «${this.name}»`);
      if (explanation) return explanation;
    }
    return null;
  }

  async close(): Promise<void> {
    this.#closing.abort(new Error(`the source ${this.name} is closed`));
  }

  async #surveyed({ at, courses, signal }: ReadRequest): Promise<Surveyed> {
    let choice = chooseCourses([], courses, (key) => notThere(key, []));
    const { entities, site } = await surveyEntities(
      (work) => this.#opened(signal, work),
      (all) => {
        choice = chooseCourses(all.map(summaryOf), courses, notThere);
        return new Set(choice.courses.map(({ id }) => id));
      },
      this.#options.zonaHoraria,
    );
    const troubles = entityTroubles(entities);
    if (troubles.length > 0)
      return { review: { entities, courses: [], diagnoses: troubles }, site, judged: [], choice };
    const judged = this.#judged(site, choice, at);
    const missing = issuesOf(choice.notGiven).map((issue) => ({
      weight: 'blocks' as const,
      course: null,
      issue,
    }));
    const diagnoses = [...missing, ...courseDiagnoses(judged, site, !choice.all)];
    return { review: { entities, courses: judged.map(reviewedCourse), diagnoses }, site, judged, choice };
  }

  #judged(site: EntitySite, choice: Choice, at: Date): JudgedEntities[] {
    return choice.courses.map(({ id }) =>
      judgeEntities(site.courses.get(id) as CourseData, site, choice.selections.get(id) ?? [], {
        rules: this.#rules,
        at,
      }),
    );
  }

  #site<T>(
    { courses, signal }: Omit<ReadRequest, 'at'>,
    use: (site: EntitySite, choice: Choice) => T,
  ): Promise<T> {
    return this.#opened(signal, async (tables, both) => {
      let choice = chooseCourses([], courses, (key) => notThere(key, []));
      const { zonaHoraria } = this.#options;
      const site = await readEntities(
        tables,
        (all) => {
          choice = chooseCourses(all.map(summaryOf), courses, notThere);
          return new Set(choice.courses.map(({ id }) => id));
        },
        {
          ...(zonaHoraria !== undefined && { zone: zonaHoraria }),
          clicks: this.#keeping(both),
          signal: both,
        },
      );
      return use(site, choice);
    });
  }

  #keeping(signal: AbortSignal): ReadOptions['clicks'] {
    const { stateDir, clock = () => new Date() } = this.#options;
    if (stateDir === undefined) return undefined;
    return async (table, filling) => {
      const store = new KeptClicks(clicksFile(stateDir, this.name, table.keptAs ?? ''));
      try {
        await catchUpClicks(table, filling, store, { now: clock(), signal });
      } finally {
        store.close();
      }
    };
  }

  async #opened<T>(
    signal: AbortSignal | undefined,
    work: (tables: EntityTables, signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const both = signal ? AbortSignal.any([signal, this.#closing.signal]) : this.#closing.signal;
    both.throwIfAborted();
    try {
      return await this.#look(both, (tables) => work(tables, both));
    } catch (error) {
      // Whatever was going on fails in its own words when it is stopped.
      throw both.aborted ? both.reason : error;
    }
  }
}

interface Surveyed {
  review: EntityReview;
  site: EntitySite;
  /** None while an entity cannot be read. */
  judged: JudgedEntities[];
  choice: Choice;
}

/** One for each source and way of asking: clicks that another query gave must never be added to its own. */
function clicksFile(stateDir: string, name: string, keptAs: string): string {
  const mark = createHash('sha256').update(`${name}\n${keptAs}`).digest('hex').slice(0, 8);
  return join(stateDir, `clics-${name.replace(/[^A-Za-z0-9_-]+/g, '_').slice(0, 40)}-${mark}.sqlite`);
}

function summaryOf({ id, nombre }: CourseData): CourseSummary {
  return { id, name: id, title: nombre ?? id };
}

function notThere(key: string, available: CourseSummary[]): Issue {
  return failure({
    message: `«cursos» no trae el curso «${key}» que nombra puente.yaml${available.length > 0 ? `; trae ${listed(available.map(({ id }) => id))}` : ''}.`,
    fix: 'Escriba en `curso` el identificador exacto que trae la columna «curso», o revise la consulta o el archivo.',
  });
}
