import { parentPort } from 'node:worker_threads';
import { SourceError } from '../source.ts';
import { readDataFile } from './file.ts';
import type { Answer, Task } from './thread.ts';

/** Runs in a thread of its own: see {@link ReadingThread}. */
parentPort?.on('message', ({ bytes, file, deciding }: Task) => {
  parentPort?.postMessage(answer(() => readDataFile(bytes, file, deciding)));
});

function answer(read: () => ReturnType<typeof readDataFile>): Answer {
  try {
    return { reading: read() };
  } catch (cause) {
    if (!(cause instanceof SourceError)) return { bug: cause };
    const { kind, message, fix } = cause;
    return { failure: { kind, message, fix } };
  }
}
