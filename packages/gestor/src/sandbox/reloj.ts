/** A clock that can be moved; it goes on at the usual pace from where it was put. */
export class Reloj {
  readonly #real: () => Date;
  #offsetMs = 0;
  /** Told of every move, once it is done: from when to when. */
  onMove: (from: Date, to: Date) => void = () => {};

  constructor(real: () => Date = () => new Date()) {
    this.#real = real;
  }

  now(): Date {
    return new Date(this.#real().getTime() + this.#offsetMs);
  }

  set(instant: Date): void {
    this.#move(instant.getTime() - this.#real().getTime());
  }

  /** Seconds; negative ones go back. */
  advance(segundos: number): void {
    this.#move(this.#offsetMs + segundos * 1000);
  }

  /** Back to the computer's clock. */
  reset(): void {
    this.#move(0);
  }

  get moved(): boolean {
    return this.#offsetMs !== 0;
  }

  #move(offsetMs: number): void {
    const from = this.now();
    this.#offsetMs = offsetMs;
    this.onMove(from, this.now());
  }
}
