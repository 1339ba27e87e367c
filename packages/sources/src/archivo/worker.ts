import { parentPort } from 'node:worker_threads';
import { SourceError } from '../source.ts';
import type { FileReading } from './body.ts';
import { readDataFile } from './file.ts';
import { type Answer, MORE, type Task } from './thread.ts';

/** Entries of one message: unpacked by the one who waits in some milliseconds. */
const PART = 1000;

let left: FileReading | null = null;

/** Runs in a thread of its own: see {@link ReadingThread}. */
parentPort?.on('message', (asked: Task | typeof MORE) => {
  parentPort?.postMessage(asked === MORE ? nextPart() : answer(asked));
});

function answer({ bytes, file, deciding }: Task): Answer {
  try {
    left = readDataFile(bytes, file, deciding);
    return nextPart();
  } catch (cause) {
    if (!(cause instanceof SourceError)) return { bug: cause };
    const { kind, message, fix } = cause;
    return { failure: { kind, message, fix } };
  }
}

/** The last one has all else of the reading too. */
function nextPart(): Answer {
  if (left === null) return { bug: new Error('More of a reading that is done') };
  const entries = left.entries.slice(0, PART);
  const rest = left.entries.slice(PART);
  const more = rest.length > 0;
  const reading: FileReading = more ? { entries, findings: [] } : { ...left, entries };
  left = more ? { ...left, entries: rest } : null;
  return { reading, more };
}
