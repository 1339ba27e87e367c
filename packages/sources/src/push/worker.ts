import { parentPort, workerData } from 'node:worker_threads';
import { SourceError } from '../source.ts';
import { withInbox } from './push.ts';
import { receive } from './receive.ts';
import { Rejection } from './rejection.ts';
import type { Answer, Task } from './thread.ts';

/** Runs in a thread of its own: see `takeDelivery`. */
const task = workerData as Task;
parentPort?.postMessage(await answer());

async function answer(): Promise<Answer> {
  try {
    return { receipt: await withInbox(task, (inbox) => receive(inbox, task)) };
  } catch (cause) {
    if (cause instanceof Rejection) {
      const { codigo, message, queHacer, errores } = cause;
      return { rejection: { codigo, mensaje: message, queHacer, errores } };
    }
    if (!(cause instanceof SourceError)) return { bug: cause };
    const { kind, message, fix } = cause;
    return { failure: { kind, message, fix } };
  }
}
