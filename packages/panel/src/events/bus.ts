import { randomBytes } from 'node:crypto';
import type { Evento } from '../api.ts';

export interface Told {
  /** `RUN-NUMBER`: the run of this process tells whether a number still means anything. */
  id: string;
  evento: Evento;
}

/** Tells every listener what happens, and keeps the last of it for those who lost the line for a while. */
export class EventBus {
  readonly #run = randomBytes(4).toString('hex');
  readonly #kept: Told[] = [];
  readonly #listeners = new Set<(told: Told) => void>();
  #count = 0;

  tell(evento: Evento): void {
    this.#count += 1;
    const told = { id: `${this.#run}-${this.#count}`, evento };
    this.#kept.push(told);
    if (this.#kept.length > KEPT) this.#kept.shift();
    for (const listener of this.#listeners) listener(told);
  }

  /** Returns how to stop. */
  listen(listener: (told: Told) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What was told after an id; null where that is no longer known: the reader must read everything anew. */
  since(id: string): Told[] | null {
    const [run, text] = id.split('-');
    const after = Number(text);
    const oldest = this.#count - this.#kept.length;
    if (run !== this.#run || !Number.isInteger(after) || after < oldest || after > this.#count) return null;
    return this.#kept.slice(after - oldest);
  }
}

const KEPT = 1000;
