import { loadSettings } from '../config/load.ts';
import type { Host } from '../host.ts';
import type { PlaceOptions } from '../options.ts';
import { isTold, problemOf } from '../problem.ts';
import { type Generation, openGeneration, stoppedGeneration } from './generation.ts';
import type { Running } from './running.ts';

/** The settings in force, and those that are still in use after others took over. */
export class InForce {
  readonly #host: Host;
  readonly #options: PlaceOptions;
  readonly #onDefect: (error: unknown) => void;
  readonly #closing = new Set<Promise<void>>();
  #current: Generation = stoppedGeneration({ mensaje: 'puente está partiendo.', queHacer: '' });

  constructor(host: Host, options: PlaceOptions, onDefect: (error: unknown) => void) {
    this.#host = host;
    this.#options = options;
    this.#onDefect = onDefect;
  }

  get generation(): Generation {
    return this.#current;
  }

  readonly use = <T>(work: (running: Running) => Promise<T>): Promise<T> => this.#current.use(work);

  /** Puts others in their place; what runs on the former comes to its end. */
  readonly takeOver = (next: Generation): void => {
    const former = this.#current;
    this.#current = next;
    former.handOver.abort();
    // When the last who uses it has ended: the night under way, a person who looks; at once where there is nobody.
    const closed = former.close().finally(() => this.#closing.delete(closed));
    this.#closing.add(closed);
  };

  /** What puente.yaml says now is put in force; where it cannot be, nothing runs and why is told. */
  async load(): Promise<void> {
    const next = await this.#read();
    const isNews = next.settings !== null || told(next) !== told(this.#current);
    if (isNews)
      for (const { mensaje, queHacer } of next.running.pendientes)
        this.#host.onNotice(`${mensaje} ${queHacer}`);
    this.takeOver(next);
  }

  async #read(): Promise<Generation> {
    try {
      const { env, onNotice } = this.#host;
      const loaded = await loadSettings({
        permitirHttp: [],
        ...this.#options,
        needsTokens: false,
        env,
        onNotice,
      });
      for (const warning of loaded.warnings) onNotice(warning);
      return await openGeneration(this.#host, this.#options, loaded);
    } catch (error) {
      if (!isTold(error)) this.#onDefect(error);
      return stoppedGeneration(problemOf(error));
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#closing, this.#current.close()]);
  }
}

function told({ running }: Generation): string {
  return JSON.stringify(running.pendientes);
}
