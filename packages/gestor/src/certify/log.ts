import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Llamada } from './call.ts';

/** The calls that the kit has seen, kept in its folder, so that a vendor can go on tomorrow. */
export class CallLog {
  readonly #file: string;
  readonly #calls: Llamada[];

  constructor(folder: string) {
    this.#file = join(folder, 'certificacion.ndjson');
    this.#calls = existsSync(this.#file) ? readCalls(this.#file) : [];
  }

  add(llamada: Llamada): void {
    appendFileSync(this.#file, `${JSON.stringify(llamada)}\n`);
    this.#calls.push(llamada);
  }

  /** In the order in which they arrived; a slow one ends after later ones. */
  get calls(): readonly Llamada[] {
    return this.#calls.toSorted((a, b) => a.n - b.n);
  }
}

/** A last line that a crash cut off is left aside. */
function readCalls(file: string): Llamada[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Llamada);
}
