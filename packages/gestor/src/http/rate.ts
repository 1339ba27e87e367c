/** Counts calls per caller in whole seconds, in memory: each machine of several counts for itself. */
export class RateLimit {
  readonly #perSecond: number;
  readonly #now: () => number;
  #second = 0;
  #counts = new Map<string | number, number>();

  /** `now` gives milliseconds of a clock that never jumps. */
  constructor(perSecond: number, now: () => number = () => performance.now()) {
    this.#perSecond = perSecond;
    this.#now = now;
  }

  /** Whether this call still fits into its caller's second. */
  admits(caller: string | number): boolean {
    const second = Math.floor(this.#now() / 1000);
    if (second !== this.#second) {
      this.#second = second;
      this.#counts = new Map();
    }
    const count = (this.#counts.get(caller) ?? 0) + 1;
    this.#counts.set(caller, count);
    return count <= this.#perSecond;
  }
}
