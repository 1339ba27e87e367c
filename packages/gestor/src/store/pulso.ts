import { sql } from 'kysely';
import { writeLatido } from './latido.ts';
import type { Store } from './store.ts';

/** What the store can do now: read and write, only read, or neither. */
export type Estado = 'bien' | 'sin escritura' | 'sin almacén';

/** How long an answer holds, milliseconds: whoever asks all the time makes no more than these writes. */
const HOLDS_MS = 3_000;

/** Whether the store can be read and written, found out by doing both; a full disk reads very well. */
export class Pulso {
  readonly #store: Store;
  readonly #clock: () => Date;
  #estado: Promise<Estado> | null = null;
  #until = 0;
  #isDoubted = false;

  constructor(store: Store, clock: () => Date) {
    this.#store = store;
    this.#clock = clock;
  }

  /** A call has met a store that could not do what it should: the next look is a thorough one. */
  doubt(): void {
    this.#isDoubted = true;
    this.#until = 0;
  }

  estado(): Promise<Estado> {
    if (this.#estado === null || performance.now() > this.#until) {
      this.#until = Number.POSITIVE_INFINITY;
      this.#estado = this.#look().finally(() => {
        this.#until = performance.now() + HOLDS_MS;
      });
    }
    return this.#estado;
  }

  async #look(): Promise<Estado> {
    const likeACall = this.#isDoubted;
    try {
      await writeLatido(this.#store.db, this.#clock(), { likeACall });
      if (likeACall) await writeLatido(this.#store.db, this.#clock(), { likeACall: false });
      this.#isDoubted = false;
      return 'bien';
    } catch {
      this.#isDoubted = true;
      return (await this.#reads()) ? 'sin escritura' : 'sin almacén';
    }
  }

  async #reads(): Promise<boolean> {
    try {
      await sql`select 1`.execute(this.#store.db);
      return true;
    } catch {
      return false;
    }
  }
}
