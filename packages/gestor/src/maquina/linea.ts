/** A line between two processes of a machine: each asks the other and answers it, by messages of plain data. */
export class Linea {
  readonly #send: (message: object) => void;
  readonly #answers: Record<string, (dato: never) => unknown>;
  readonly #waiting = new Map<number, (value: unknown) => void>();
  #last = 0;

  /** @param answers what the other side may ask for, by name. */
  constructor(send: (message: object) => void, answers: Record<string, (dato: never) => unknown>) {
    this.#send = send;
    this.#answers = answers;
  }

  /** @param ms after which it rejects: the other side is gone, hangs, or could not do what it was asked for. */
  ask<T>(pide: string, dato?: unknown, ms = 5_000): Promise<T> {
    this.#last += 1;
    const id = this.#last;
    return new Promise<unknown>((resolve, reject) => {
      const settled = (act: () => void): void => {
        clearTimeout(timer);
        this.#waiting.delete(id);
        act();
      };
      const timer = setTimeout(() => settled(() => reject(new Error(`no answer to ${pide}`))), ms);
      timer.unref();
      this.#waiting.set(id, (value) => settled(() => resolve(value)));
      this.#send({ id, pide, dato });
    }) as Promise<T>;
  }

  take(message: unknown): void {
    if (typeof message !== 'object' || message === null || !('id' in message)) return;
    const { id } = message;
    if ('pide' in message)
      this.#answer(Number(id), String(message.pide), 'dato' in message ? message.dato : null).catch(
        () => undefined,
      );
    else if ('da' in message) this.#waiting.get(Number(id))?.(message.da);
  }

  async #answer(id: number, pide: string, dato: unknown): Promise<void> {
    const da = await this.#answers[pide]?.(dato as never);
    this.#send({ id, da: da ?? null });
  }
}
