import { setImmediate as turn } from 'node:timers/promises';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** Hours after noon, soon before the window: when the service begins to ask often. */
export const EVENING = 9.9;

interface Planned {
  at: number;
  order: number;
  work: () => void;
}

/**
 * The world's clock: it moves only from one planned event to the next, and only when nothing is left to do at the
 * present one. So hours pass in milliseconds, and the same events always follow each other in the same order.
 */
export class VirtualTime {
  #now: number;
  #order = 0;
  #real = 0;
  readonly #planned: Planned[] = [];

  constructor(start: Date) {
    this.#now = start.getTime();
  }

  get now(): number {
    return this.#now;
  }

  date(offsetMs = 0): Date {
    return new Date(this.#now + offsetMs);
  }

  /** Plans an event; what is planned for the past happens next. */
  at(when: number, work: () => void): void {
    const at = Math.max(when, this.#now);
    this.#order += 1;
    // From the end: nearly everything is planned behind what is there.
    let index = this.#planned.length;
    while (index > 0 && (this.#planned[index - 1]?.at ?? 0) > at) index -= 1;
    this.#planned.splice(index, 0, { at, order: this.#order, work });
  }

  /** After so long, or when `signal` is told. */
  until(signal: AbortSignal, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        signal.removeEventListener('abort', end);
        resolve();
      };
      signal.addEventListener('abort', end);
      this.at(this.#now + ms, end);
    });
  }

  /** Real work (a call of the real Gestor) that has to end before the clock goes on. */
  async real<T>(work: Promise<T>): Promise<T> {
    this.#real += 1;
    try {
      return await work;
    } finally {
      this.#real -= 1;
    }
  }

  /** Lets everything happen that is planned until then. */
  async run(until: number): Promise<void> {
    for (;;) {
      await this.#quiet();
      const next = this.#planned[0];
      if (next === undefined || next.at > until) break;
      this.#planned.shift();
      this.#now = next.at;
      next.work();
    }
    this.#now = until;
  }

  /** Promises that hang on each other all settle within one turn of the event loop; real work takes several. */
  async #quiet(): Promise<void> {
    do await turn();
    while (this.#real > 0);
  }
}
