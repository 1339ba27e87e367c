/** Counts failed attempts of whoever is told apart, in memory, and makes each wait longer than the last. */
export class Lockout {
  readonly #free: number;
  readonly #longestMs: number;
  readonly #clock: () => Date;
  readonly #failures = new Map<string, { count: number; last: number }>();

  /** So many attempts are free before the first pause; none is longer than `longest`, in seconds. */
  constructor({ free, longest }: { free: number; longest: number }, clock: () => Date) {
    this.#free = free;
    this.#longestMs = longest * 1000;
    this.#clock = clock;
  }

  /**
   * Seconds until this one may try; 0: now, and the attempt counts as failed until {@link succeeded}. Counted before
   * the password is looked at, so that many attempts at once are no way around it.
   */
  attempt(who: string): number {
    const now = this.#clock().getTime();
    const former = this.#failures.get(who);
    const isForgotten = former === undefined || now - former.last > FORGET_MS || now < former.last;
    const count = isForgotten ? 0 : former.count;
    const wait = isForgotten
      ? 0
      : former.last + Math.min(pauseAfter(count - this.#free), this.#longestMs) - now;
    if (wait > 0) return Math.ceil(wait / 1000);
    this.#failures.delete(who);
    this.#failures.set(who, { count: count + 1, last: now });
    this.#bound();
    return 0;
  }

  /** All is forgotten: this one is who was asked for. */
  succeeded(who: string): void {
    this.#failures.delete(who);
  }

  /** This attempt was none of the failed ones; the others stay. */
  takeBack(who: string): void {
    const former = this.#failures.get(who);
    if (former !== undefined) former.count -= 1;
  }

  /** Whoever failed longest ago is forgotten first. */
  #bound(): void {
    if (this.#failures.size <= MOST) return;
    const [oldest] = this.#failures.keys();
    if (oldest !== undefined) this.#failures.delete(oldest);
  }
}

/** 2, 4, 8… seconds. */
function pauseAfter(over: number): number {
  return over < 0 ? 0 : 2 ** (over + 1) * 1000;
}

const FORGET_MS = 60 * 60_000;
const MOST = 10_000;
