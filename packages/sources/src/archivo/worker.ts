import { parentPort } from 'node:worker_threads';
import { SourceError } from '../source.ts';
import { type Answer, type Asked, type Made, MORE } from './asked.ts';
import { make } from './make.ts';

/** Items of one message: unpacked by the one who waits in some milliseconds. */
const PART = 1000;

let left: Made | null = null;

/** Runs in a thread of its own: see {@link ReadingThread}. */
parentPort?.on('message', (asked: Asked | typeof MORE) => {
  parentPort?.postMessage(asked === MORE ? nextPart() : answer(asked));
});

function answer(asked: Asked): Answer {
  try {
    left = make(asked);
    return nextPart();
  } catch (cause) {
    if (!(cause instanceof SourceError)) return { bug: cause };
    const { kind, message, fix } = cause;
    return { failure: { kind, message, fix } };
  }
}

/** The last one has all else that was made too. */
function nextPart(): Answer {
  if (left === null) return { bug: new Error('More of a reading that is done') };
  const items = left.items.slice(0, PART);
  const later = left.items.slice(PART);
  const more = later.length > 0;
  const rest = more ? null : left.rest;
  left = more ? { ...left, items: later } : null;
  return { items, rest, more };
}
