import { setTimeout as pause } from 'node:timers/promises';
import { tooMany } from './refusal.ts';

/** Bodies at once whose sender has not shown who it is. */
const MAX_AT_ONCE = 16;

/** How long the loop rests from such bodies, beside the time that a piece of them took. */
const REST = 3;

/**
 * The lane of bodies that come without good credentials: however many there are, one piece of one of them is looked at
 * at a time, they get a quarter of the event loop at most, and what is kept of all of them together has a bound.
 */
export class Dudosos {
  readonly #maxBytes: number;
  #count = 0;
  #bytes = 0;
  #last: Promise<void> = Promise.resolve();

  /** @param maxBytes kept of all of them together. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** @throws Refusal (429) where there are too many already. */
  enter(): Dudoso {
    if (this.#count >= MAX_AT_ONCE) throw tooMany();
    this.#count += 1;
    let held = 0;
    return {
      hold: (bytes) => {
        if (this.#bytes + bytes > this.#maxBytes) throw tooMany();
        this.#bytes += bytes;
        held += bytes;
      },
      release: () => {
        this.#bytes -= held;
        held = 0;
      },
      look: (work) => this.#look(work),
      leave: () => {
        this.#bytes -= held;
        held = 0;
        this.#count -= 1;
      },
    };
  }

  #look(work: () => void): Promise<void> {
    const turn = this.#last.then(async () => {
      const start = performance.now();
      work();
      await pause(Math.max(1, REST * (performance.now() - start)));
    });
    this.#last = turn.catch(() => undefined);
    return turn;
  }
}

/** One body in the lane. */
export interface Dudoso {
  /** Keeps so many more bytes of it. @throws Refusal (429) where that is more than all of them may keep. */
  hold(bytes: number): void;
  /** Nothing of it is kept any more. */
  release(): void;
  /** Does a short piece of work on it when its turn has come. */
  look(work: () => void): Promise<void>;
  leave(): void;
}
