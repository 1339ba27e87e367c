/** A line between two processes of a machine: each asks the other and answers it, by messages of plain data. */
export class Linea {
  readonly #send: (message: object) => void;
  readonly #answers: Record<string, (dato: never) => unknown>;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(reason: Error): void }>();
  #last = 0;

  /** @param answers what the other side may ask for, by name. */
  constructor(send: (message: object) => void, answers: Record<string, (dato: never) => unknown>) {
    this.#send = send;
    this.#answers = answers;
  }

  /** @param ms after which it rejects. */
  ask<T>(pide: string, dato?: unknown, ms = 5_000): Promise<T> {
    this.#last += 1;
    const id = this.#last;
    return new Promise<unknown>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no answer to ${pide}`)), ms);
      this.#waiting.set(id, { resolve, reject });
      const settled = () => {
        clearTimeout(timer);
        this.#waiting.delete(id);
      };
      this.#waiting.set(id, {
        resolve: (value) => {
          settled();
          resolve(value);
        },
        reject,
      });
      timer.unref();
      this.#send({ id, pide, dato });
    }) as Promise<T>;
  }

  take(message: unknown): void {
    if (typeof message !== 'object' || message === null || !('id' in message)) return;
    const { id } = message;
    if ('pide' in message)
      this.#answer(Number(id), String(message.pide), 'dato' in message ? message.dato : null);
    else if ('da' in message) this.#waiting.get(Number(id))?.resolve(message.da);
  }

  async #answer(id: number, pide: string, dato: unknown): Promise<void> {
    const da = await this.#answers[pide]?.(dato as never);
    this.#send({ id, da: da ?? null });
  }
}
