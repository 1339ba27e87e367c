import { stat } from 'node:fs/promises';
import { csvFiles, type LogFiles, readLogFiles } from './csv-log.ts';

interface Held {
  users: number;
  stop: AbortController;
  files: Promise<LogFiles>;
}

/**
 * Log files while somebody reads them: readings under way at once share one copy, which goes with the last of them.
 * A file that was changed meanwhile is another one.
 */
export class LogShelf {
  readonly #held = new Map<string, Held>();

  /** @throws {SourceError} nothing to read, or a file that is no log. */
  async use<T>(path: string, signal: AbortSignal, work: (files: LogFiles) => T): Promise<T> {
    const key = await stateOf(path);
    const held = this.#held.get(key) ?? this.#open(key, path);
    held.users += 1;
    try {
      return work(await orAborted(held.files, signal));
    } finally {
      held.users -= 1;
      if (held.users === 0) {
        held.stop.abort();
        this.#held.delete(key);
      }
    }
  }

  #open(key: string, path: string): Held {
    const stop = new AbortController();
    const held = { users: 0, stop, files: readLogFiles(path, stop.signal) };
    this.#held.set(key, held);
    return held;
  }
}

/** Which files there are, and whether they are still the same. */
async function stateOf(path: string): Promise<string> {
  const files = await csvFiles(path);
  const states = await Promise.all(
    files.map(async (file) => {
      const { size, mtimeMs, ino } = await stat(file);
      return [file, size, mtimeMs, ino];
    }),
  );
  return JSON.stringify(states);
}

/** One reading's end is not the others'. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
