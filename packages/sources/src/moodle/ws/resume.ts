import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { statuses, type WsStatus } from './schemas.ts';

/** Answers older than this are asked again. */
const LIFETIME = 45 * 60_000;

const line = z.object({ read: z.number(), course: z.number(), user: z.number(), ...statuses.shape });

/**
 * Completions are one call per student, the bulk of a reading: those already answered are kept for the next try,
 * in memory and, where a folder is given, in a file there, so that a cut does not begin from zero. Only Moodle's
 * own ids are in it.
 */
export class Resume {
  readonly #answers = new Map<string, { read: number; statuses: WsStatus[] }>();
  readonly #file: string | null;
  readonly #clock: () => Date;

  constructor(site: string, stateDir: string | undefined, clock: () => Date) {
    this.#clock = clock;
    this.#file = stateDir === undefined ? null : join(stateDir, `moodle-ws-${shortHash(site)}.ndjson`);
    if (stateDir !== undefined) mkdirSync(stateDir, { recursive: true });
    for (const text of readLines(this.#file)) {
      const answer = readLine(text);
      if (answer) this.#answers.set(key(answer.course, answer.user), answer);
    }
  }

  get(course: number, user: number): WsStatus[] | null {
    const answer = this.#answers.get(key(course, user));
    return answer && this.#clock().getTime() - answer.read < LIFETIME ? answer.statuses : null;
  }

  keep(course: number, user: number, statuses: WsStatus[]): void {
    const answer = { read: this.#clock().getTime(), course, user, statuses };
    this.#answers.set(key(course, user), answer);
    if (this.#file !== null) appendFileSync(this.#file, `${JSON.stringify(answer)}\n`, { mode: 0o600 });
  }

  /** A reading came to its end: the next one asks anew. */
  forget(): void {
    this.#answers.clear();
    if (this.#file !== null) rmSync(this.#file, { force: true });
  }
}

function key(course: number, user: number): string {
  return `${course} ${user}`;
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
