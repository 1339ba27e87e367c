import type { Turn } from '../steps.ts';

/**
 * Shares the event loop among providers with long calls: in each of its rounds one of them does one slice, each
 * provider in turn however many calls it has; all short calls go on in between.
 */
export class Rueda {
  readonly #waiting = new Map<number, (() => void)[]>();
  #isTurning = false;

  turnOf(rutOtec: number): Turn {
    return () =>
      new Promise((resolve) => {
        const own = this.#waiting.get(rutOtec);
        if (own) own.push(resolve);
        else this.#waiting.set(rutOtec, [resolve]);
        if (this.#isTurning) return;
        this.#isTurning = true;
        setImmediate(() => this.#next());
      });
  }

  #next(): void {
    const [first] = this.#waiting;
    if (!first) {
      this.#isTurning = false;
      return;
    }
    const [rutOtec, own] = first;
    const go = own.shift();
    // Behind all others, if there is more of it.
    this.#waiting.delete(rutOtec);
    if (own.length > 0) this.#waiting.set(rutOtec, own);
    go?.();
    setImmediate(() => this.#next());
  }
}
