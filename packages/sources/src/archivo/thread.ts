import { Worker } from 'node:worker_threads';
import { unzipSync } from 'fflate';
import { SourceError } from '../source.ts';
import {
  type Answer,
  type Asked,
  type FileTask,
  type Made,
  MORE,
  type ShownRow,
  type Task,
} from './asked.ts';
import type { FileReading } from './body.ts';
import type { Entry } from './entry.ts';
import { make } from './make.ts';
import type { SeenSheet } from './seen-columns.ts';

/** Read where one is: some ten milliseconds. */
const SMALL_BYTES = 64 * 1024;
const TIME_LIMIT_MS = 60_000;
const MEMORY_MB = 1024;
/** Sources have no built thread beside them (they are run by a test): the build's is the same code. */
const ENTRY = new URL(
  import.meta.url.endsWith('.ts') ? '../../dist/archivo/worker.js' : './worker.js',
  import.meta.url,
);

/** Reads files beside the event loop, one after another; a file of a few kB is read at once. */
export class ReadingThread {
  #worker: Worker | null = null;

  /** Throws a {@link SourceError} for a file that cannot be read, or that takes too long or too much memory. */
  async read(task: Task, signal?: AbortSignal): Promise<FileReading> {
    const { items, rest } = await this.#made({ what: 'reading', ...task }, signal);
    return { ...(rest as Omit<FileReading, 'entries'>), entries: items as Entry[] };
  }

  /** What is seen of the columns of a file, see {@link seenColumns}. Throws as {@link read} does. */
  async columns(task: Task, signal?: AbortSignal): Promise<SeenSheet> {
    return (await this.#made({ what: 'columns', ...task }, signal)).rest as SeenSheet;
  }

  /** All rows of all tables of a file; none of an API body. Throws as {@link read} does. */
  async rows(task: FileTask, signal?: AbortSignal): Promise<ShownRow[]> {
    return (await this.#made({ what: 'rows', ...task }, signal)).items as ShownRow[];
  }

  async #made(asked: Asked, signal?: AbortSignal): Promise<Made> {
    signal?.throwIfAborted();
    if (weightOf(asked.bytes) <= SMALL_BYTES) return make(asked);
    this.#worker ??= new Worker(ENTRY, { resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB } });
    try {
      return await ask(this.#worker, asked, signal);
    } catch (failure) {
      // It may be busy for hours, or gone.
      await this.close();
      throw failure;
    }
  }

  async close(): Promise<void> {
    const worker = this.#worker;
    this.#worker = null;
    await worker?.terminate();
  }
}

/** What is seen of the columns of a file. Throws as {@link ReadingThread.read} does. */
export function seenColumns(task: Task): Promise<SeenSheet> {
  return aside((thread) => thread.columns(task));
}

/** Does what is asked with one thread of its own. */
export async function aside<T>(act: (thread: ReadingThread) => Promise<T>): Promise<T> {
  const thread = new ReadingThread();
  try {
    return await act(thread);
  } finally {
    await thread.close();
  }
}

function ask(worker: Worker, task: Asked, signal: AbortSignal | undefined): Promise<Made> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void): void => {
      clearTimeout(timer);
      // Without a name it would take the worker's own away, and the next answer would never come.
      worker.removeAllListeners('message').removeAllListeners('error');
      signal?.removeEventListener('abort', aborted);
      act();
    };
    const fail = (failure: unknown): void => settle(() => reject(failure));
    const aborted = (): void => fail(signal?.reason);
    const timer = setTimeout(() => fail(tooSlow(task.file)), TIME_LIMIT_MS);
    signal?.addEventListener('abort', aborted);
    const items: unknown[] = [];
    worker.on('message', (answer: Answer) => {
      if ('items' in answer) {
        for (const item of answer.items) items.push(item);
        // What came in one piece would hold the event loop while it is unpacked.
        if (answer.more) setImmediate(() => worker.postMessage(MORE));
        else settle(() => resolve({ items, rest: answer.rest }));
      } else if ('failure' in answer) fail(sourceError(answer.failure));
      else fail(answer.bug);
    });
    worker.once('error', (cause) => fail(isOutOfMemory(cause) ? tooMuch(task.file, cause) : cause));
    worker.postMessage(task);
  });
}

/** Bytes to look through: what a container says that it holds. */
function weightOf(bytes: Uint8Array): number {
  if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return bytes.length;
  let total = 0;
  try {
    unzipSync(bytes, {
      filter: ({ originalSize }) => {
        total += originalSize;
        return false;
      },
    });
  } catch {
    return bytes.length; // damaged, which its reader says
  }
  return Math.max(total, bytes.length);
}

function isOutOfMemory(cause: Error): boolean {
  return 'code' in cause && cause.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

function sourceError({ kind, message, fix }: Pick<SourceError, 'kind' | 'message' | 'fix'>): SourceError {
  return new SourceError(kind, message, fix);
}

const SPLIT = 'Repártalo en un archivo por curso, con hojas de datos solamente.';

function tooSlow(file: string): SourceError {
  return new SourceError('wrong', `No se leyó ${file}: leerlo tarda más de un minuto.`, SPLIT);
}

function tooMuch(file: string, cause: Error): SourceError {
  return new SourceError('wrong', `No se leyó ${file}: leerlo ocupa más de 1 GB de memoria.`, SPLIT, {
    cause,
  });
}
