/** A clock that can be moved; it goes on at the usual pace from where it was put. */
export class Reloj {
  readonly #real: () => Date;
  #offsetMs = 0;

  constructor(real: () => Date = () => new Date()) {
    this.#real = real;
  }

  now(): Date {
    return new Date(this.#real().getTime() + this.#offsetMs);
  }

  set(instant: Date): void {
    this.#offsetMs = instant.getTime() - this.#real().getTime();
  }

  /** Seconds; negative ones go back. */
  advance(segundos: number): void {
    this.#offsetMs += segundos * 1000;
  }

  /** Back to the computer's clock. */
  reset(): void {
    this.#offsetMs = 0;
  }

  get moved(): boolean {
    return this.#offsetMs !== 0;
  }
}
