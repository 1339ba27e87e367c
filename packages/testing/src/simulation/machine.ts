import { type Ledger, openLedger } from '@puente-sic/engine';
import { type KyselyPlugin, sql } from 'kysely';
import type { VirtualTime } from './time.ts';

/** Thrown at whatever a process still tries after it has died: nothing of it may reach ledger or line any more. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

export interface MachineOptions {
  time: VirtualTime;
  datos: string;
  /** How far this computer's clock is from the true one now, in milliseconds. */
  offset: () => number;
  /** Asked before and after each write; true: the process dies there. */
  diesAt?: (moment: 'before' | 'after') => boolean;
  /** So many writes were refused by the ledger's file until it died or ended. */
  onEnd?: (failedWrites: number) => void;
}

/**
 * One process of puente with its own connection to the ledger. It may die at any write or any moment; what it had
 * sent by then goes its way all the same.
 */
export class Machine {
  readonly ledger: Ledger;
  readonly #options: MachineOptions;
  readonly #waiting = new Set<(reason: Error) => void>();
  /** Begun and not ended well. */
  readonly #writing = new Set<object>();
  readonly #death = new AbortController();
  #isAlive = true;

  private constructor(options: MachineOptions, { datos, db, close }: Ledger) {
    this.#options = options;
    this.ledger = { datos, db: db.withPlugin(this.#mortality()), close };
  }

  /** Quick instead of durable (nothing cuts the real power), and never waiting for another one of this same thread. */
  static async start(options: MachineOptions): Promise<Machine> {
    const ledger = await openLedger(options.datos);
    await sql`PRAGMA synchronous = OFF`.execute(ledger.db);
    await sql`PRAGMA busy_timeout = 1`.execute(ledger.db);
    return new Machine(options, ledger);
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  /** Told when it dies; the process itself hears of nothing any more. */
  get death(): AbortSignal {
    return this.#death.signal;
  }

  readonly clock = (): Date => this.#options.time.date(this.#options.offset());

  /** What a process waits for; rejected when it dies first. */
  wait<T>(promise: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      if (!this.#isAlive) return reject(new ProcessDied());
      this.#waiting.add(reject);
      const done = () => this.#waiting.delete(reject);
      promise.then(
        (value) => done() && resolve(value),
        (error: unknown) => done() && reject(error),
      );
    });
  }

  sleep(ms: number): Promise<void> {
    const { time } = this.#options;
    return this.wait(new Promise((resolve) => time.at(time.now + ms, resolve)));
  }

  die(): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    for (const reject of this.#waiting) reject(new ProcessDied());
    this.#waiting.clear();
    this.#death.abort();
    const { time } = this.#options;
    // Its file handles go when everything that it had begun has unwound.
    time.at(time.now + 1, () => void time.real(this.ledger.close()));
    this.#options.onEnd?.(this.takeFailedWrites());
  }

  /** How many writes the ledger's file has refused since this was last asked. Asked when nothing is going on. */
  takeFailedWrites(): number {
    const failed = this.#writing.size;
    this.#writing.clear();
    return failed;
  }

  /** Ends as it should. */
  async end(): Promise<void> {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    this.#options.onEnd?.(this.takeFailedWrites());
    await this.ledger.close();
  }

  #mortality(): KyselyPlugin {
    const perhapsDie = (moment: 'before' | 'after') => {
      if (this.#isAlive && this.#options.diesAt?.(moment)) this.die();
      if (!this.#isAlive) throw new ProcessDied();
    };
    return {
      transformQuery: ({ node, queryId }) => {
        if (!this.#isAlive) throw new ProcessDied();
        if (/^(Insert|Update|Delete)/.test(node.kind)) {
          perhapsDie('before');
          this.#writing.add(queryId);
        }
        return node;
      },
      transformResult: async ({ result, queryId }) => {
        if (this.#writing.delete(queryId)) perhapsDie('after');
        return result;
      },
    };
  }
}
