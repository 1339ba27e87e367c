import { Clicks } from '../../rules/clicks.ts';
import type { StudentData } from '../site.ts';

const CHUNK = 65_536;

/**
 * Clicks in the order in which they come, of whoever they are: a site's millions are written one behind the other and
 * handed to their students at the end, which is far quicker than to go to each student's own at each click.
 */
export class ClickLog {
  readonly #students: StudentData[] = [];
  readonly #numbers = new Map<StudentData, number>();
  /** How many each student has. */
  #counts = new Uint32Array(1024);
  readonly #full: Uint32Array[] = [];
  /** Student, seconds and module of each click. */
  #chunk = new Uint32Array(3 * CHUNK);
  #used = 0;

  numberOf(student: StudentData): number {
    const known = this.#numbers.get(student);
    if (known !== undefined) return known;
    const number = this.#students.push(student) - 1;
    this.#numbers.set(student, number);
    if (number === this.#counts.length) {
      const more = new Uint32Array(2 * number);
      more.set(this.#counts);
      this.#counts = more;
    }
    return number;
  }

  /** By {@link numberOf}; Unix seconds, and the module's number or 0. */
  add(student: number, seconds: number, module: number): void {
    if (this.#used === this.#chunk.length) {
      this.#full.push(this.#chunk);
      this.#chunk = new Uint32Array(3 * CHUNK);
      this.#used = 0;
    }
    const at = this.#used;
    this.#chunk[at] = student;
    this.#chunk[at + 1] = seconds;
    this.#chunk[at + 2] = module;
    this.#used = at + 3;
    (this.#counts[student] as number)++;
  }

  /** Once, when all have come. */
  give(): void {
    const total = this.#counts.reduce((sum, count) => sum + count, 0);
    const times = new Uint32Array(total);
    const modules = new Uint32Array(total);
    const next = new Uint32Array(this.#students.length);
    for (let student = 1; student < next.length; student++)
      next[student] = (next[student - 1] as number) + (this.#counts[student - 1] as number);
    const chunks = [...this.#full, this.#chunk.subarray(0, this.#used)];
    for (const chunk of chunks)
      for (let at = 0; at < chunk.length; at += 3) {
        const place = next[chunk[at] as number] as number;
        times[place] = chunk[at + 1] as number;
        modules[place] = chunk[at + 2] as number;
        next[chunk[at] as number] = place + 1;
      }
    const most = this.#counts.reduce((one, other) => Math.max(one, other), 0);
    const order = new Float64Array(most).map((_, at) => at);
    for (const [number, student] of this.#students.entries()) {
      const end = next[number] as number;
      const start = end - (this.#counts[number] as number);
      student.clicks = Clicks.of(
        times.subarray(start, end),
        order.subarray(0, end - start),
        modules.subarray(start, end),
      );
    }
  }
}
