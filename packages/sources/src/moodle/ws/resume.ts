import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { statuses, type WsStatus } from './schemas.ts';

/** Answers older than this are asked again. */
const LIFETIME = 45 * 60_000;

const line = z.object({ read: z.number(), course: z.number(), user: z.number(), ...statuses.shape });

/** What is kept of one course, and the readings under way that look at it. */
interface Kept {
  answers: Map<number, { read: number; statuses: WsStatus[] }>;
  readers: Set<Resumable>;
}

/**
 * Completions are one call per student, the bulk of a reading: those already answered are kept for the next try,
 * in memory and, where a folder is given, in a file per course there, so that a cut does not begin from zero. Only
 * Moodle's own ids are in it. What one reading forgets is never what another still needs.
 */
export class Resume {
  readonly #courses = new Map<number, Kept>();
  readonly #site: string;
  readonly #stateDir: string | null;
  readonly #clock: () => Date;

  constructor(site: string, stateDir: string | undefined, clock: () => Date) {
    this.#site = shortHash(site);
    this.#stateDir = stateDir ?? null;
    this.#clock = clock;
    if (stateDir !== undefined) mkdirSync(stateDir, { recursive: true });
  }

  /** One reading's own view of what is kept; it ends with {@link Resumable.end}. */
  begin(): Resumable {
    const touched = new Map<number, Kept>();
    const courseOf = (course: number): Kept => {
      const kept = this.#courses.get(course) ?? { answers: this.#load(course), readers: new Set() };
      this.#courses.set(course, kept);
      kept.readers.add(reading);
      touched.set(course, kept);
      return kept;
    };
    const reading: Resumable = {
      get: (course, user) => {
        const answer = courseOf(course).answers.get(user);
        return answer && this.#clock().getTime() - answer.read < LIFETIME ? answer.statuses : null;
      },
      keep: (course, user, statuses) => {
        const answer = { read: this.#clock().getTime(), statuses };
        courseOf(course).answers.set(user, answer);
        const file = this.#fileOf(course);
        if (file !== null)
          appendFileSync(file, `${JSON.stringify({ ...answer, course, user })}\n`, { mode: 0o600 });
      },
      end: (whole) => {
        for (const [course, kept] of touched) {
          kept.readers.delete(reading);
          if (whole.has(course) && kept.readers.size === 0) this.#forget(course);
        }
      },
    };
    return reading;
  }

  #forget(course: number): void {
    this.#courses.delete(course);
    const file = this.#fileOf(course);
    if (file !== null) rmSync(file, { force: true });
  }

  #load(course: number): Kept['answers'] {
    const answers = readLines(this.#fileOf(course)).flatMap((text) => readLine(text) ?? []);
    return new Map(answers.map(({ user, read, statuses }) => [user, { read, statuses }]));
  }

  #fileOf(course: number): string | null {
    return this.#stateDir === null ? null : join(this.#stateDir, `moodle-ws-${this.#site}-${course}.ndjson`);
  }
}

export interface Resumable {
  /** Null: to be asked. */
  get(course: number, user: number): WsStatus[] | null;
  keep(course: number, user: number, statuses: WsStatus[]): void;
  /** Courses that were read to their end are asked anew by the next reading; the others go on where they were cut. */
  end(whole: ReadonlySet<number>): void;
}

function shortHash(site: string): string {
  return createHash('sha256').update(site).digest('hex').slice(0, 12);
}

function readLines(file: string | null): string[] {
  if (file === null) return [];
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

/** Null: blank, or cut short by the end of the process that wrote it. */
function readLine(text: string): z.infer<typeof line> | null {
  try {
    return line.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
